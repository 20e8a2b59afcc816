"""Fifty programs as people write them: each gives a function, and what may change between its calls.

They stand for no rule of their own; what the rules forget shows here. Eager code is the oracle: test_ordinary_programs.
"""

import abc
import bisect
import collections
import contextlib
import copy
import csv
import dataclasses
import datetime
import decimal
import enum
import fractions
import functools
import heapq
import io
import json
import logging
import math
import operator
import os
import re
import string
import types
import typing
import warnings
import weakref

import numpy as np

import autograd as ag
import nn
from autograd import Value, clip, dot, maximum, softmax

try:
    import pandas as pd
except ImportError:
    pd = None

PROGRAMS = []  # (name, function that makes one, arguments of its calls)


def program(calls):
    """Decorates a function that returns (function, changes)."""

    def added(make):
        PROGRAMS.append((make.__name__, make, calls))
        return make

    return added


@program([(100.0, 105.0, 0.2), (90.0, 105.0, 0.3), (120.0, 100.0, 0.1)])
def black_scholes():
    RATE = {"r": 0.02, "T": 1.0}

    def N(x):
        return 0.5 * (1 + ag.erf(x / math.sqrt(2)))

    def price(S, K, vol):
        r, T = RATE["r"], RATE["T"]
        d1 = (ag.log(S / K) + (r + vol * vol / 2) * T) / (vol * math.sqrt(T))
        d2 = d1 - vol * math.sqrt(T)
        return S * N(d1) - K * math.exp(-r * T) * N(d2)

    return price, [lambda: RATE.update(r=0.05)]


@program([([1.0, 0.0],), ([0.5, 0.5],)])
def ode_rk4():
    class Pendulum:
        def __init__(self, g=9.81, l=1.0):
            self.g, self.l = g, l

        def rhs(self, t, y):
            return [y[1], -self.g / self.l * ag.sin(y[0])]

    p = Pendulum()

    def step(f, t, y, h):
        k1 = f(t, y)
        k2 = f(t + h / 2, [a + h / 2 * b for a, b in zip(y, k1)])
        k3 = f(t + h / 2, [a + h / 2 * b for a, b in zip(y, k2)])
        k4 = f(t + h, [a + h * b for a, b in zip(y, k3)])
        return [a + h / 6 * (b + 2 * c + 2 * d + e) for a, b, c, d, e in zip(y, k1, k2, k3, k4)]

    def solve(y):
        t = 0.0
        for _ in range(5):
            y = step(p.rhs, t, y, 0.1)
            t += 0.1
        return y[0]

    return solve, [lambda: setattr(p, "g", 1.62), lambda: setattr(p, "l", 2.0)]


@program([(1.0, 2.0, 3.0), (0.5, -1.0, 2.0)])
def kalman_filter():
    @dataclasses.dataclass
    class State:
        x: float = 0.0
        P: float = 1.0

    class KF:
        def __init__(s, q, r):
            s.q = q
            s.r = r

        def predict(s, st):
            return State(st.x, st.P + s.q)

        def update(s, st, z):
            K = st.P / (st.P + s.r)
            return State(st.x + K * (z - st.x), (1 - K) * st.P)

    kf = KF(0.1, 0.5)

    def f(*zs):
        st = State()
        for z in zs:
            st = kf.update(kf.predict(st), z)
        return st.x

    return f, [lambda: setattr(kf, "r", 2.0)]


@program([([0.2, 0.8],), ([0.6, 0.4],)])
def hmm_forward():
    A = np.array([[0.7, 0.3], [0.4, 0.6]])
    B = {"a": [0.9, 0.2], "b": [0.1, 0.8]}
    obs = list("abba")

    def f(pi):
        al = [pi[i] * B[obs[0]][i] for i in range(2)]
        for o in obs[1:]:
            al = [sum(al[i] * A[i, j] for i in range(2)) * B[o][j] for j in range(2)]
        return ag.log(sum(al))

    return f, [lambda: A.__setitem__((0, 0), 0.5), lambda: obs.append("a"), lambda: B.update(a=[0.5, 0.5])]


