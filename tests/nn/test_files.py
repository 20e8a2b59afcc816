"""Files are written whole or not at all, and only a file is ever replaced."""

import os
import stat
import threading
from pathlib import Path

import pytest
from processes import LINUX, POSIX, SMALL, glassgrad, shell

import nn.formats.files
from nn.__main__ import main
from nn.formats.files import read_at_most, write_whole


def names_in(folder):
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_what_fails_leaves_the_old_file_and_no_other(tmp_path, monkeypatch, failing):
    write_whole(tmp_path / "file", b"old")

    def fails(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(nn.formats.files.os, failing, fails)
    with pytest.raises(OSError, match="No space"):
        write_whole(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"old"
    assert names_in(tmp_path) == {"file"}


@POSIX
def test_a_file_keeps_its_permissions_and_a_new_one_has_the_usual(tmp_path):
    private, usual, new = (tmp_path / name for name in ("private", "usual", "new"))
    for path in (private, usual):
        path.touch()
    private.chmod(0o600)
    for path in (private, usual, new):
        write_whole(path, b"content")
        assert path.read_bytes() == b"content"
    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    assert new.stat().st_mode == usual.stat().st_mode


@POSIX
def test_a_link_to_a_file_is_replaced_and_the_file_stays(tmp_path):
    (tmp_path / "file").write_bytes(b"old")
    (tmp_path / "link").symlink_to("file")
    (tmp_path / "nowhere").symlink_to("missing")
    for name in ("link", "nowhere"):
        write_whole(tmp_path / name, b"new")
        assert not (tmp_path / name).is_symlink()
        assert (tmp_path / name).read_bytes() == b"new"
    assert (tmp_path / "file").read_bytes() == b"old"


@POSIX
@pytest.mark.parametrize("name", ["pipe", "link"])
def test_a_pipe_is_written_into(tmp_path, name):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    read = []
    reader = threading.Thread(target=lambda: read.append(read_at_most(tmp_path / "pipe", 100)), daemon=True)
    reader.start()
    write_whole(tmp_path / name, b"content")
    reader.join(10)
    assert read == [b"content"]
    assert stat.S_ISFIFO((tmp_path / name).stat().st_mode)


@LINUX
def test_devices_are_no_files_to_be_replaced():
    assert nn.formats.files._is_stream(Path("/dev/null"))
    assert nn.formats.files._is_stream(Path("/dev/full"))


@pytest.mark.program
@LINUX
def test_predictions_written_to_a_name_of_stdout_are_printed(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["train", "moons", *SMALL, "--quiet", "--out", "run"]) == 0
    (tmp_path / "rows.csv").write_text("x,y\n1,2\n")
    (tmp_path / "stdout").symlink_to("/proc/self/fd/1")
    printed = glassgrad("predict", "run/model.json", "rows.csv").stdout
    for line in ("> out", "| cat > out", ">> out"):
        (tmp_path / "out").write_text("before\n")
        assert shell(f"$glassgrad predict run/model.json rows.csv --out stdout {line}", tmp_path).returncode == 0
        assert (tmp_path / "out").read_text() == ("before\n" if ">>" in line else "") + printed
    assert (tmp_path / "stdout").is_symlink()
