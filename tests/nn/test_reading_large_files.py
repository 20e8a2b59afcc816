"""Large files: their reading is announced before it begins, and packed ones take no room that they do not need."""

from __future__ import annotations

import gzip
import subprocess
import sys
import tracemalloc
import zipfile

import pytest

import nn.tables.data
from nn.__main__ import main
from nn.tables.loading import read_table
from nn.tables.text_files import MAX_GROWTH, TableError, read_bytes

pytestmark = pytest.mark.program


def large(path, rows=220_000):
    path.write_text("x,y\n" + "1.25,yes\n2.50,no\n" * (rows // 2))


def test_the_first_words_come_before_a_large_file_is_read(tmp_path, capsys, monkeypatch):
    large(tmp_path / "large.csv", 240_000)
    (tmp_path / "small.csv").write_text("x,y\n1,2\n")

    def interrupted(*_, **__):
        raise ValueError("no further")

    monkeypatch.setattr(nn.tables.data, "load_dataset", interrupted)
    assert main(["train", str(tmp_path / "large.csv"), "--target", "y"]) == 2
    assert capsys.readouterr().out == "reading large.csv, 2 MB\n"
    for arguments in (["large.csv", "--quiet"], ["small.csv"], ["none.csv"]):
        assert main(["train", str(tmp_path / arguments[0]), "--target", "y", *arguments[1:]]) == 2
        assert capsys.readouterr().out == ""


def test_the_first_words_come_before_anything_that_takes_time_is_imported(tmp_path):
    large(tmp_path / "large.csv", 240_000)
    command = [sys.executable, "-X", "importtime", "-m", "nn", "train"]
    options = {"cwd": tmp_path, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "timeout": 120}
    out = subprocess.run([*command, "large.csv", "--target", "none"], check=False, **options).stdout
    assert out.count("reading large.csv, 2 MB\n") == 1
    assert out.index("reading large.csv, 2 MB\n") < out.index(" autograd")
    assert "no column 'none'" in out
    for silent in ("--quiet", "--qu", "--help"):
        out = subprocess.run([*command, "large.csv", "--target", "none", silent], check=False, **options).stdout
        assert "reading large.csv" not in out


@pytest.mark.parametrize("suffix", [".csv.gz", ".zip"])
def test_unpacking_takes_little_more_room_than_the_table(tmp_path, suffix):
    """Asked for 1,000 times the packed size at once, the standard library made room for that."""
    large(tmp_path / "large.csv", 20_000)
    content = (tmp_path / "large.csv").read_bytes()
    path = tmp_path / f"packed{suffix}"
    if suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr("large.csv", content)
    else:
        path.write_bytes(gzip.compress(content, 0))
    tracemalloc.start()  # not while the table is read: the threads of pyarrow and its end are a race in Python
    try:
        assert read_bytes(str(path)) == content
        assert tracemalloc.get_traced_memory()[1] < 30 * len(content) < MAX_GROWTH * len(content)
    finally:
        tracemalloc.stop()


def test_a_bomb_is_still_refused(tmp_path):
    path = tmp_path / "bomb.csv.gz"
    path.write_bytes(gzip.compress(b"0" * 30_000_000, 9))
    with pytest.raises(TableError, match="times as large unpacked"):
        read_table(path)
