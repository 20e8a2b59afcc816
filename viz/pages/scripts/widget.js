// The playground in a notebook: the page in a sandboxed frame, its weights exchanged with Python's.
// anywidget calls render with the Python object's `html` and `parameters`.
"use strict";

export function render({ model, el }) {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts");
  frame.title = "Playground";
  frame.style.cssText = `width: 100%; height: ${model.get("height")}px; border: 0`;
  frame.srcdoc = model.get("html");
  const tell = () => frame.contentWindow?.postMessage({ glassgrad: "parameters", parameters: model.get("parameters") },
    "*");
  const listen = ({ source, data }) => {
    if (source !== frame.contentWindow || data?.glassgrad !== "parameters") return;
    model.set("parameters", data.parameters);
    model.save_changes();
  };
  addEventListener("message", listen);
  model.on("change:parameters", tell);
  el.append(frame);
  return () => {
    removeEventListener("message", listen);
    model.off("change:parameters", tell);
  };
}

export default { render };
