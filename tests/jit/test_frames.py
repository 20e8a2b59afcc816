"""Series and frames that a recorded function reads: whatever is changed in place is noticed at the next call."""

import pandas as pd
import pytest

from autograd import jit

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")


def series():
    return pd.Series([1.0, 2.0], index=["a", "b"])


def frame():
    return pd.DataFrame({"a": [1.0, 2.0], "c": [3.0, 4.0]})


WRITES = {
    "key": (series, lambda s: s["a"], lambda s: s.__setitem__("a", 5.0)),
    "key, sum": (series, lambda s: s.sum(), lambda s: s.__setitem__("a", 5.0)),
    "attribute": (series, lambda s: s.mean(), lambda s: setattr(s, "a", 5.0)),
    "iloc": (series, lambda s: s.mean(), lambda s: s.iloc.__setitem__(0, 5.0)),
    "labels": (series, lambda s: s["a"], lambda s: setattr(s, "index", ["b", "a"])),
    "Int64": (lambda: pd.Series([1, 2], dtype="Int64"), lambda s: float(s.sum()), lambda s: s.__setitem__(0, 7)),
    "columns": (frame, lambda d: 2.0 if "b" in d.columns else 3.0, lambda d: setattr(d, "columns", ["b", "c"])),
    "in": (frame, lambda d: 2.0 if "b" in d else 3.0, lambda d: setattr(d, "columns", ["b", "c"])),
    "index": (frame, lambda d: float(d.index[0]), lambda d: setattr(d, "index", [7, 8])),
    "rename": (frame, lambda d: 2.0 if "b" in d else 3.0, lambda d: d.rename(columns={"a": "b"}, inplace=True)),
    "reset": (lambda: frame().set_index("a"), lambda d: float(len(d.columns)), lambda d: d.reset_index(inplace=True)),
    "loc": (frame, lambda d: d.loc[0, "a"], lambda d: d.loc.__setitem__((0, "a"), 7.0)),
    "column": (frame, lambda d: d["a"].sum(), lambda d: d.__setitem__("a", [7.0, 1.0])),
}


@pytest.mark.parametrize("name", WRITES)
@pytest.mark.parametrize("read_before", [False, True])  # pandas keeps then what it has found
def test_what_is_changed_in_place_is_noticed(name, read_before):
    make, read, write = WRITES[name]
    held = make()
    if read_before:
        read(held)
    f = jit(lambda x: x * read(held), verify=False)
    assert f(1.0).data == f(2.0).data / 2 == f(3.0).data / 3 == read(held)
    write(held)
    assert f(1.0).data == read(held)