@program([([0.1, 0.2, 0.3, 0.4, 0.5, 0.6],), ([0.6, 0.1, 0.3, 0.2, 0.9, 0.6],)])
def ctc():
    V = 3
    target = [1, 2]

    def f(flat):
        rows = [softmax(flat[i * V : (i + 1) * V]) for i in range(2)]
        ext = [0]
        for t in target:
            ext += [t, 0]
        a = [rows[0][ext[0]], rows[0][ext[1]]] + [0.0] * (len(ext) - 2)
        for r in rows[1:]:
            b = []
            for s in range(len(ext)):
                v = a[s]
                if s > 0:
                    v = v + a[s - 1]
                if s > 1 and ext[s] != 0 and ext[s] != ext[s - 2]:
                    v = v + a[s - 2]
                b.append(v * r[ext[s]])
            a = b
        return -ag.log(a[-1] + a[-2] + 1e-9)

    return f, [lambda: target.__setitem__(0, 2)]


@program([([0.1, 0.2, 0.3],), ([1.0, -0.5, 0.2],)])
def kinematics():
    class Link:
        def __init__(s, l):
            s.length = l

    class Arm(collections.UserList):
        pass

    arm = Arm([Link(1.0), Link(0.5), Link(0.25)])

    def f(q):
        x = y = th = 0.0
        for l, a in zip(arm, q):
            th = th + a
            x = x + l.length * ag.cos(th)
            y = y + l.length * ag.sin(th)
        return ag.hypot(x, y)

    return f, [lambda: setattr(arm[0], "length", 2.0), lambda: arm.append(Link(9.0))]


@program([([3.0, 1.0, 2.0],), ([1.0, 2.0, 3.0],), ([3.0, 2.0, 1.0],)])
def sorting():
    w = [1.0, 10.0, 100.0]

    def f(xs):
        return sum(a * b for a, b in zip(w, sorted(xs)))

    return f, [lambda: w.reverse()]


@program([(2.5,), (7.0,), (20.0,)])
def tax_table():
    B = [(10.0, 0.1), (20.0, 0.2), (float("inf"), 0.4)]

    def tax(x):
        t = 0.0
        lo = 0.0
        for hi, rate in B:
            if x > hi:
                t += (hi - lo) * rate
                lo = hi
            else:
                return t + (x - lo) * rate

    return tax, [lambda: B.__setitem__(0, (5.0, 0.05))]


@program([(1.0,), (2.0,)])
def config_file():
    cfg = json.loads('{"model":{"scale":2.0,"terms":[1,2,3]}}')

    def f(x):
        return x * cfg["model"]["scale"] + sum(x**k for k in cfg["model"]["terms"])

    return f, [lambda: cfg["model"].update(scale=4.0), lambda: cfg["model"]["terms"].pop()]


@program([(1.5,), (2.5,)])
def spline():
    xs = [0.0, 1.0, 2.0, 3.0]
    ys = [0.0, 1.0, 4.0, 9.0]

    def f(x):
        for i in range(len(xs) - 1):
            if x <= xs[i + 1]:
                t = (x - xs[i]) / (xs[i + 1] - xs[i])
                return ys[i] * (1 - t) + ys[i + 1] * t
        return ys[-1]

    return f, [lambda: ys.__setitem__(2, 5.0)]


@program([([1.0, 2.0],), ([3.0, 4.0],)])
def polymorphism():
    class Layer(abc.ABC):
        @abc.abstractmethod
        def __call__(s, x): ...

    class Scale(Layer):
        def __init__(s, k):
            s.k = k

        def __call__(s, x):
            return [s.k * v for v in x]

    class Shift(Layer):
        def __init__(s, k):
            s.k = k

        def __call__(s, x):
            return [v + s.k for v in x]

    net = [Scale(2.0), Shift(1.0), Scale(Value(3.0))]

    def f(x):
        return sum(functools.reduce(lambda a, l: l(a), net, x))

    return f, [
        lambda: setattr(net[0], "k", 5.0),
        lambda: net.insert(0, Shift(2.0)),
        lambda: setattr(net[-1].k, "data", 7.0) if hasattr(net[-1].k, "data") else None,
    ]


