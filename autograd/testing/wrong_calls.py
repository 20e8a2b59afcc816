"""Wrong calls and what they must raise; hard lives and what must be true after them.

Nothing that Python can reach, private names included, may crash the interpreter, and what raises must leave the engine
as it was. All is text, so that it can run in a process of its own: see misuse.py, whose `surroundings` say what names
the texts may use. A bug of this kind begins as a line here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wrong:
    """Statements that must raise one of these errors, with `message` in its text."""

    text: str
    raises: tuple[str, ...]
    message: str = ""


def _wrong(text: str, *raises: str, message: str = "") -> Wrong:
    return Wrong(text, raises, message)


# in the plain twin Python itself says of a method called unbound what it does not find
_UNBOUND = ("TypeError", "AttributeError")

# fmt: off
WRONG_CALLS = (
    # methods called unbound, on what is no Value
    _wrong("Value.exp(3)", "TypeError"),
    _wrong("Value.abs([1.0, 2.0, 3.0]).backward()", "TypeError"),
    _wrong("Value.tanh(None)", "TypeError"),
    _wrong("Value.relu('x')", "TypeError"),
    _wrong("Value.leaky_relu(1.0, 0.1)", "TypeError"),
    _wrong("Value.hypot(3.0, 4.0)", "TypeError"),
    _wrong("Value.detach(3)", "TypeError"),
    _wrong("Value.detach(None)", "TypeError"),
    _wrong("Value.__ceil__(3)", "TypeError"),
    _wrong("Value.__round__(3)", "TypeError"),
    _wrong("Value.__add__(3, 4)", "TypeError"),
    _wrong("Value.__lt__(3, 4)", "TypeError"),
    _wrong("Value.__format__(3, '')", *_UNBOUND),
    _wrong("Value.__float__(3)", *_UNBOUND),
    _wrong("Value.__bool__([])", *_UNBOUND),
    _wrong("Value.__reduce_ex__(3, 2)", *_UNBOUND),
    _wrong("Value.backward(3)", *_UNBOUND),
    _wrong("Value.data.__get__(3)", *_UNBOUND),
    _wrong("Value.data.__set__(3, 4)", *_UNBOUND),
    _wrong("Value.operands.__get__(3, int)", *_UNBOUND),
    _wrong("Value.grad.__set__([], Value(1.0))", *_UNBOUND),

    # classes and objects made oddly
    _wrong("class P(Value): pass", "TypeError"),
    _wrong("type('P', (Value,), {})", "TypeError"),
    _wrong("Value()", "TypeError"),
    _wrong("Value(None)", "TypeError", message="None"),
    _wrong("Value(1.0, 2.0)", "TypeError", message="label"),
    _wrong("Value(1.0, b'x')", "TypeError", message="label"),
    _wrong("Value(1.0).weight = 2", "AttributeError"),
    _wrong("Value.__new__(int)", "TypeError"),
    _wrong("object.__new__(Value).y.x", "AttributeError", "TypeError"),
    _wrong("del Value(1.0).data", "AttributeError", "NotImplementedError"),
    _wrong("Value(1.0) < 'x'", "TypeError"),
    _wrong("Value(1.0) + None", "TypeError"),
    _wrong("pow(Value(2.0), 2, 3)", "TypeError"),
    _wrong("x = Value(1.0); x.grad = 'x'", "TypeError"),
    _wrong("x = Value(1.0); x.data = None", "TypeError"),
    _wrong("x = Value(1.0); x.label = None", "TypeError"),

    # functions that only the engine calls
    _wrong("nodes.annotate(Value(1.0), Value(2.0))", "TypeError", message="note"),
    _wrong("nodes.annotate(None, None)", "TypeError", *_UNBOUND),
    _wrong("hooks.note_with('x')", "TypeError", message="note"),
    _wrong("hooks.note_with(('a', 'b'))", "TypeError", message="note"),
    _wrong("engine.cut(None)", *_UNBOUND),
    _wrong("nodes.leaf_of(None)", "TypeError"),
    _wrong("node.data_of(None)", "TypeError"),
    _wrong("nodes.apply_unary(4, None)", "TypeError"),
    _wrong("nodes.apply_binary(1, None, 2.0)", "TypeError"),
    _wrong("nodes.apply_binary(1, 1.0, None)", "TypeError"),
    _wrong("nodes.apply_binary(1, Value(1.0), [])", "TypeError"),
    _wrong("nodes.node(NAMES.index('sum'), 1.0, (Value(1.0),) * 5, [])", "ValueError", message="0 partials"),
    _wrong("nodes.node(NAMES.index('sum'), 1.0, (1.0, 2.0), [1.0, 1.0])", "ValueError", message="0 of them Values"),
    _wrong("nodes.node(0, 1.0, (Value(1.0),), [1.0])", "ValueError"),
    _wrong("nodes.node(-1, 1.0, (Value(1.0),), [1.0])", "ValueError"),
    _wrong("nodes.node(10**6, 1.0, (Value(1.0),), [1.0])", "ValueError"),
    _wrong("nodes.node(NAMES.index('clip'), 1.0, (Value(1.0),), [1.0])", "ValueError", message="clip"),
    _wrong("nodes.node(NAMES.index('dot'), 1.0, (Value(1.0),) * 4, [1.0] * 4)", "ValueError", message="dot"),
    _wrong("operations.add_name(None)", "TypeError"),
    _wrong("Value.backward(None)", *_UNBOUND),
    _wrong("engine.settle(None, None)", "TypeError"),
    _wrong("autograd.topological_order(3)", "TypeError"),
    _wrong("tape.tape_between([None], [], [])", "TypeError", message="NoneType"),
    _wrong("tape.tape_between([], [None], [])", "TypeError"),
    _wrong("tape.tape_between([], [], [1.0])", "TypeError"),
    _wrong("sweeps.pulled(tape.Tape.__new__(tape.Tape), [1.0])", *_UNBOUND),
    _wrong("sweeps.pulled_values(None, [1.0])", *_UNBOUND),
    _wrong("sweeps.pushed(a_tape(), [1.0] * 9)", "IndexError"),
    _wrong("a_tape().nodes[0] = None", "TypeError"),
    _wrong("a_tape().outputs[0] = 10**6", "TypeError"),
    _wrong("second_order.adjoint_tangents(second_order.Curvature.__new__(second_order.Curvature), [1.0])", *_UNBOUND),
    _wrong("parameters.zero_gradients([None])", "TypeError"),
    _wrong("parameters.zero_gradients(None)", "TypeError"),
    _wrong("parameters.descend([1.0], 0.1, 0.0)", *_UNBOUND),
    _wrong("parameters.descend_with_momentum([Value(1.0)] * 3, 0.1, 0.0, 0.9, False, array('d'))", "ValueError",
           message="3 numbers"),
    _wrong("parameters.adapt([Value(1.0)], 0.1, 1.0, 1e-8, 0.0, 1.0, 0.9, 0.9, array('d', [0.0]), None)",
           "TypeError", "ValueError"),

    # what unpickling calls
    _wrong("nodes.assemble(('sum', 4, 1.0, 0.0, [0] * 200_000, [], None), [Value(1.0)]).backward()", "ValueError"),
    _wrong("nodes.assemble(('sum', 4, 1.0, 0.0, [], [], None), [])", "ValueError"),
    _wrong("nodes.assemble(('sum', 4, 1.0, 0.0, [-1], [1.0], None), [Value(1.0)])", "ValueError", message="place"),
    _wrong("nodes.assemble(('sum', 4, 1.0, 0.0, [7], [1.0], None), [Value(1.0)])", "ValueError", message="place"),
    _wrong("nodes.assemble(('sum', 4, 1.0, 0.0, [0], [1.0], None), [None])", "ValueError", message="place"),
    _wrong("nodes.assemble(('mul', 1, 1.0, 0.0, [0], [1.0, 1.0], None), [Value(1.0)])", "ValueError"),
    _wrong("nodes.assemble(('mul', 1, 1.0, 0.0, [0, 0], [1.0], None), [Value(1.0)])", "ValueError"),
    _wrong("nodes.assemble(('exp', 2, 1.0, 0.0, [0, 2.0], [1.0, 1.0], None), [Value(1.0)])", "ValueError"),
    _wrong("nodes.assemble(('exp', 9, 1.0, 0.0, [0], [1.0, 0.0], None), [Value(1.0)])", "ValueError"),
    _wrong("nodes.assemble(('exp', 0, 1.0, 0.0, [0], [1.0, 0.0], None), [Value(1.0)])", "ValueError"),
    _wrong("nodes.assemble(('', 0, 1.0, 0.0, [], [], None), [])", "ValueError"),
    _wrong("nodes.assemble(('evil', 1, 1.0, 0.0, [0], [1.0, 0.0], None), [Value(1.0)])", "ValueError", message="evil"),
    _wrong("nodes.assemble(('exp', 1, 1.0, 0.0, [0], [1.0, 0.0], Value(2.0)), [Value(1.0)])", "TypeError"),
    _wrong("nodes.assemble(('exp', 1, None, 0.0, [0], [1.0, 0.0], None), [Value(1.0)])", "TypeError"),
    _wrong("nodes.assemble(None, [])", "TypeError"),
    _wrong("nodes.disassembled(None, {})", *_UNBOUND),
    _wrong("copying.graph([], [])", "ValueError"),
    _wrong("copying.graph([None], [])", "ValueError", "TypeError"),
    _wrong("copying.graph(3, [])", "ValueError", "TypeError"),
    _wrong("copying.leaf('x', 0.0, '', '', '')", "TypeError"),
    _wrong("copying.leaf(1.0, 0.0, Value(1.0), '', '')", "TypeError"),


    _wrong("for _ in range(70_000): operations.add_name('x')", "OverflowError"),  # the last one: it leaves no room
)

# Each runs in a thread with half a megabyte of stack, and must end.
HARD_LIVES = {
    "a chain through gradients": """
        h = Value(0.0)
        for _ in range(300_000):
            x = Value(0.0)
            x.grad = h
            h = x
        del x, h""",
    "a chain through labels": """
        class Text(str):
            def __str__(self):
                return self
        h = Value(0.0)
        for _ in range(100_000):
            text = Text("x")
            text.node = h
            h = Value(0.0, text)
        del text, h""",
    "a chain through constants": """
        class Number(float):
            pass
        h = Value(0.0)
        for _ in range(100_000):
            c = Number(1.0)
            c.node = h
            h = autograd.sum([Value(1.0), c])
        del c, h""",
    "a chain of all kinds": """
        h = Value(0.0)
        for k in range(100_000):
            x = Value(0.0)
            x.grad = h
            h = (autograd.sum([x, 1.0]), x * 2.0, 2.0 * x, x * x, x.tanh(), autograd.dot([x], [x]))[k % 6]
        del x, h""",
    "a leaf that is its own gradient": """
        x = Value(1.0)
        x.grad = x
        assert x.grad == 1.0
        x.grad = 0.0""",
    "a node made a leaf": """
        x, y = Value(2.0), Value(3.0)
        z = autograd.dot([x, y], [y, x])
        w = z * x
        z.__init__(5.0)
        w.backward()
        assert (x.grad, y.grad) == (12.0, 0.0), (x.grad, y.grad)
        z.backward()""",
    "gradients set to zero on nodes": """
        x = Value(2.0)
        z = x * x
        parameters.zero_gradients([z, x])
        z.backward()
        assert x.grad == 4.0""",
    "a Value that nobody has initialized": """
        try:
            x = Value.__new__(Value)
            (x * 2.0).backward()
            pickle.loads(pickle.dumps(x)), copy.deepcopy(x), repr(x), x.label, x.operands
        except AttributeError:  # in the plain twin nothing is there yet
            assert not autograd.COMPILED""",
    "objects that refuse": """
        class Refuser:
            def __getattribute__(self, name): raise ValueError(name)
            def __float__(self): raise ValueError
        class Liar(list):
            def __len__(self): return 1000
            def __iter__(self): raise ValueError
        for f in (autograd.sum, autograd.dot, autograd.prod, autograd.max, autograd.mean, autograd.softmax):
            for wrong in (Refuser(), Liar([1.0]), [Refuser()], [Value(1.0), Refuser()], 3, None):
                try:
                    f(wrong, Liar([1.0])) if f is autograd.dot else f(wrong)
                except (TypeError, ValueError):
                    continue""",
    "numbers that change while they are read": """
        class Number:
            calls = 0
            def __float__(self):
                Number.calls += 1
                return float(Number.calls)
        for f in (autograd.sum, autograd.prod, autograd.logsumexp, autograd.mean):
            f([Value(1.0), Number(), Number()]).backward()
        try:
            autograd.max([Value(1.0), Number(), Number()]).backward()
        except ZeroDivisionError:
            pass""",
    "a list that changes while it is summed up": """
        values = [Value(1.0) for _ in range(100)]
        class Number:
            def __float__(self):
                values.clear()
                return 1.0
        values.append(Number())
        z = autograd.dot(values, list(values), 1.0)
        z.backward()
        assert z.data == 102.0""",
    "threads on one graph": """
        x = Value(1.0)
        z = x
        for _ in range(1000):
            z = (z + x) * 0.5
        def work():
            for _ in range(20):
                z.backward()
                autograd.grad(lambda t: t * z)(2.0)
        threads = [threading.Thread(target=work) for _ in range(4)]
        for t in threads: t.start()
        for t in threads: t.join()
        assert abs(x.grad - 80.0) < 1e-9, x.grad""",
    "damaged pickles": """
        import random
        x, y = Value(2.0, label="x"), Value(3.0)
        root = autograd.dot([x, y.tanh(), 1.0], [y, 2.0 ** x, x], 1.0) / y + autograd.clip(x, 0.0, y)
        whole = pickle.dumps(root)
        draw = random.Random(1)
        for _ in range(3000):
            bad = bytearray(whole)
            for _ in range(draw.randrange(1, 4)):
                bad[draw.randrange(len(bad))] = draw.randrange(256)
            try:
                z = pickle.loads(bytes(bad))
                z.backward()
                autograd.grad(lambda t: t * z)(2.0)
            except Exception:
                continue""",
}
# fmt: on
