"""The page to draw on: what is drawn is saved as a picture and as a row, of which the command line says the same."""

from __future__ import annotations

import base64
import csv
import io

import pytest

import viz
from nn import MLP, save
from nn.__main__ import main
from nn.tables.schema import Schema, plain_column
from nn.tables.targets import ClassTarget
from nn.tasks.handwriting import some_digits

pytest_plugins = ["browser"]
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def run_folder(tmp_path_factory):
    """A folder as `glassgrad train digits` leaves it: a model, whose numbers are no matter, and the page beside it."""
    folder = tmp_path_factory.mktemp("run")
    X, y = some_digits()
    pixels = tuple(plain_column(f"pixel {i}", 0.0, 16.0, 16.0) for i in range(64))
    schema = Schema(pixels, ClassTarget("digit", tuple("0123456789")))
    model = MLP(64, [16, 10], seed=3)
    save(model, folder / "model.json", metadata={"table": schema.as_dict()})
    viz.playground(
        model, X[:60], y[:60], folder / "draw.html", picture=(8, 8), schema=schema, held_out=20, title="Draw: digits"
    )
    return folder


def drawn(opened, folder, dark=False):
    page = opened(folder / "draw.html")
    page.page.emulate_media(color_scheme="dark" if dark else "light")
    page.until("window.glassgrad !== undefined")
    box = page.page.locator("#ink").bounding_box()
    mouse = page.page.mouse
    mouse.move(box["x"] + 130, box["y"] + 40)
    mouse.down()
    mouse.move(box["x"] + 120, box["y"] + 220, steps=5)
    mouse.up()
    return page


def saved(page, name):
    with page.page.expect_download() as download:
        page.page.get_by_role("button", name=name).click()
    return download.value


def test_a_drawing_saved_as_a_row_is_answered_alike_by_predict(opened, run_folder, capsys):
    page = drawn(opened, run_folder)
    assert page.text("#drawn").startswith("It says ")
    found = saved(page, "Save this drawing as a row")
    assert found.suggested_filename == "drawing.csv"
    found.save_as(run_folder / "drawing.csv")
    assert "glassgrad predict model.json drawing.csv" in page.text("#row-note")
    assert main(["predict", str(run_folder / "model.json"), str(run_folder / "drawing.csv")]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert max(float(row[f"pixel {k}"]) for k in range(64)) > 8, "the numbers of the table, not of the network"
    digit = row["predicted_digit"]
    sure = 100.0 * float(row[f"probability_{digit}"])
    assert page.text("#drawn").startswith(f"It says {digit} ({sure:.1f} %), then ")


@pytest.mark.parametrize("dark", [False, True])
def test_a_drawing_saved_as_a_picture_shows_it(opened, run_folder, dark):
    page = drawn(opened, run_folder, dark)
    found = saved(page, "Save the picture")
    assert found.suggested_filename == "drawing.png"
    paper, ink = corner_and_middle(page, found.path().read_bytes())
    assert (sum(paper[:3]) > sum(ink[:3])) != dark
    assert abs(sum(paper[:3]) - sum(ink[:3])) > 300
    assert paper[3] == ink[3] == 255


LOOK = """async (address) => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  return [[2, 2], [128, 128]].map(([x, y]) => Array.from(context.getImageData(x, y, 1, 1).data));
}"""


def corner_and_middle(page, png):
    """The colors, red, green, blue and opacity, of two places of a picture, as another page sees it."""
    other = page.page.context.new_page()
    return other.evaluate(LOOK, "data:image/png;base64," + base64.b64encode(png).decode())