@program([(1.0,), (2.0,)])
def pandas_frame():
    df = pd.DataFrame({"w": [1.0, 2.0, 3.0], "g": ["a", "b", "a"]})

    def f(x):
        return x * df.loc[df.g == "a", "w"].sum()

    return f, [lambda: df.__setitem__("w", [4.0, 5.0, 6.0]), lambda: df.loc.__setitem__((0, "w"), 9.0)]


@program([(1.0,), (2.0,)])
def pandas_groupby():
    df = pd.DataFrame({"w": [1.0, 2.0, 3.0], "g": ["a", "b", "a"]})

    def f(x):
        return sum(x * float(v) for v in df.groupby("g").w.mean())

    return f, [lambda: df.loc.__setitem__((0, "w"), 9.0)]


@program([(1.0,), (2.0,)])
def pandas_iterrows():
    df = pd.DataFrame({"w": [1.0, 2.0, 3.0], "b": [0.1, 0.2, 0.3]})

    def f(x):
        return sum(x * r.w + r.b for r in df.itertuples()) + sum(x * r["w"] for _, r in df.iterrows())

    return f, [lambda: df.loc.__setitem__((1, "w"), 9.0)]


@program([(1.0,), (2.0,)])
def series_index():
    s = pd.Series([1.0, 2.0, 3.0], index=list("abc"))

    def f(x):
        return x * s["b"] + s.iloc[0] + s.loc["c"] * x

    return f, [lambda: s.__setitem__("b", 9.0), lambda: s.drop("a", inplace=True)]


@program([(1.0,), (2.0,)])
def numpy_lookup():
    T = np.linspace(0.0, 1.0, 11)

    def f(x):
        return x * T[3] + float(np.interp(0.25, T, T**2)) + T.mean() * x

    return f, [lambda: T.__setitem__(3, 7.0)]


@program([([1.0, 2.0, 3.0],)])
def numpy_matrix():
    W = np.arange(6.0).reshape(2, 3)

    def f(x):
        return sum(v * v for v in W @ np.array(x))

    return f, [lambda: W.__imul__(2.0)]


@program([(1.0,), (-1.0,), (3.0,)])
def retry_and_default():
    reg = {"pos": 2.0}

    def look(n):
        try:
            return reg[n]
        except KeyError:
            return reg.setdefault(n, 1.0)

    def f(x):
        return x * look("pos" if x > 0 else "neg")

    return f, [lambda: reg.update(neg=5.0)]


@program([(1.0,), (2.0,)])
def logging_program():
    log = logging.getLogger("fifty")
    log.addHandler(logging.NullHandler())
    k = [2.0]

    def f(x):
        log.info("start %s", k)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.warn("w")
        log.debug("end")
        return x * k[0]

    return f, [lambda: k.__setitem__(0, 3.0)]


@program([(1.0,), (2.0,)])
def print_program():
    k = [2.0]

    def f(x):
        print("x is", x, file=io.StringIO())
        print(f"k={k[0]:.2f}", end="", file=io.StringIO())
        return x * k[0]

    return f, [lambda: k.__setitem__(0, 3.0)]


@program([(1.0,), (2.0,)])
def tokenizer():
    vocab = {c: i / 10 for i, c in enumerate(string.ascii_lowercase)}
    text = ["hello"]

    def f(x):
        return sum(x * vocab[c] for w in text for c in re.findall("[a-z]", w.lower()))

    return f, [lambda: text.append("world"), lambda: vocab.update(h=9.0)]


@program([(1.0,), (2.0,)])
def enum_dispatch():
    class Op(enum.Enum):
        ADD = "+"
        MUL = "*"

    prog = [(Op.ADD, 2.0), (Op.MUL, 3.0)]
    T = {Op.ADD: operator.add, Op.MUL: operator.mul}

    def f(x):
        for op, c in prog:
            x = T[op](x, c)
        return x

    return f, [lambda: prog.append((Op.ADD, 1.0)), lambda: T.__setitem__(Op.ADD, operator.sub)]


