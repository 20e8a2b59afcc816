"""The playground in Chromium: epochs a second, and frames a second while it trains and paints.

Tanh networks of 16 and of 8 neurons in two layers, 375 rows to train on and 125 held out, batches of 10 and of 30. An
epoch is what the page does when it plays: a step for every batch, then the loss and accuracy of both parts; nothing is
painted. Frames are counted by `requestAnimationFrame`, which comes 60 times a second at most, in a window of 1280 x 800
without a graphics card: the browser paints on the processor too.

    python -m benchmarks.playground [nn.js]

With nn.js beside TensorFlow Playground's network in the same browser, in turns, on the same rows: its file of that name
compiled to one script (`tsc --module commonjs --target es2017 nn.ts`). Its epoch is that of its page: a step for every
whole batch, then the loss of both parts. It descends without momentum, we do that and Adam; its loss is the squared
error of a tanh, ours cross-entropy.
"""

from __future__ import annotations

import itertools
import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.browser import chromium
from nn import MLP, moons
from viz import playground

RUNS, SECONDS = 5, 2.0
NEURONS, BATCHES, HELD_OUT = (16, 8), (10, 30), 125

EPOCHS = """async ([batch, optimizer, seconds]) => {
  for (const [label, value] of [["batch size", batch], ["optimizer", optimizer]]) {
    const field = document.querySelector(`[aria-label='${label}']`);
    field.value = value;
    field.dispatchEvent(new Event("change"));
  }
  glassgrad.reset();
  await glassgrad.run(200);
  const begin = performance.now();
  let done = 0;
  while (performance.now() - begin < 1000 * seconds) {
    await glassgrad.run(500); // which paints once, when it is done
    done += 500;
  }
  return done / ((performance.now() - begin) / 1000);
}"""

EPOCHS_OF_ANOTHER = """([script, sizes, batch, seconds, X, y, heldOut]) => {
  const nn = {};
  new Function("exports", script)(nn);
  const network = nn.buildNetwork(sizes, nn.Activations.TANH, nn.Activations.TANH, null, ["x", "y"]);
  const rows = X.map((input, i) => ({ input, target: 2 * y[i] - 1 }));
  const [held, train] = [rows.slice(0, heldOut), rows.slice(heldOut)];
  const loss = (part) => {
    let sum = 0;
    for (const { input, target } of part) sum += nn.Errors.SQUARE.error(nn.forwardProp(network, input), target);
    return sum / part.length;
  };
  const epoch = () => {
    train.forEach(({ input, target }, i) => {
      nn.forwardProp(network, input);
      nn.backProp(network, target, nn.Errors.SQUARE);
      if ((i + 1) % batch === 0) nn.updateWeights(network, 0.03, 0);
    });
    return [loss(train), loss(held)];
  };
  for (let k = 0; k < 100; k++) epoch();
  const begin = performance.now();
  let done = 0;
  for (; performance.now() - begin < 1000 * seconds; done++) epoch();
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


def main(arguments: list[str]) -> None:
    script = Path(arguments[0]).read_text(encoding="utf-8") if arguments else None
    X, y = moons(500, noise=0.15, seed=1)
    labels = [int(t > 0) for t in y]
    with tempfile.TemporaryDirectory() as folder, chromium("playground") as browser:
        print(f"Chromium {browser.version}")
        paths = {n: Path(folder) / f"{n}.html" for n in NEURONS}
        for n, path in paths.items():
            playground(MLP(2, [n, n, 1], "tanh", seed=1), X, labels, path, held_out=HELD_OUT)

        def opened(neurons: int) -> Any:
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.goto(paths[neurons].as_uri())
            page.locator("#counter", has_text="epoch").wait_for()
            return page

        for neurons, batch in itertools.product(NEURONS, BATCHES):
            print_epochs(browser, opened, neurons, batch, (script, [list(row) for row in X], labels))
        for run in range(1, RUNS + 1):
            page = opened(NEURONS[0])
            idle, normal, _ = page.evaluate(FRAMES, ["normal", SECONDS])
            _, fast, epochs = page.evaluate(FRAMES, ["fast", SECONDS])
            print(
                f"run {run}: frames a second: {idle:.0f} idle, {normal:.0f} training, {fast:.0f} fast with "
                f"{epochs:,.0f} epochs a second; load {os.getloadavg()[0]:.1f}",
                flush=True,
            )
            page.close()


def print_epochs(browser: Any, opened: Callable[[int], Any], neurons: int, batch: int, other: tuple) -> None:
    """The medians of runs in turns, a fresh page each."""
    script, X, labels = other
    rates: dict[str, list[float]] = {"adam": [], "sgd": []} | ({"theirs": []} if script else {})
    for _ in range(RUNS):
        if script:
            page = browser.new_page()
            given = [script, [2, neurons, neurons, 1], batch, SECONDS, X, labels, HELD_OUT]
            rates["theirs"].append(page.evaluate(EPOCHS_OF_ANOTHER, given))
            page.close()
        page = opened(neurons)
        for optimizer in ("adam", "sgd"):
            rates[optimizer].append(page.evaluate(EPOCHS, [batch, optimizer, SECONDS]))
        page.close()
    found = {name: statistics.median(runs) for name, runs in rates.items()}
    words = [f"{name} {rate:,.0f}" for name, rate in found.items()]
    if script:
        words += [f"{name} / theirs {found[name] / found['theirs']:.1f}" for name in ("adam", "sgd")]
    network = f"2-{neurons}-{neurons}-1, batches of {batch}"
    print(f"{network}, epochs a second: {', '.join(words)}; load {os.getloadavg()[0]:.1f}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
