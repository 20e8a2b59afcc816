"""Finding parameters, and taking and giving back their numbers."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograd import Value
from nn import MLP, Module


class Holder(Module):
    """A module of whatever attributes it is given."""

    def __init__(self, **attributes):
        for name, attribute in attributes.items():
            setattr(self, name, attribute)


numbers = st.floats(-1e300, 1e300)
structures = st.recursive(
    numbers.map(lambda x: lambda: Value(x)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda made: lambda: [make() for make in made]),
        st.lists(inner, max_size=4).map(lambda made: lambda: tuple(make() for make in made)),
        st.dictionaries(st.text("abc", min_size=1), inner, max_size=4).map(
            lambda made: lambda: {name: make() for name, make in made.items()}
        ),
        st.dictionaries(st.text("xyz", min_size=1), inner, max_size=4).map(
            lambda made: lambda: Holder(**{name: make() for name, make in made.items()})
        ),
    ),
    max_leaves=20,
)


def leaves(structure):
    """The obvious recursive walk, as the oracle of the iterative one."""
    if isinstance(structure, Value):
        return [structure]
    if isinstance(structure, dict):
        structure = list(structure.values())
    if isinstance(structure, Module):
        structure = list(vars(structure).values())
    return [p for item in structure for p in leaves(item)]


def ids(values):
    return [id(v) for v in values]


@given(structures)
def test_parameters_are_the_leaves_in_insertion_order(make):
    structure = make()
    model = Holder(first=structure, text="a", number=3, last=Value(1.0))
    expected = ids([*leaves(structure), model.last])
    assert ids(model.parameters()) == expected
    assert ids(p for _, p in model.named_parameters()) == expected


@given(structures)
def test_names_lead_to_their_parameters(make):
    model = Holder(part=make())
    for name, p in model.named_parameters():
        place = model
        for step in name.split("."):
            if isinstance(place, dict):
                place = place[step]
            else:
                place = place[int(step)] if isinstance(place, (list, tuple)) else getattr(place, step)
        assert place is p


@given(structures)
def test_a_state_goes_round(make):
    model, other = Holder(part=make()), Holder(part=make())
    for p in other.parameters():
        p.data = 7.0
    other.load_state_dict(model.state_dict())
    assert [p.data for p in other.parameters()] == [p.data for p in model.parameters()]


def test_names_of_a_network_read_like_its_attributes():
    names = [name for name, _ in MLP(2, [4, 1], seed=0).named_parameters()]
    assert names[:3] == ["layers.0.neurons.0.w.0", "layers.0.neurons.0.w.1", "layers.0.neurons.0.b"]
    assert "layers.0.neurons.3.w.1" in names
    assert names[-1] == "layers.1.neurons.0.b"


def test_a_shared_parameter_is_found_once_under_its_first_name():
    w = Value(1.0)
    part = Holder(w=w)
    model = Holder(a=[w, w], b=part, c=part, d=w)
    assert ids(model.parameters()) == [id(w)]
    assert [name for name, _ in model.named_parameters()] == ["a.0"]


def test_cycles_end():
    model = Holder(w=Value(1.0))
    model.itself = model
    model.loop = [model]
    model.loop.append(model.loop)
    assert len(model.parameters()) == len(model.named_parameters()) == 1


def test_nesting_of_any_depth_is_walked():
    nested = [Value(1.0)]
    for _ in range(20_000):
        nested = [nested]
    model = Holder(nested=nested)
    assert len(model.parameters()) == 1
    while isinstance(nested, list):  # taken apart level by level, so that freeing it does not recurse
        nested = nested[0]


def test_computed_values_are_not_parameters():
    w = Value(2.0)
    model = Holder(w=w, last=w * 3.0, several=[w + 1.0, w])
    assert ids(model.parameters()) == [id(w)]
    assert list(model.state_dict()) == ["w"]


def test_slots_are_walked_too():
    class Slotted(Module):
        __slots__ = ("offset", "slope", "unset")

        def __init__(self):
            self.slope = Value(2.0)
            self.offset = Value(1.0)
            self.extra = Value(3.0)

    assert Slotted().state_dict() == {"offset": 1.0, "slope": 2.0, "extra": 3.0}


def test_zero_grad_clears_every_gradient():
    model = MLP(2, [3, 1], seed=0)
    model([1.0, 2.0]).backward()
    assert any(p.grad for p in model.parameters())
    model.zero_grad()
    assert not any(p.grad for p in model.parameters())


def test_training_begins_and_ends_in_every_module_within_a_module():
    inner = [MLP(1, [1], seed=0) for _ in range(4)]
    model = Holder(one=inner[0], rest=[Holder(two=inner[1]), {"three": (inner[2], inner[3])}])
    model.train()
    assert all(each.training for each in [model, *inner])
    model.eval()
    assert not any(each.training for each in [model, *inner])


def test_a_state_is_a_snapshot():
    model = Holder(w=Value(1.0))
    state = model.state_dict()
    model.w.data = 5.0
    assert state == {"w": 1.0}


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        ({"b": None}, ValueError, "missing 'b'"),
        ({"c": 1.0}, ValueError, "unexpected 'c'"),
        ({"b": math.nan}, ValueError, "b must be finite, got nan"),
        ({"b": -math.inf}, ValueError, "b must be finite"),
        ({"b": 10**400}, ValueError, "b is too large"),
        ({"b": "1.0"}, TypeError, "b must be a number, got str"),
        ({"b": [1.0]}, TypeError, "b must be a number, got list"),
    ],
)
def test_a_wrong_state_is_refused_and_changes_nothing(change, error, said):
    model = Holder(a=Value(1.0), b=Value(2.0))
    state = {"a": 10.0, "b": 20.0} | change
    if state["b"] is None:
        del state["b"]
    with pytest.raises(error, match=said):
        model.load_state_dict(state)
    assert model.state_dict() == {"a": 1.0, "b": 2.0}


def test_a_state_must_be_a_dict():
    with pytest.raises(TypeError, match="got list"):
        Holder(a=Value(1.0)).load_state_dict([("a", 1.0)])


def test_many_missing_names_stay_readable():
    with pytest.raises(ValueError, match=r"and 332 more$") as caught:
        MLP(2, [16, 16, 1], seed=0).load_state_dict({})
    assert len(str(caught.value)) < 400


def test_two_parameters_of_one_name_are_refused():
    with pytest.raises(ValueError, match=r"'parts\.1'"):
        Holder(parts={1: Value(1.0), "1": Value(2.0)}).state_dict()


def test_a_module_without_call_says_what_to_do():
    with pytest.raises(NotImplementedError, match="Holder has no __call__; define it"):
        Holder()(1.0)


def test_repr_counts_parameters():
    assert repr(Holder(w=[Value(1.0), Value(2.0)])) == "Holder(2 parameters)"
