"""stdout and stderr of the command line: whatever they are, writing to them does not fail."""

import io
import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn.__main__ import main
from nn.commands.streams import Unfailing, unfailing_streams

pytestmark = pytest.mark.program


class Failing(io.StringIO):
    """Fails at the n-th write or flush, and from then on."""

    def __init__(self, error, after):
        super().__init__()
        self._error = error
        self._left = after

    def _count(self):
        self._left -= 1
        if self._left < 0:
            raise self._error

    def write(self, text):
        self._count()
        return super().write(text)

    def flush(self):
        self._count()


ERRORS = [
    BrokenPipeError(),
    OSError(28, "No space left on device"),
    OSError(5, "Input/output error"),
    BlockingIOError(),
]


@pytest.mark.parametrize("error", [*ERRORS, ValueError("I/O operation on closed file")], ids=repr)
@pytest.mark.parametrize("after", range(4))
def test_a_stream_that_fails_is_not_written_to_again(error, after):
    stream = Unfailing(Failing(error, after))
    for _ in range(3):
        assert stream.write("line\n") == 5
        stream.flush()
    assert stream.failure is error
    assert not stream.isatty()


@given(
    text=st.text(st.characters()), encoding=st.sampled_from(["ascii", "cp1252", "latin-1", "utf-8", "utf-16", "cp037"])
)
def test_any_text_is_written_in_any_encoding_and_lost_nowhere(text, encoding):
    raw = io.BytesIO()
    stream = Unfailing(io.TextIOWrapper(raw, encoding=encoding, newline=""))
    stream.write(text)
    stream.flush()
    written = raw.getvalue().decode(encoding)
    assert stream.failure is None
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        assert stream.escaped
        assert written == text.encode(encoding, "backslashreplace").decode(encoding)
    else:
        assert written == text
        assert not stream.escaped


def test_a_stream_that_is_not_there_takes_everything():
    stream = Unfailing(None)
    stream.write("text\n")
    stream.flush()
    assert stream.failure is None
    assert not stream.isatty()


def test_the_streams_are_put_back_whatever_happens():
    before = sys.stdout, sys.stderr

    def failing():
        with unfailing_streams():
            assert (sys.stdout, sys.stderr) != before
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert (sys.stdout, sys.stderr) == before


@pytest.mark.parametrize("error", ERRORS, ids=repr)
@pytest.mark.parametrize("after", [0, 1, 7])
def test_a_training_goes_on_when_stdout_fails(tmp_path, monkeypatch, error, after):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdout", Failing(error, after))
    assert main(["train", "moons", "--epochs", "1", "--hidden", "2"]) == (
        0 if isinstance(error, BrokenPipeError) else 1
    )
    assert (tmp_path / "runs" / "moons-1" / "training.html").exists()


def test_the_command_line_runs_in_a_thread_that_may_not_ask_for_signals(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    codes = []
    thread = threading.Thread(target=lambda: codes.append(main("train moons --epochs 1 --hidden 2 --quiet".split())))
    thread.start()
    thread.join()
    assert codes == [0]
