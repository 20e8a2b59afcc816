"""The places that a watch compares, one by one: what they hold, what they ought to hold, which hold an object."""

from __future__ import annotations

from typing import Any

from autograd.jit.watching.watch import (
    ANY,
    CELL,
    CLASS,
    GUEST,
    INSTANCE,
    LIST,
    MAP,
    MISSING,
    NOT_READ,
    SLOT,
    SPACE,
    Observed,
    alike,
    slot,
)

Key = tuple[Any, ...]  # as in differences.Change: the kind, what identifies the place, and last its holder


def read(key: Key) -> Any:
    """What the place holds, MISSING without."""
    kind, holder = key[0], key[-1]
    if kind == "cell":
        return holder.cell_contents
    if kind == "slot":
        return slot(holder, key[2])
    if kind == "item":
        return list.__getitem__(holder, key[2]) if key[2] < list.__len__(holder) else MISSING
    if kind == "class":
        return vars(holder).get(key[2], MISSING)
    return dict.get(holder, key[2], MISSING)


def write(key: Key, x: Any) -> None:
    """Have the place hold x."""
    kind, holder = key[0], key[-1]
    if kind == "cell":
        holder.cell_contents = x
    elif kind == "slot":
        key[2].__set__(holder, x)
    elif kind == "item":
        list.__setitem__(holder, key[2], x)
    elif kind == "class":
        type.__setattr__(holder, key[2], x)
    else:
        dict.__setitem__(holder, key[2], x)


def holding(watch: Observed, x: Any) -> list[Key]:
    """The watched places that hold this object."""
    found: list[Key] = []
    for entry in watch.all_entries():
        kind, holder = entry[0], entry[1]
        if kind in (INSTANCE, GUEST):
            found += [("attribute", id(entry[3]), name, entry[3]) for name, value in entry[4].items() if value is x]
        elif kind == SPACE:
            found += [("global", id(holder), name, holder) for name, value in entry[2].items() if value is x]
        elif kind == CLASS:
            found += [("class", id(holder), name, holder) for name, value in entry[3].items() if value is x]
        elif kind == CELL and entry[2] is x and hasattr(holder, "cell_contents"):
            found.append(("cell", id(holder), holder))
        elif kind == SLOT and entry[3] is x:
            found.append(("slot", id(holder), entry[2], holder))
        elif kind == LIST:
            found += [("item", id(holder), i, holder) for i, item in enumerate(entry[2]) if item is x]
        elif kind == MAP:
            found += [
                ("value", id(holder), key, holder) for key, value in zip(entry[2], entry[3], strict=True) if value is x
            ]
    return found


def expect(watch: Observed, key: Key, x: Any) -> None:
    """Have the watch expect x in this place; with ANY, whatever is there."""
    kind, holder = key[0], key[-1]
    for i, entry in enumerate(watch.all_entries()):
        if kind == "attribute" and entry[0] in (INSTANCE, GUEST) and entry[3] is holder:
            entry[4][key[2]] = x
        elif entry[1] is not holder:
            continue
        elif kind == "global" and entry[0] == SPACE:
            entry[2][key[2]] = x
        elif kind == "class" and entry[0] == CLASS:
            entry[3][key[2]] = x
        elif kind == "cell" and entry[0] == CELL:
            watch.correct(i, (CELL, holder, x))
        elif kind == "slot" and entry[0] == SLOT and entry[2] is key[2]:
            watch.correct(i, (SLOT, holder, entry[2], x))
        elif kind == "item" and entry[0] == LIST:
            watch.correct(i, (LIST, holder, tuple([x if k == key[2] else item for k, item in enumerate(entry[2])])))
        elif kind == "value" and entry[0] == MAP:
            values = [x if alike(name, key[2]) else value for name, value in zip(entry[2], entry[3], strict=True)]
            watch.correct(i, (MAP, holder, entry[2], tuple(values)))


def joined(watch: Observed, more: Observed) -> Observed:
    """The first watch, which now has the places of the other one too; nothing has changed for either."""
    fresh = more.names - watch.names or (more.everything and not watch.everything)
    watch.names |= more.names
    watch.everything |= more.everything
    for entry in more.all_entries():
        i = watch.position(entry)
        if i is None:
            watch.add(entry)
        else:
            _unite(watch, i, entry)
    known = {id(items) for items, _ in watch.all_weights()}
    for items, _ in more.all_weights():
        if id(items) not in known:
            watch.add_weights(items)
    if fresh:
        for entry in watch.all_entries():
            _complete(watch, entry)
    return watch


def _unite(watch: Observed, i: int, entry: tuple[Any, ...]) -> None:
    """Watch at i what either of two paths reads; what does not matter to one of them may to the other."""
    known, kind = watch.all_entries()[i], entry[0]
    if kind in _NAMED:
        mine, others = known[_NAMED[kind]], entry[_NAMED[kind]]
        for name, value in others.items():
            if mine.get(name, ANY) is ANY:
                mine[name] = value
    elif any(x is ANY for part in known[2:] for x in (part if type(part) is tuple else (part,))):
        watch.correct(i, entry)


_NAMED = {INSTANCE: 4, GUEST: 4, SPACE: 2, CLASS: 3}  # where an entry has its dict of names


def _complete(watch: Observed, entry: tuple[Any, ...]) -> None:
    """Have attributes watched that only the code of another path mentions."""
    kind = entry[0]
    if kind not in (INSTANCE, GUEST, CLASS):
        return
    now = vars(entry[1]) if kind == CLASS else entry[3] or {}
    named, everything = entry[_NAMED[kind]], entry[-1] and watch.everything
    for name, value in now.items():
        if name not in named and name not in NOT_READ and (everything or name in watch.names):
            named[name] = value
