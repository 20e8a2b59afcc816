"""Whether what a function reads is still what it was.

Compiled by Cython where possible (types: watch.pxd), because this runs at every call of a recorded function: watch.h
goes over all places and stops at one that does not look as it did; here is what a change is, and the words for it.
What is to be watched is found by walk.py. All that a place is compared with is held, so that no identity is taken over;
but for the objects among a call's arguments, which may go (GUEST).

An entry begins with its kind and what it is about:

    INSTANCE  object, class, dict of attributes or None, {name: value} of those that are watched, whether a user's
    GUEST     weak reference to an object, and the same of it
    SPACE     dict of a module, {name: value}
    CLASS     class, bases, {name: value}, whether a user's
    MAP       dict, keys, values
    LIST      list, items
    ITEMS     what tuple() takes a copy of: a set, a deque, a view; the copy
    CELL      cell of a closure or weak reference, what it holds
    FUNCTION  function, code, defaults, keyword defaults
    SLOT      object, descriptor, value
    ARRAY     array, its form, its bytes
    STATE     object, function that says what state it is in, state
"""

import sys
import weakref

try:
    import cython
except ModuleNotFoundError:
    from autograd import interpreted as cython

if not cython.compiled:  # watch.pxd has these in C
    OTHER, INSTANCE, SPACE, MAP, CLASS, LIST, CELL, FUNCTION, GUEST, ITEMS, SLOT, ARRAY, STATE = range(13)

    def set_up(watch, i, kind, a, b, c):
        """Have the place at i compared pointer by pointer."""

    def let_go(watch):
        """Free what the places take."""

    def next_suspect(watch, i, missing):
        """The first place from i on that does not look as it did, -1 without; here, all have to be looked at."""
        return i if i < len(watch.entries) else -1

    def same_bytes(array, seen):
        """Whether an array's numbers are these bytes; -1 where that does not show in its memory."""
        return -1

    def attributes_of(x):
        """The dict of an object's attributes, None where it has none; no code of its class is run."""
        try:
            attributes = object.__getattribute__(x, "__dict__")
        except AttributeError:
            return None
        return attributes if type(attributes) is dict else None

MISSING = object()  # where a name was not there
ANY = object()  # where whatever is there now has been found not to matter
NOT_READ = frozenset({  # what Python keeps in a class for itself
    "__doc__", "__module__", "__dict__", "__weakref__", "__annotations__", "__annotate__", "__annotate_func__",
    "__annotations_cache__", "__static_attributes__", "__firstlineno__", "__qualname__", "__abstractmethods__",
    "_abc_impl", "__type_params__", "__orig_bases__", "__parameters__",
})  # fmt: skip

weight_changes = 0  # how often lists of weights have been changed, of all models


class Observed:
    """What a function reads, each place beside what was there.

    Attributes:
        names: those of attributes and of modules' contents that the code which ran mentions. everything: whether some
            of it finds attributes by a name that it computes, so that all of a user's objects count as mentioned.
    """

    __slots__ = ("changes", "entries", "everything", "index", "names", "weights")

    def __init__(self):
        self.names = set()
        self.everything = False
        self.entries = []
        self.index = {}
        self.weights = []
        self.changes = weight_changes

    def __dealloc__(self):  # of the compiled class
        let_go(self)

    def add(self, entry):
        """Watch a place from now on."""
        self.replace(len(self.entries), entry)
        self.index[key_of(entry)] = len(self.entries) - 1

    def add_weights(self, items):
        """Watch a list that calls `weights_changed` when it is."""
        self.weights.append((items, tuple(items)))

    def replace(self, i, entry):
        """Have the place at i, or a new one at the end, compared with this."""
        mirror(self, i, entry)
        if i == len(self.entries):
            self.entries.append(entry)
        else:
            self.entries[i] = entry

    def correct(self, i, entry):
        """Have the place at i compared with this, which may not be what is there now."""
        self.entries[i] = entry
        set_up(self, i, OTHER, entry[1], None, None)

    def known(self, kind, x):
        """The entry of this kind about x, None without."""
        i = self.index.get((kind, id(x)))
        return None if i is None else self.entries[i]

    def position(self, entry):
        """Where there is an entry about the same place, None without."""
        return self.index.get(key_of(entry))

    def all_entries(self):
        """A copy of the list of entries."""
        return self.entries[:]

    def all_weights(self):
        """(list, what was in it) of lists of weights."""
        return self.weights[:]


