"""What tests of the machine share."""

import sys

import pytest

import autograd.jit.recording.recordings  # noqa: F401
from autograd.jit import machine as machines


@pytest.fixture
def target(request, monkeypatch):
    """Makes every machine run the code for one kind of processor."""
    if machines.COMPILED:
        made = machines.Machine
        recordings = sys.modules["autograd.jit.recording.recordings"]  # `autograd.jit` is the function
        monkeypatch.setattr(recordings, "Machine", lambda *arguments: made(*arguments, target=request.param))
    return request.param
