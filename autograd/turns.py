"""Passes over graphs take turns, and one that breaks off (no memory, Ctrl-C) is taken back.

Nodes may be shared between threads, and a pass keeps its state in them. Compiled by Cython where possible (types:
turns.pxd). Who reads value.py may skip it.
"""

import threading

one_at_a_time = threading.RLock()
acquire_lock, release_lock = one_at_a_time.acquire, one_at_a_time.release  # bound now: that takes memory
NO_PASS = -1.0  # the number of a walk that changes no gradient
settle = None  # value.py's, which knows the nodes
unsettled = None  # what a pass had begun to walk where there was no memory even to take it back


def settle_with(function):
    """Have `function(roots, number)` take back what a broken-off pass has left in the nodes below the roots."""
    global settle
    settle = function


def begin():
    """Wait for one's turn. To be called within the `try` that ends it: an interruption may come in between."""
    global unsettled
    acquire_lock()
    if unsettled is not None:
        settle(unsettled, NO_PASS)
        unsettled = None


def end():
    """Let the next pass begin; nothing where this one was interrupted while it waited."""
    try:
        release_lock()
    except RuntimeError:
        return


def take_back(roots, number):
    """Have the nodes below the roots as they were before the pass of this number; no interruption prevents it."""
    global unsettled
    while True:
        try:
            settle(roots, number)
            return
        except KeyboardInterrupt:  # the one that broke the pass off is on its way already
            continue
        except MemoryError:  # in the plain twin, whose walk wants some
            unsettled = roots
            return
