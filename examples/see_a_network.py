"""Look at a network from four sides: its graph, the network, backpropagation step by step, and its learning.

Leaves four files in the folder named on the command line, `pictures` by default.
"""

import argparse
from pathlib import Path

from autograd import Value, record_source
from nn import MLP, fit, hinge_loss, moons
from viz import draw_network, page, render, training_page


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    model = MLP(2, [4, 1], activation="tanh", seed=1)
    with record_source():
        point = [Value(0.5, label="x"), Value(-0.2, label="y")]
        loss = hinge_loss([model(point)], [1])
    loss.label = "loss"
    loss.backward()
    render(loss, folder / "graph.svg")
    page(loss, folder / "backpropagation.html")
    X, y = moons(100, noise=0.1, seed=1)
    history = fit(model, X, y, epochs=40, record_parameters=2, progress=False)
    draw_network(model, X[0], inputs=["x", "y"]).render(folder / "network.svg")
    training_page(model, history, X, y, folder / "training.html")
    print(f"look at the four files in {folder}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", default="pictures", type=Path, help="where to leave the files (pictures)")
    main(parser.parse_args().folder)
