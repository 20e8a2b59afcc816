"""The playground in Chromium: epochs a second, and frames a second while it trains and paints.

A 2-16-16-1 tanh network, 375 rows to train on and 125 held out, Adam, batches of 10 and of 30. An epoch is what the
page does when it plays: a step for every batch, then the loss and accuracy of both parts. Frames are counted by
`requestAnimationFrame`, which comes 60 times a second at most, in a window of 1280 x 800 without a graphics card: the
browser paints on the processor too.

    python -m benchmarks.playground

Beside another project's page: open it in the same browser, bring in the same rows, network and batches, and count the
epochs that it shows after some seconds at its greatest speed; its epochs have to judge both parts as well.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from benchmarks.browser import chromium
from nn import MLP, moons
from viz import playground

RUNS, SECONDS = 5, 2.0

EPOCHS = """async ([batch, seconds]) => {
  const field = document.querySelector("[aria-label='batch size']");
  field.value = batch;
  field.dispatchEvent(new Event("change"));
  await glassgrad.run(200);
  const begin = performance.now();
  let done = 0;
  while (performance.now() - begin < 1000 * seconds) {
    await glassgrad.run(200);
    done += 200;
  }
  return done / ((performance.now() - begin) / 1000);
}"""

FRAMES = """async ([speed, seconds]) => {
  const count = async () => {
    const begin = performance.now();
    let frames = 0;
    while (performance.now() - begin < 1000 * seconds) {
      await new Promise(requestAnimationFrame);
      frames += 1;
    }
    return frames / ((performance.now() - begin) / 1000);
  };
  const idle = await count();
  document.getElementById("speed").value = speed;
  const before = glassgrad.state().epoch;
  document.getElementById("play").click();
  const playing = await count();
  document.getElementById("play").click();
  return [idle, playing, (glassgrad.state().epoch - before) / seconds];
}"""


def main() -> None:
    X, y = moons(500, noise=0.15, seed=1)
    with tempfile.TemporaryDirectory() as folder, chromium("playground") as browser:
        path = Path(folder) / "play.html"
        playground(MLP(2, [16, 16, 1], "tanh", seed=1), X, [int(t > 0) for t in y], path, held_out=125)
        for run in range(1, RUNS + 1):
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.goto(path.as_uri())
            page.locator("#counter", has_text="epoch").wait_for()
            ten, thirty = (page.evaluate(EPOCHS, [batch, SECONDS]) for batch in (10, 30))
            idle, normal, _ = page.evaluate(FRAMES, ["normal", SECONDS])
            _, fast, epochs = page.evaluate(FRAMES, ["fast", SECONDS])
            print(
                f"run {run}: {ten:,.0f} epochs a second in batches of 10, {thirty:,.0f} of 30; frames a second: "
                f"{idle:.0f} idle, {normal:.0f} training, {fast:.0f} fast with {epochs:,.0f} epochs a second; "
                f"load {os.getloadavg()[0]:.1f}",
                flush=True,
            )
            page.close()


if __name__ == "__main__":
    main()
