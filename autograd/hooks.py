"""What watches the engine at work: modes, the recorder of a jit, transforms. Who reads value.py may skip it.

Where nothing watches, the engine asks one flag, `watching`, and nothing more. Compiled by Cython where possible (types:
hooks.pxd). The flags are of all threads: which thread is meant is asked only where one is on.
"""

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

from typing import Any

if not cython.compiled:
    from threading import get_ident

watching = False  # whether any thread has no_grad, detect_anomaly, record_source or a jit's recorder on; and if `ahead`
ahead = False  # whether an arena has numbers and gradients of leaves that these do not have yet: see arrays/arena.pyx
passes = 0  # how many backward passes are under way: meanwhile no arena gets ahead
transforming = False  # whether any thread has a transform running, where float() would lose a derivative
current_note = None  # what every new node is noted with: the scope
observer: Any = None
recorder: Any = None
recording_thread: Any = 0
tape: Any = None
guards: Any = None
asked_before_float: Any = None
write_back: Any = None
LINES_NOTED = 10  # of how many comparisons a recorder is told to look for the line: that takes longer than comparing


def watch(modes):
    """Have `modes.observe` asked about every node made; None ends it."""
    global watching, observer
    observer = modes
    watching = modes is not None or recorder is not None or ahead


def record_with(new_recorder):
    """Have every node this thread makes appended to the list `new_recorder.tape` and of every comparison relation, x, y
    and answer, one after the other, to `new_recorder.guards`, `note_line()` called at the first of these, `look(value)`
    when a number is read, `show(value)` when it is turned into text and `hash(value)` when it is hashed; the ids of
    nodes that other threads make are appended to `new_recorder.foreign`. None ends it."""
    global watching, recorder, tape, guards, recording_thread
    recorder, recording_thread = new_recorder, get_ident()
    tape = None if new_recorder is None else new_recorder.tape
    guards = None if new_recorder is None else new_recorder.guards
    watching = observer is not None or recorder is not None or ahead


def connect_arenas(function):
    """Have `function(often)` called when an arena that is ahead must write its numbers into the leaves; see below."""
    global write_back
    write_back = function


def get_ahead(an_arena_is):
    """Say whether an arena is ahead of the leaves it stands for."""
    global ahead, watching
    ahead = an_arena_is
    watching = observer is not None or recorder is not None or ahead
    return 0


def catch_up():
    """Have all leaves hold their numbers and gradients; to be called, where `ahead`, before any is read or changed."""
    write_back(True)
    return 0


def catch_up_once():
    """The same for something rare, so that an arena that is ended soon by it gets ahead again at once."""
    if ahead:
        write_back(False)
    return 0


def unobserved():
    """Whether no thread has a mode, a recorder or a transform on."""
    return observer is None and recorder is None and not transforming


def recording():
    """Whether this thread is being recorded."""
    return recorder is not None and recording_thread == get_ident()


def recorder_on():
    """Whether some thread is being recorded."""
    return recorder is not None


def recorder_here():
    """The recorder of this thread, None without."""
    return recorder if recording() else None


def ask_before_float(question):
    """Have `question(value)` called before float(value); None ends it."""
    global transforming, asked_before_float
    asked_before_float, transforming = question, question is not None


def before_float(z):
    asked_before_float(z)


def noted():
    """What new nodes are noted with."""
    return current_note


def note_with(note):
    """Note every node made from now on with (label, scope, source), or None; what was before is returned."""
    global current_note
    before, current_note = current_note, note  # first of all: where a scope is left, Ctrl-C must not come between
    try:
        check_note(note)
    except TypeError:
        current_note = before
        raise
    return before


def check_note(note):
    if note is None:
        return
    if type(note) is tuple and len(note) == 3:
        label, scope, source = note
        if type(label) is str and type(scope) is str and type(source) is str:
            return
    raise TypeError(f"a note is None or (label, scope, source), three strings, got {note!r:.60}")


def observe(z):
    if recorder is not None:
        if recording():
            tape.append(z)
        else:  # its id is enough: whatever a recording captures is alive
            recorder.foreign.append(id(z))
    return z if observer is None else observer.observe(z)


def look(z):
    if recording():
        recorder.look(z)


def look_at_text(z):
    if recording():
        recorder.show(z)


def look_at_label(z):
    if recording():
        recorder.name(z)


def look_at_hash(z):
    if recording():
        recorder.hash(z)


def touch(values):
    """To be called before numbers or gradients of a list of Values change: an error in a jit's recording."""
    if recorder is not None and values:
        look(values[0])


def guard(relation, x, y, answer):
    if recording():
        guards.append(relation)
        guards.append(x)
        guards.append(y)
        guards.append(answer)
        if len(guards) <= 4 * LINES_NOTED:
            recorder.note_line()
    return answer


def inspect(root):
    """Have a finished backward pass looked over."""
    if observer is not None:
        observer.inspect(root)


PLAIN = frozenset({float, int, bool})


def knows_better(y):
    """Whether y, among a recorded function's arguments, is more than the number it has now: it does the arithmetic."""
    return type(y) is not float and type(y) not in PLAIN and recording() and hasattr(type(y), "stands_for")