def key_of(entry):
    """What place an entry is about."""
    kind = entry[0]
    if kind == SLOT or kind == STATE:
        return kind, id(entry[1]), id(entry[2])
    return kind, id(entry[3] if kind == GUEST else entry[1])


def mirror(watch, i, entry):
    """Have an entry's place compared in the way that suits its kind."""
    kind = entry[0]
    if kind == INSTANCE or kind == MAP or kind == FUNCTION:
        set_up(watch, i, kind, entry[1], entry[2], entry[3])
    elif kind == SPACE or kind == LIST or (kind == CELL and not isinstance(entry[1], weakref.ref)):
        set_up(watch, i, kind, entry[1], entry[2], None)
    else:
        set_up(watch, i, kind if kind == CLASS else OTHER, entry[1], None, None)


def weights_changed():
    """To be called whenever a list of weights is changed."""
    global weight_changes
    weight_changes += 1


def changes_of_weights():
    """How often lists of weights have been changed so far, all together."""
    return weight_changes


def change(watch):
    """What has changed since, in words; "" if nothing has."""
    if watch.weights and watch.changes != weight_changes:
        for items, seen in watch.weights:
            if other_items(items, seen):
                return "a list of weights"
        watch.changes = weight_changes
    i = next_suspect(watch, 0, MISSING)
    while i >= 0:
        entry = watch.entries[i]
        what = difference(watch, entry)
        if what:
            return what
        if entry[0] < GUEST:
            watch.replace(i, renewed(entry))
        i = next_suspect(watch, i + 1, MISSING)
    return ""


def renewed(entry):
    """An entry whose place has other objects of the same meaning: compared with these from now on."""
    kind = entry[0]
    if kind == LIST and all([x is not ANY for x in entry[2]]):
        return LIST, entry[1], tuple(entry[1])
    if kind == CELL and entry[2] is not ANY:
        return CELL, entry[1], contents(entry[1])
    return entry


def difference(watch, entry):
    """What has changed at a place, "" if nothing has."""
    kind = entry[0]
    if kind == INSTANCE:
        return instance_difference(watch, entry[1], entry[2], entry[3], entry[4], entry[5])
    if kind == SPACE:
        return named_difference(entry[1], entry[2], None, False)
    if kind == MAP:
        return map_difference(entry[1], entry[2], entry[3])
    if kind == CLASS:
        return class_difference(watch, entry[1], entry[2], entry[3], entry[4])
    if kind == LIST:
        return f"a list of {len(entry[2])} items" if other_items(entry[1], entry[2]) else ""
    if kind == CELL:
        return "" if alike(contents(entry[1]), entry[2]) else "a variable of an enclosing function"
    if kind == FUNCTION:
        return function_difference(entry[1], entry[2], entry[3], entry[4])
    if kind == ITEMS:
        return f"a {type(entry[1]).__name__}" if other_items(tuple(entry[1]), entry[2]) else ""
    if kind == SLOT:
        return "" if alike(slot(entry[1], entry[2]), entry[3]) else f"the attribute {entry[2].__name__!r}"
    if kind == ARRAY:
        return array_difference(entry[1], entry[2], entry[3])
    if kind == STATE:
        return f"the state of a {type(entry[1]).__name__}" if entry[2](entry[1]) != entry[3] else ""
    x = entry[1]()
    if x is None:
        return f"a {entry[2].__name__} that is gone"
    return instance_difference(watch, x, entry[2], entry[3], entry[4], entry[5])


def instance_difference(watch, x, kind, attributes, named, users):
    if type(x) is not kind:
        return f"the class of a {kind.__name__}"
    if attributes is None:
        return ""
    now = attributes_of(x)
    if now is not attributes:
        return f"the attributes of a {kind.__name__}"
    what = named_difference(now, named, watch.names, users and watch.everything)
    return f"{what} of a {kind.__name__}" if what else ""


