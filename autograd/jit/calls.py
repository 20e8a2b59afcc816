# cython: boundscheck=False, wraparound=False, annotation_typing=False
# pyright: reportMissingImports=false
"""One call of a recorded function, from its arguments to the node of its result.

Compiled by Cython where possible (types: calls.pxd): all of this runs at every call, what is rare is elsewhere.
"""

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

from autograd import value as engine
from autograd.jit.recorder import eagerly
from autograd.modes import modes
from autograd.running import enclosing

if cython.compiled:
    from cython.cimports.autograd.jit.arguments import single
    from cython.cimports.autograd.jit.recordings import Recipe, machine_of
    from cython.cimports.autograd.jit.watching.watch import change
    from cython.cimports.autograd.kernels import PROGRAM
    from cython.cimports.autograd.value import Value, doubles, many, unobserved
else:
    from autograd.jit.arguments import single
    from autograd.jit.recordings import Recipe, machine_of
    from autograd.jit.watching.watch import change
    from autograd.kernels import PROGRAM
    from autograd.value import Value, doubles, many, unobserved

MOST_PATHS = 64  # of one key; further ones are computed eagerly


def called(jitted, args, kwargs):
    """The results for one set of arguments."""
    call = single(args, kwargs)
    if bypassed():
        return eagerly(jitted.f, call, call.numbers)
    entry = known(jitted, call)
    gradient = gradient_wanted()
    for recording in entry.recordings:
        out = machine_of(recording, call).run(recording.captured, call.numbers, gradient)
        if out is not None:
            return finished(recording, out, call, None, 1.0)
    return called_anew(jitted, entry, call, gradient)


def called_anew(jitted, entry, call, gradient):
    """The results of a call that takes a path which is not recorded yet."""
    if len(entry.recordings) >= MOST_PATHS:
        return eagerly(jitted.f, call, call.numbers)
    recording = jitted.recorded(entry, call, call.numbers)
    if recording is None:  # another thread is recording, and may be waiting for this one
        return eagerly(jitted.f, call, call.numbers)
    out = machine_of(recording, call).run(recording.captured, call.numbers, gradient)
    if out is None:  # a comparison so close that the machine's rounding decides it otherwise
        entry.recordings.remove(recording)
        return eagerly(jitted.f, call, call.numbers)
    return finished(recording, out, call, None, 1.0)


def bypassed():
    """Whether to run the function as it is: inside another recording, a transform, detect_anomaly, record_source.

    Also while another thread records, which may be waiting for this one.
    """
    if unobserved():
        return False
    return bool(engine.recorder_on() or modes.anomaly or modes.source or enclosing())


def gradient_wanted():
    return unobserved() or not modes.gradless


def known(jitted, call):
    """What is known of the call's key, afresh where what the function reads has changed."""
    key = tuple(call.key)
    entry = jitted.entries.get(key)
    if entry is not None and not change(entry.watch):
        return entry
    return jitted.new_entry(key, call)


def finished(recording, out, call, rows, seed):
    """The results of a run as Values, in the nesting that the function returned them in.

    Arguments:
        out: (values, partials of each) as the machine gives them. rows, seed: see Recipe.
    """
    values, partials = out
    operands = recording.captured
    if recording.active:
        operands += tuple([call.numbers[place] for place in recording.active])
    if not partials or not operands:
        return recording.results.make([Value(x) for x in values])
    made = []
    for k in range(len(partials)):
        room = partials[k]
        recipe = Recipe(recording, k, call, rows, seed)
        if len(partials) > 1 and any_nan(room, len(operands)):
            room = partials_alone(recipe)
        room.recipe = recipe
        made.append(many(PROGRAM, values[k], operands, room))
    return recording.results.make(made)


def any_nan(room, n):
    numbers = doubles(room)
    for i in range(n):
        if numbers[i] != numbers[i]:
            return True
    return False


def partials_alone(recipe):
    """The partials of one of several results. Where all are run together, another one's infinity times 0 is a nan."""
    call = recipe.call
    recording = recipe.recording.of_root(recipe.root)
    machine = machine_of(recording, call)
    if call.n is None:
        return machine.run(recording.captured, call.numbers, True)[1][0]
    n = call.n if recipe.rows is None else len(recipe.rows)
    state = bytearray(n) if machine.program.guarded else None
    _, partials = machine.run_rows(
        recording.captured, call.numbers, call.tables, recipe.rows, n, recipe.seed, True, None, state
    )
    return partials[0]
