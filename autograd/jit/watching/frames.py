"""Which Python code starts, and which C functions are called, on the thread that records: told to an observer.

Compiled by Cython where possible: frames.h sees code by a frame evaluation function, which costs a recording next to
nothing, and C functions by a profile function, which costs it half as much again and is switched on when one that
matters may be called. The plain twin has `sys.setprofile` for both. One recording runs at a time (see recorder.py).
"""

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

APART, EVERY = 1, 2  # what an observer may answer about code: see `observe`

if not cython.compiled:
    import sys

    PRINTING, OUTSIDE = 1, 2  # what a C function is

    looked_out = {}  # by the name of a C function, what it is by its `key_of`
    profile = None  # the function that is told, and what stands for the state of frames.h
    former = None

    class State:
        """Where the thread is: in code that is apart, and in how many calls of `print`."""

        resting = None
        printing = 0

    state = State()

    def profile_of(observer):
        """The profile function in the place of frames.h."""
        kinds, codes = {}, []  # by id: code compares by its contents, and two functions' may be equal
        forward = former if callable(former) else None

        def told(frame, event, argument):
            if forward is not None:
                forward(frame, event, argument)
            if state.resting is not None:
                if event == "return" and frame is state.resting:
                    state.resting = None
            elif event == "call":
                code = frame.f_code
                kind = kinds.get(id(code))
                if kind is None:
                    codes.append(code)
                    kind = kinds[id(code)] = observer.started(code, None, frame.f_globals)
                if kind:
                    if kind & APART:
                        state.resting = frame
                    elif kind & EVERY:
                        observer.entered(frame, None, None)
            elif event != "return" and argument.__name__ in looked_out:
                kind = looked_out[argument.__name__].get(key_of(argument))
                if kind == PRINTING:
                    state.printing += 1 if event == "c_call" else -1
                elif kind and event == "c_call":
                    observer.called(argument, frame, None)

        return told

    def key_of(function):
        """What tells a C function: its class and name, or its module and name."""
        owner = getattr(function, "__objclass__", None)  # of a method not bound to anything
        if owner is None:
            owner = getattr(function, "__self__", None)
            if not isinstance(owner, (type(sys), type(None))):
                kinds = owner.__mro__ if isinstance(owner, type) else type(owner).__mro__
                owner = next((kind for kind in kinds if function.__name__ in vars(kind)), None)
        return getattr(owner, "__name__", None), function.__name__

    def glassgrad_observe(observer):
        global profile, former
        former = sys.getprofile()
        profile = profile_of(observer)
        sys.setprofile(profile)

    def glassgrad_end():
        global profile, former
        if sys.getprofile() is profile:
            sys.setprofile(former if callable(former) else None)
            if hasattr(former, "enable"):
                former.enable()  # a profiler made in C, such as cProfile's before 3.12
        profile = former = state.resting = None
        state.printing = 0

    def glassgrad_listen():
        """C functions are told of from the start."""

    def glassgrad_aside():
        return profile is not None and (state.resting is not None or state.printing > 0)

    def glassgrad_look_out(function, kind):
        looked_out.setdefault(function.__name__, {})[key_of(function)] = kind


def observe(observer):
    """Begin on this thread.

    Arguments:
        observer: has `started(code, function, globals)`, called when code first starts; the function is None where it
            is not known. Its answer is a sum of APART (what is called from this code is not to be observed) and EVERY
            (listening, have `entered(frame, None, None)` called each time). `called(function, frame, None)` is called
            before a C function of OUTSIDE is; the frame is None where it is the current one. An error that it raises
            is printed and ignored.
    """
    glassgrad_observe(observer)


def end():
    """The end of what began with `observe`; a profile function that was there before is there again."""
    glassgrad_end()


def listen():
    """See C functions too, from the next call of a Python function on at the latest."""
    glassgrad_listen()


def aside():
    """Whether the thread that records is inside of code that is APART, or of a call of `print`."""
    return glassgrad_aside()


def look_out(function, printing=False):
    """Have calls of a C function told, or of a method of a class made in C; those of `print` are only counted."""
    glassgrad_look_out(function, PRINTING if printing else OUTSIDE)
