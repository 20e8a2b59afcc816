"""One call of a recorded function, from its arguments to the node of its result.

Compiled by Cython where possible (types: calls.pxd): all of this runs at every call, what is rare is elsewhere.
"""

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

from autograd import hooks
from autograd.jit.recording.recorder import eagerly
from autograd.jit.recording.verifying import verify
from autograd.modes import modes

if cython.compiled:
    from cython.cimports.autograd.differentiation.nodes import call, result
    from cython.cimports.autograd.hooks import unobserved
    from cython.cimports.autograd.jit.evaluation import Evaluation
    from cython.cimports.autograd.jit.recording.arguments import single
    from cython.cimports.autograd.jit.recording.recordings import single_machine
    from cython.cimports.autograd.jit.watching.watch import change
    from cython.cimports.autograd.node import data_of
    from cython.cimports.autograd.value import Value
else:
    from autograd.differentiation.nodes import call, result
    from autograd.hooks import unobserved
    from autograd.jit.evaluation import Evaluation
    from autograd.jit.recording.arguments import single
    from autograd.jit.recording.recordings import single_machine
    from autograd.jit.watching.watch import change
    from autograd.node import data_of
    from autograd.value import Value


def called(jitted, args, kwargs):
    """The results for one set of arguments."""
    arguments = single(args, kwargs)
    if bypassed():
        return eagerly(jitted.f, arguments, arguments.numbers)
    entry = known(jitted, arguments)
    if entry is None:
        return eagerly(jitted.f, arguments, arguments.numbers)
    entry.calls += 1
    k, most = 0, entry.tries()
    for recording in entry.recordings:
        machine = single_machine(recording)
        room = machine.evaluate(recording.captured, arguments.numbers)
        if room is not None:
            entry.served(k)
            results = finished(recording, machine, room, arguments)
            if entry.calls >= entry.due:
                check(jitted, entry, arguments, arguments.numbers)
            return results
        k += 1
        if k == most:
            break
    return called_anew(jitted, entry, arguments)


def called_anew(jitted, entry, arguments):
    """The results of a call that takes a path which is not recorded yet."""
    entry.misses += 1
    if entry.recordings and not jitted.economy.allows_path(jitted, entry):
        return eagerly(jitted.f, arguments, arguments.numbers)
    recording = jitted.recorded(entry, arguments, arguments.numbers)
    if recording is None:  # another thread is recording, and may be waiting for this one
        return eagerly(jitted.f, arguments, arguments.numbers)
    machine = single_machine(recording)
    room = machine.evaluate(recording.captured, arguments.numbers)
    if room is None:  # a comparison so close that the machine's rounding decides it otherwise
        entry.recordings.remove(recording)
        return eagerly(jitted.f, arguments, arguments.numbers)
    return finished(recording, machine, room, arguments)


def check(jitted, entry, arguments, numbers, given=None):
    """Run the function beside its recording; due at calls 2, 4, 8, 16 ... of a key.

    Of a batch for the numbers of one row; `given` is the call of that row as it was given.
    """
    while entry.due <= entry.calls:
        entry.due *= 2
    if jitted.settings.verify:
        for recording in entry.recordings:
            machine = single_machine(recording)
            room = machine.evaluate(recording.captured, numbers)
            if room is not None:
                hooks.catch_up_once()
                verify(jitted, entry, recording, arguments, numbers, machine.values(room), given)
                break
    return 0


def bypassed():
    """Whether to run the function as it is: inside another recording, detect_anomaly, record_source.

    Also while another thread records, which may be waiting for this one.
    """
    if unobserved():
        return False
    return bool(hooks.recorder_on() or modes.anomaly or modes.source)


def gradient_wanted():
    return unobserved() or not modes.gradless


def known(jitted, arguments):
    """What is known of the call's key, afresh where what it reads has changed; None where that does not pay."""
    entry = jitted.entries.get(arguments.key)
    if entry is None:
        if not jitted.economy.allows_key(jitted, arguments.key, arguments.objects):
            return None
    else:
        changed = change(entry.watch)
        if not changed:
            return entry
        if not jitted.economy.allows_again(jitted, entry, changed):
            return None
    return jitted.new_entry(arguments.key, arguments)


def finished(recording, machine, room, arguments):
    """The results of a single call, in the nesting that the function returned them in."""
    values = machine.values(room)
    operands = operands_of(recording, arguments) if gradient_wanted() else ()
    if not operands:
        return recording.results.make([Value(x) for x in values])
    evaluation = Evaluation(recording, machine, room, arguments, operands)
    return recording.results.make(as_nodes(evaluation, values))


def operands_of(recording, arguments):
    """The Values that the results depend on; in the arguments their numbers take their place."""
    operands = recording.captured
    if recording.active:
        numbers = arguments.numbers
        operands += tuple([numbers[place] for place in recording.active])
        for place in recording.active:
            numbers[place] = data_of(numbers[place])
    return operands


def as_nodes(evaluation, values):
    """The nodes of the results; those on which no derivative depends are leaves."""
    made = call(evaluation.operands, evaluation, len(values))
    found = []
    k = 0
    for _, _, active in evaluation.machine.program.roots:
        found.append(result(made, k, values[k]) if active else Value(values[k]))
        k += 1
    return found