@program([([1.0, 2.0], [3.0, 4.0])])
def vector_class():
    class Vec:
        __slots__ = ("xs",)

        def __init__(s, xs):
            s.xs = tuple(xs)

        def __add__(s, o):
            return Vec(a + b for a, b in zip(s.xs, o.xs))

        def __mul__(s, k):
            return Vec(a * k for a in s.xs)

        __rmul__ = __mul__

        def __matmul__(s, o):
            return sum(a * b for a, b in zip(s.xs, o.xs))

        def __iter__(s):
            return iter(s.xs)

        def __repr__(s):
            return f"Vec{s.xs}"

    g = Vec([0.5, 0.25])

    def f(a, b):
        return (Vec(a) + 2.0 * Vec(b)) @ g

    return f, [lambda: setattr(g, "xs", (1.0, 1.0))]


@program([(3.0,), (4.0,)])
def newton():
    tol = [1e-6]

    def f(x):
        g = x
        for _ in range(20):
            n = 0.5 * (g + x / g)
            if abs(n - g) < tol[0]:
                break
            g = n
        return g

    return f, [lambda: tol.__setitem__(0, 1e-1)]


@program([(0.5,), (0.7,)])
def memo_fib():
    @functools.cache
    def fib(n):
        return n if n < 2 else fib(n - 1) + fib(n - 2)

    def f(x):
        return sum(fib(k) * x**k for k in range(10))

    return f, []