def named_difference(now, named, names, everything):
    """The first of the names that has another value; where `names` is given, those of it that are new count too."""
    found = 0
    if names is None:
        for name, before in named.items():
            value = now.get(name, MISSING)
            if value is not before and not alike(value, before):
                return f"the name {name!r}"
        return ""
    for name, value in now.items():
        before = named.get(name, MISSING)
        if value is before:
            found += 1
        elif before is not MISSING:
            found += 1
            if not alike(value, before):
                return f"the attribute {name!r}"
        elif everything or name in names:
            return f"the attribute {name!r}"
    if found != len(named):
        for name, before in named.items():
            if name not in now and before is not ANY:
                return f"the attribute {name!r}"
    return ""


def class_difference(watch, cls, bases, named, users):
    if cls.__bases__ != bases:
        return f"the bases of the class {cls.__name__}"
    now = vars(cls)
    for name, before in named.items():
        value = now.get(name, MISSING)
        if value is not before and not alike(value, before):
            return f"{name!r} of the class {cls.__name__}"
    names, everything = watch.names, users and watch.everything
    for name in now:
        if name not in named and name not in NOT_READ and (everything or name in names or is_special(name)):
            return f"{name!r} of the class {cls.__name__}"
    return ""


def is_special(name):
    """Whether Python itself looks the name up, so that no code needs to mention it."""
    return name.startswith("__") and name.endswith("__")


def function_difference(f, code, defaults, keyword_defaults):
    same = f.__code__ is code and f.__defaults__ is defaults and f.__kwdefaults__ is keyword_defaults
    return "" if same else f"the function {f.__name__}"


def map_difference(items, keys, values):
    """The first key whose value is another one."""
    if len(items) != len(keys):
        return f"a dict of {len(keys)} items"
    i = 0
    for key, value in items.items():
        if key is not keys[i] and not alike(key, keys[i]):
            return "the keys of a dict"
        if value is not values[i] and not alike(value, values[i]):
            return f"{key!r} in a dict" if type(key) is str else "a value in a dict"
        i += 1
    return ""


def array_difference(array, form, seen):
    if form_of(array) != form:
        return "the form of an array"
    same = same_bytes(array, seen)
    if same < 0:
        same = memory(array) == seen
    return "" if same else "the contents of an array"


def other_items(items, seen):
    """Whether items that are other objects are other constants too."""
    if len(items) != len(seen):
        return True
    i = 0
    for x in items:
        if x is not seen[i] and not alike(x, seen[i]):
            return True
        i += 1
    return False


def alike(now, before):
    """Whether two objects are one, or plain constants of the same kind and value."""
    if now is before or before is ANY:
        return True
    kind = type(before)
    if type(now) is not kind:
        return False
    if kind is float or kind is complex:
        return repr(now) == repr(before)
    if kind is tuple:
        return not other_items(now, before)
    return (kind is int or kind is str or kind is bool or kind is bytes) and now == before


def contents(cell):
    """What a cell of a closure holds, MISSING where it is empty; whether a weak reference still refers to something."""
    if isinstance(cell, weakref.ref):
        return weakref.ref.__call__(cell) is not None
    try:
        return cell.cell_contents
    except ValueError:
        return MISSING


def slot(x, descriptor):
    """The value of a slot, MISSING where it is empty."""
    try:
        return descriptor.__get__(x, type(x))
    except Exception:  # a class made in C may raise what it likes
        return MISSING


def form_of(array):
    """Shape and kind of an array's elements."""
    shape = getattr(array, "shape", None)
    return (len(array) if hasattr(array, "__len__") else 0) if shape is None else shape, getattr(array, "dtype", None)


def memory(array):
    """The bytes of an array, row by row; those behind a mask too."""
    numpy = sys.modules.get("numpy")
    if numpy is not None and isinstance(array, numpy.ndarray):
        return numpy.ndarray.tobytes(array)
    return array.tobytes() if hasattr(array, "tobytes") else bytes(array)