@program([(1.0,), (2.0,)])
def graph_bfs():
    G = {"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}
    W = {"a": 1.0, "b": 2.0, "c": 3.0, "d": 4.0}

    def f(x):
        seen = {"a"}
        q = collections.deque(["a"])
        t = 0.0
        while q:
            n = q.popleft()
            t = t + W[n] * x
            for m in G[n]:
                if m not in seen:
                    seen.add(m)
                    q.append(m)
        return t

    return f, [lambda: G["d"].append("e") or G.update(e=[]) or W.update(e=9.0)]


@program([(1.0,), (2.0,)])
def priority_queue():
    jobs = [(3, "c"), (1, "a"), (2, "b")]
    cost = dict(a=1.0, b=2.0, c=3.0)

    def f(x):
        h = list(jobs)
        heapq.heapify(h)
        t = 0.0
        k = 1
        while h:
            _, n = heapq.heappop(h)
            t = t + x * cost[n] * k
            k += 1
        return t

    return f, [lambda: jobs.append((0, "a"))]


@program([(1.0,), (2.0,)])
def generator_pipeline():
    data = [1.0, 2.0, 3.0, 4.0]

    def src():
        for d in data:
            yield d

    def win(it, n=2):
        d = collections.deque(maxlen=n)
        for v in it:
            d.append(v)
            if len(d) == n:
                yield tuple(d)

    def f(x):
        return sum(x * a * b for a, b in win(src()))

    return f, [lambda: data.append(9.0)]


@program([(1.0,), (2.0,)])
def context_stack():
    class Units:
        def __init__(s):
            s.stack = [1.0]

        @contextlib.contextmanager
        def using(s, k):
            s.stack.append(k)
            try:
                yield s
            finally:
                s.stack.pop()

        @property
        def k(s):
            return s.stack[-1]

    u = Units()

    def f(x):
        with u.using(2.0):
            y = x * u.k
        return y + u.k

    return f, [lambda: u.stack.__setitem__(0, 5.0)]


@program([(1.0,), (2.0,)])
def dates():
    day = [datetime.date(2020, 1, 31)]

    def f(x):
        return x * (datetime.date(2020, 3, 1) - day[0]).days / 365 + x * day[0].weekday()

    return f, [lambda: day.__setitem__(0, datetime.date(2019, 1, 1))]


@program([(1.0,), (2.0,)])
def money():
    r = [decimal.Decimal("0.05")]

    def f(x):
        return x * float((1 + r[0]) ** 3) + float(fractions.Fraction(1, 3)) * x

    return f, [lambda: r.__setitem__(0, decimal.Decimal(".1"))]


@program([(1.0,), (2.0,)])
def nn_model():
    m = nn.MLP(1, [4, 1], seed=1)

    def f(x):
        return m([x])

    return f, [
        lambda: m.layers[0].neurons[0].w.__setitem__(0, 0.3),
        lambda: setattr(m.layers[0], "neurons", m.layers[0].neurons[:-1] + [nn.Neuron(1, seed=5)]),
        lambda: [setattr(p, "data", p.data * 1.1) for p in m.parameters()],
    ]


@program([(1.0,), (2.0,)])
def nn_custom_module():
    class Net(nn.Module):
        def __init__(s):
            s.a = nn.Layer(1, 3, seed=2)
            s.b = nn.Neuron(3, seed=3)
            s.scale = Value(2.0)
            s.dropped = set()

        def __call__(s, x):
            return (
                s.b([h for i, h in enumerate(s.a.outputs([x])) if i not in s.dropped] + [0.0] * len(s.dropped))
                * s.scale
            )

    m = Net()

    def f(x):
        return m(x)

    return f, [lambda: m.dropped.add(1), lambda: setattr(m, "scale", Value(5.0))]


@program([([1.0, 2.0, 3.0],)])
def attention():
    K = [[Value(0.1 * i + 0.2 * j) for j in range(3)] for i in range(2)]
    mask = [True, True]

    def f(q):
        s = [dot(k, q) / math.sqrt(3) if m else -1e9 for k, m in zip(K, mask)]
        a = softmax(s)
        return sum(w * sum(k) for w, k in zip(a, K))

    return f, [lambda: mask.__setitem__(0, False), lambda: K.append([Value(1.0)] * 3) or mask.append(True)]


@program([(1.0,), (2.0,)])
def strategy_registry():
    R = {}

    def register(n):
        def d(f):
            R[n] = f
            return f

        return d

    @register("lin")
    def lin(x, p=2.0):
        return p * x

    @register("sq")
    def sq(x):
        return x * x

    cur = ["lin"]

    def f(x):
        return R[cur[0]](x)

    return f, [lambda: cur.__setitem__(0, "sq"), lambda: register("sq")(lambda x: x * x * x)]


@program([(1.0,), (2.0,)])
def mixins():
    class Base:
        bias = 1.0

        def out(s, x):
            return x + s.bias

    class Scaled:
        factor = 2.0

        def out(s, x):
            return super().out(x) * s.factor

    class Clipped:
        def out(s, x):
            return clip(super().out(x), s.lo, s.hi)

    class M(Clipped, Scaled, Base):
        lo, hi = -10.0, 5.0

    m = M()

    def f(x):
        return m.out(x)

    return f, [lambda: setattr(M, "hi", 3.0), lambda: setattr(Scaled, "factor", 0.5), lambda: setattr(m, "bias", 9.0)]


@program([(1.0,), (2.0,)])
def observer_pattern():
    class Sig:
        def __init__(s):
            s.h = []

        def connect(s, f):
            s.h.append(f)
            return f

        def emit(s, x):
            return sum(h(x) for h in s.h)

    s = Sig()
    s.connect(lambda x: 2.0 * x)
    s.connect(operator.neg)

    def f(x):
        return s.emit(x)

    return f, [lambda: s.connect(lambda x: x * x)]


@program([(1.0,), (2.0,)])
def cached_props():
    class T:
        def __init__(s, n):
            s.n = n

        @functools.cached_property
        def tab(s):
            return [k / 2 for k in range(s.n)]

    t = T(4)

    def f(x):
        return sum(x * v for v in t.tab)

    return f, [lambda: t.tab.append(9.0), lambda: t.__dict__.pop("tab", None) and setattr(t, "n", 6)]


@program([(1.0,), (2.0,)])
def csv_rows():
    rows = list(csv.DictReader(io.StringIO("a,b\n1,2\n3,4\n")))

    def f(x):
        return sum(x * float(r["a"]) + float(r["b"]) for r in rows)

    return f, [lambda: rows[0].__setitem__("a", "9")]


@program([(1.0,), (2.0,)])
def env_config():
    os.environ["FIFTY_K"] = "2"

    def f(x):
        return x * float(os.environ.get("FIFTY_K", "1"))

    return f, [lambda: os.environ.__setitem__("FIFTY_K", "5")]


@program([(2.0,), (3.0,)])
def piecewise_closures():
    def make(knots):
        def seg(i):
            return lambda x: knots[i] * (x - i)

        return [seg(i) for i in range(len(knots))]

    knots = [1.0, 2.0, 3.0]
    segs = make(knots)

    def f(x):
        return sum(maximum(s(x), 0.0) for s in segs)

    return f, [lambda: knots.__setitem__(1, 9.0), lambda: segs.pop()]


@program([(1.0,), (2.0,)])
def curried():
    cfg = types.SimpleNamespace(a=1.0, b=2.0)
    lin = lambda a: lambda b: lambda x: a * x + b

    def f(x):
        return lin(cfg.a)(cfg.b)(x)

    return f, [lambda: setattr(cfg, "a", 4.0)]


@program([(1.0,), (2.0,)])
def matrix_exp():
    A = [[0.0, 1.0], [-1.0, 0.0]]

    def mm(a, b):
        return [[sum(x * y for x, y in zip(r, c)) for c in zip(*b)] for r in a]

    def f(t):
        M = [[v * t for v in r] for r in A]
        S = [[1.0, 0.0], [0.0, 1.0]]
        T = S
        for k in range(1, 8):
            T = [[v / k for v in r] for r in mm(T, M)]
            S = [[a + b for a, b in zip(p, q)] for p, q in zip(S, T)]
        return S[0][0] + S[0][1]

    return f, [lambda: A[0].__setitem__(1, 2.0)]


@program([(1.0,), (2.0,)])
def typed_generic():
    Tt = typing.TypeVar("Tt")

    class Box(typing.Generic[Tt]):
        def __init__(s, v):
            s.v = v

        def map(s, g):
            return Box(g(s.v))

    b = Box[float](3.0)

    def f(x):
        return b.map(lambda v: v * x).v

    return f, [lambda: setattr(b, "v", 7.0)]


@program([(1.0,), (2.0,)])
def namedtuple_params():
    Pm = collections.namedtuple("Pm", "a b", defaults=(2.0,))
    p = [Pm(1.0)]

    def f(x):
        return p[0].a * x + p[0].b

    return f, [lambda: p.__setitem__(0, p[0]._replace(a=5.0))]


@program([(1.0,), (2.0,)])
def deep_copy_params():
    base = {"w": [1.0, 2.0], "o": types.SimpleNamespace(k=3.0)}

    def f(x):
        q = copy.deepcopy(base)
        q["w"][0] *= 2
        return x * sum(q["w"]) * q["o"].k

    return f, [lambda: setattr(base["o"], "k", 4.0), lambda: base["w"].append(1.0)]


@program([(1.0,), (2.0,)])
def weakref_cache():
    class N:
        pass

    n = N()
    n.k = 2.0
    cache = weakref.WeakValueDictionary()
    cache["n"] = n

    def f(x):
        return x * cache["n"].k

    return f, [lambda: setattr(n, "k", 5.0)]


@program([(1.0,), (2.0,)])
def stats_only():
    st = collections.defaultdict(int)
    hist = []

    def f(x):
        st["calls"] += 1
        hist.append("call")
        return x * 2.0

    return f, []


@program([(1.0,), (2.0,)])
def training_state():
    class Trainer:
        def __init__(s):
            s.step = 0
            s.lr = 0.1
            s.model = nn.MLP(1, [2, 1], seed=1)
            s.history = []

        def loss(s, x):
            return (s.model([x]) - 1.0) ** 2

    t = Trainer()

    def f(x):
        return t.loss(x)

    def ch():
        t.step += 1
        t.history.append(t.step)
        t.lr *= 0.9

    return f, [ch]


@program([(1.0,), (2.0,)])
def lru_method():
    class A:
        def __init__(s):
            s.k = 2.0

        @functools.lru_cache(maxsize=None)
        def tab(s, n):
            return [s.k * i for i in range(n)]

    a = A()

    def f(x):
        return x * sum(a.tab(4))

    def ch():
        a.k = 5.0
        A.tab.cache_clear()

    return f, [ch]


@program([(0.3,), (0.6,)])
def bisect_cdf():
    cdf = [0.1, 0.5, 1.0]
    val = [1.0, 2.0, 3.0]

    def f(x):
        return x * val[bisect.bisect(cdf, 0.4)]

    return f, [lambda: cdf.__setitem__(0, 0.45)]


@program([(1.0,), (2.0,)])
def monkeypatched():
    class A:
        def f(s, x):
            return x * 2.0

    a = A()

    def f(x):
        return a.f(x)

    return f, [lambda: setattr(A, "f", lambda s, x: x * 7.0), lambda: setattr(a, "f", lambda x: x * 9.0)]
