"""The pieces that programs with surroundings are put together from: where Python programs keep their numbers.

A piece is a definition, lines of the function (>), an expression that reads a number (=), and statements that change
what it reads (!). `$` stands for the piece's number in its program, so that two of a kind do not meet. ORDINARY pieces
are such that every call has one right answer and a recorded function no reason to refuse; with SUSPICIOUS ones (state
that each call changes, clocks, random numbers, numbers taken out of a Value) it may.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """What it consists of, as the text has it."""

    definition: str
    expression: str
    lines: tuple[str, ...]
    changes: tuple[str, ...]

    def numbered(self, k: int) -> Piece:
        """The piece as the k-th of its program."""
        lines, changes = [tuple([line.replace("$", str(k)) for line in part]) for part in (self.lines, self.changes)]
        return Piece(self.definition.replace("$", str(k)), self.expression.replace("$", str(k)), lines, changes)


def _pieces(text: str) -> dict[str, Piece]:
    found = {}
    for part in text.strip().split("\n\n"):
        title, *lines = part.splitlines()
        marked = {mark: tuple([line[2:] for line in lines if line[:2] == mark]) for mark in ("= ", "> ", "! ")}
        definition = "".join([line + "\n" for line in lines if line[:2] not in marked])
        found[title.removeprefix("# ")] = Piece(definition, marked["= "][0], marked["> "], marked["! "])
    return found


ORDINARY = _pieces(
    r"""
# an attribute
class Filter$:
    def __init__(self): self.gain = 0.5
filter$ = Filter$()
= filter$.gain
! filter$.gain = 3.0
! filter$ = Filter$(); filter$.gain = 7.0

# a class attribute
class Filter$:
    gain = 0.5
    def update(self, z): return self.gain * z
filter$ = Filter$()
= filter$.update(2.0)
! filter$.gain = 3.0
! Filter$.gain = 4.0
! del Filter$.gain; filter$.gain = 1.0

# a method of a container's name
class Sum$:
    total = 2.0
    def append(self, z): return self.total + z
    def insert(self, z): return self.append(z)
sum$ = Sum$()
= sum$.insert(1.0)
! sum$.total = 5.0
! Sum$.append = lambda self, z: z * 9.0

# private slots
class Slots$:
    __slots__ = ('__k', 'j')
    def __init__(self): self.set(2.0); self.j = 1.0
    def set(self, k): self.__k = k
    def get(self): return self.__k * self.j
slots$ = Slots$()
= slots$.get()
! slots$.set(5.0)
! slots$.j = 3.0

# a property
class Scaled$:
    def __init__(self): self._k = 2.0
    @property
    def k(self): return self._k
    @k.setter
    def k(self, k): self._k = k
scaled$ = Scaled$()
= scaled$.k
! scaled$.k = 4.0
! Scaled$.k = property(lambda self: 8.0, lambda self, k: None)

# a cached property
class Cached$:
    base = 3.0
    @functools.cached_property
    def k(self): return self.base + 1.0
cached$ = Cached$()
= cached$.k
! cached$.base = 9.0
! cached$.__dict__.pop('k', None); cached$.base = 5.0

# a descriptor
class Field$:
    def __init__(self): self.values = weakref.WeakKeyDictionary()
    def __get__(self, owner, kind): return self if owner is None else self.values.get(owner, 1.0)
    def __set__(self, owner, k): self.values[owner] = k
class Owner$: k = Field$()
owner$ = Owner$()
= owner$.k
! owner$.k = 3.0
! owner$ = Owner$()

# __getattr__
class Config$:
    def __init__(self): self.table = {'k': 2.0}
    def __getattr__(self, name):
        if name.startswith('_'): raise AttributeError(name)
        return self.__dict__['table'][name]
config$ = Config$()
= config$.k
! config$.table['k'] = 6.0
! config$.k = 7.0

# __getattribute__
class Traced$:
    k = 2.0
    def __getattribute__(self, name): return object.__getattribute__(self, name)
traced$ = Traced$()
= traced$.k
! traced$.k = 6.0
! Traced$.k = 4.0

# getattr with a default
options$ = types.SimpleNamespace()
= getattr(options$, 'k', 2.0)
! options$.k = 5.0
! vars(options$).clear()

# getattr by a computed name
options$ = argparse.Namespace(rate1=2.0, rate2=3.0)
which$ = [1]
= getattr(options$, f'rate{which$[0]}')
! options$.rate1 = 5.0
! which$[0] = 2
! options$.rate2 = 8.0

# inheritance
class Base$:
    k = 2.0
    def f(self): return self.k
class Derived$(Base$):
    def f(self): return super().f() + 1.0
derived$ = Derived$()
= derived$.f()
! Base$.k = 5.0
! Derived$.k = 6.0
! derived$.k = 7.0
! Base$.f = lambda self: 9.0

# a metaclass
class Meta$(type):
    scale = 2.0
    def __call__(cls, *args):
        made = super().__call__(*args)
        made.k = cls.scale
        return made
class Made$(metaclass=Meta$): pass
= Made$().k
! Meta$.scale = 4.0
! Made$.scale = 5.0

# a dataclass
@dataclasses.dataclass
class Point$:
    x: float = 2.0
    y: list = dataclasses.field(default_factory=list)
point$ = Point$(y=[1.0])
= point$.x + point$.y[0] + dataclasses.asdict(point$)['x']
! point$.x = 3.0
! point$.y[0] = 4.0
! point$ = Point$(7.0, [0.0])

# a frozen dataclass
@dataclasses.dataclass(frozen=True, slots=True)
class Fixed$:
    k: float
fixed$ = Fixed$(2.0)
= fixed$.k
! fixed$ = dataclasses.replace(fixed$, k=5.0)

# a named tuple
Pair$ = collections.namedtuple('Pair$', 'a b')
pair$ = Pair$(2.0, [3.0])
= pair$.a + pair$.b[0]
! pair$ = pair$._replace(a=4.0)
! pair$.b[0] = 5.0

# an enum
class Mode$(enum.Enum):
    SLOW = 1.0
    FAST = 2.0
mode$ = Mode$.SLOW
= mode$.value if mode$ is Mode$.SLOW else 3.0
! mode$ = Mode$.FAST

# an abstract class
class Shape$(abc.ABC):
    @abc.abstractmethod
    def area(self): ...
class Square$(Shape$):
    side = 2.0
    def area(self): return self.side ** 2
shape$ = Square$()
= shape$.area() if isinstance(shape$, Shape$) else 0.0
! shape$.side = 3.0
! Square$.side = 4.0

# operators of a class
class Vec$:
    def __init__(self, *xs): self.xs = list(xs)
    def __getitem__(self, i): return self.xs[i]
    def __len__(self): return len(self.xs)
    def __add__(self, o): return Vec$(*[a + b for a, b in zip(self, o)])
    def __iter__(self): return iter(self.xs)
    def __eq__(self, o): return self.xs == o.xs
vec$ = Vec$(1.0, 2.0)
= sum(vec$ + vec$) + len(vec$) + (vec$ == vec$)
! vec$.xs[0] = 5.0
! vec$.xs.append(1.0)
! Vec$.__len__ = lambda self: 7

# a callable object
class Scale$:
    def __init__(self, k): self.k = k
    def __call__(self, z): return self.k * z
scale$ = Scale$(2.0)
= scale$(3.0)
! scale$.k = 5.0
! Scale$.__call__ = lambda self, z: z
! scale$ = Scale$(7.0)

# another class
class One$: k = 1.0
class Two$: k = 2.0
thing$ = One$()
= thing$.k
! thing$.__class__ = Two$

# objects in objects
class Inner$:
    def __init__(self, k): self.k = k
class Outer$:
    def __init__(self): self.parts = [Inner$(1.0), Inner$(2.0)]; self.by = {'a': Inner$(3.0)}
outer$ = Outer$()
= sum(p.k for p in outer$.parts) + outer$.by['a'].k
! outer$.parts[1].k = 9.0
! outer$.by['a'].k = 8.0
! outer$.parts.append(Inner$(4.0))
! outer$.parts = outer$.parts[:1]

# keys that are objects
class Key$:
    def __init__(self, k): self.k = k
keys$ = {Key$(2.0): 1.0}
= sum(key.k * v for key, v in keys$.items())
! next(iter(keys$)).k = 5.0
! keys$[Key$(1.0)] = 2.0

# a global
k$ = 2.0
= k$
! k$ = 5.0
! globals()['k$'] = 6.0

# a global that hides a builtin
= max(2.0, 1.0)
! max = lambda *numbers: 7.0
! globals().pop('max', None)

# a closure
def make$():
    k = 2.0
    def get(): return k
    def set(z):
        nonlocal k
        k = z
    return get, set
get$, set$ = make$()
= get$()
! set$(5.0)
! get$, set$ = make$()

# defaults
def read$(k=2.0, *, j=1.0): return k * j
= read$()
! read$.__defaults__ = (5.0,)
! read$.__kwdefaults__ = {'j': 3.0}
! read$.__code__ = (lambda k=0, *, j=0: 9.0).__code__

# a function's attribute
def read$(): return read$.k
read$.k = 2.0
= read$()
! read$.k = 5.0

# a list of functions
table$ = [lambda z, k=k: z * k for k in (1.0, 2.0)]
= sum(g(1.0) for g in table$)
! table$[0] = lambda z: 5.0
! table$.pop() if len(table$) > 1 else None

# functions in a dict
ops$ = {'double': lambda z: 2.0 * z, 'half': lambda z: z / 2.0}
name$ = 'double'
= ops$[name$](3.0)
! name$ = 'half'
! ops$['double'] = lambda z: 1.0

# partial
state$ = {'k': 2.0}
read$ = functools.partial(operator.getitem, state$)
= read$('k')
! state$['k'] = 5.0
! read$ = functools.partial(lambda d, k: 1.0, None)

# a bound method
class Bound$:
    k = 2.0
    def f(self): return self.k
bound$ = Bound$()
read$ = bound$.f
= read$()
! bound$.k = 5.0
! Bound$.f = lambda self: 9.0

# a decorated function
def twice$(g):
    @functools.wraps(g)
    def wrapped(*a): return 2.0 * g(*a)
    return wrapped
factor$ = [1.0]
@twice$
def read$(): return factor$[0]
= read$()
! factor$[0] = 3.0
! read$ = read$.__wrapped__ if hasattr(read$, '__wrapped__') else read$

# static and class methods
class Tools$:
    k = 2.0
    @staticmethod
    def one(): return 1.0
    @classmethod
    def two(cls): return cls.k
= Tools$.one() + Tools$().two()
! Tools$.k = 5.0
! Tools$.one = staticmethod(lambda: 4.0)

# single dispatch
@functools.singledispatch
def size$(z): return 1.0
@size$.register
def _(z: int): return 2.0
= size$(3) + size$('a')
! size$.register(str, lambda z: 5.0)

# attrgetter and methodcaller
class Box$:
    k = 2.0
    def f(self, z): return self.k * z
box$ = Box$()
get$ = operator.attrgetter('k')
call$ = operator.methodcaller('f', 3.0)
= get$(box$) + call$(box$)
! box$.k = 5.0
! Box$.f = lambda self, z: 0.0

# recursion
base$ = [1.0]
def power$(n): return base$[0] if n == 0 else 2.0 * power$(n - 1)
= power$(5)
! base$[0] = 3.0

# generators inside
terms$ = [1.0, 2.0]
def each$():
    for t in terms$:
        yield t * 2.0
= sum(each$()) + max(t for t in terms$)
! terms$[0] = 4.0
! terms$.append(1.0)

# a list
items$ = [1.0, [2.0]]
= items$[0] + items$[1][0]
! items$[0] = 4.0
! items$[1][0] = 5.0
! items$ = [7.0, [8.0]]

# a tuple of lists
items$ = (1.0, [2.0])
= items$[1][0]
! items$[1][0] = 5.0
! items$ = (0.0, [6.0])

# a dict
table$ = {'a': 1.0, 'b': {'c': 2.0}}
= table$['a'] + table$['b']['c']
! table$['a'] = 4.0
! table$['b']['c'] = 5.0

# the order of a dict
table$ = {'a': 1.0, 'b': 2.0}
= next(iter(table$.values()))
! table$['a'] = table$.pop('a')
! table$ = {'b': 3.0}

# an ordered dict
table$ = collections.OrderedDict(a=1.0, b=2.0)
= next(iter(table$.values()))
! table$.move_to_end('a')
! table$['b'] = 9.0

# a default dict
table$ = collections.defaultdict(lambda: 2.0, a=1.0)
= table$['a'] + table$.default_factory()
! table$.default_factory = lambda: 5.0
! table$['a'] = 3.0

# a chain of maps
first$, second$ = {}, {'k': 2.0}
chain$ = collections.ChainMap(first$, second$)
= chain$['k']
! second$['k'] = 3.0
! first$['k'] = 4.0

# a counter
counter$ = collections.Counter('aab')
= counter$['a'] + counter$['z']
! counter$['z'] = 5
! counter$.update('a')

# a set
members$ = {1, 2}
= (2.0 if 2 in members$ else 3.0) + len(members$)
! members$.discard(2)
! members$.add(9)

# a deque
queue$ = collections.deque([1.0, 2.0], maxlen=2)
= sum(queue$)
! queue$.append(5.0)
! queue$.rotate(1)
! queue$[0] = 3.0

# an array
array$ = np.array([[1.0, 2.0], [3.0, 4.0]])
= float(array$[1].sum())
! array$[1, 0] = 7.0
! array$ = array$ * 2.0

# an array of no dimension
array$ = np.array(2.0)
= float(array$)
! array$[()] = 7.0

# a masked array
array$ = np.ma.array([1.0, 2.0], mask=[False, False])
= float(array$.sum())
! array$[0] = np.ma.masked
! array$[1] = 5.0

# a structured array
array$ = np.zeros(2, dtype=[('k', float)])
array$['k'] = 2.0
= float(array$['k'][0])
! array$['k'][0] = 7.0

# an array of objects
array$ = np.array([1.0, [2.0]], dtype=object)
= array$[0] + array$[1][0]
! array$[0] = 5.0
! array$[1][0] = 6.0

# an array of Python's
array$ = array.array('d', [2.0])
= array$[0]
! array$[0] = 7.0
! array$.append(1.0)

# bytes
bytes$ = bytearray(b'\x02')
view$ = memoryview(bytes$)
= view$[0] + bytes$[0]
! bytes$[0] = 7

# np.vectorize
c$ = [2.0]
fast$ = np.vectorize(lambda k: k * c$[0])
= float(fast$(3.0))
! c$[0] = 5.0

# np.poly1d
poly$ = np.poly1d([1.0, 2.0])
= float(poly$(1.0))
! poly$[0] = 5.0
! poly$.coeffs[0] = 3.0

# a fraction
part$ = fractions.Fraction(1, 2)
= float(part$ + 1)
! part$ = fractions.Fraction(3, 2)

# a weak reference
class Thing$: k = 2.0
thing$ = Thing$()
ref$ = weakref.ref(thing$)
proxy$ = weakref.proxy(thing$)
= ref$().k + proxy$.k
! thing$.k = 5.0
! Thing$.k = 6.0

# weak keys and values
class Thing$: k = 2.0
thing$ = Thing$()
keys$ = weakref.WeakKeyDictionary({thing$: 1.0})
values$ = weakref.WeakValueDictionary(a=thing$)
= keys$[thing$] + values$['a'].k
! keys$[thing$] = 3.0
! thing$.k = 5.0

# a mapping proxy
inner$ = {'k': 2.0}
proxy$ = types.MappingProxyType(inner$)
= proxy$['k']
! inner$['k'] = 5.0

# a view
inner$ = {'k': 2.0}
view$ = inner$.values()
= sum(view$)
! inner$['k'] = 5.0
! inner$['j'] = 1.0

# a context variable
var$ = contextvars.ContextVar('var$', default=2.0)
= var$.get()
! var$.set(5.0)

# a thread's own
local$ = threading.local()
local$.k = 2.0
= local$.k
! local$.k = 5.0

# the environment
os.environ['GLASSGRAD_TEST_$'] = '2.0'
= float(os.environ['GLASSGRAD_TEST_$']) + float(os.getenv('GLASSGRAD_TEST_$', '0'))
! os.environ['GLASSGRAD_TEST_$'] = '5.0'

# a module
sys.modules['program_module_$'] = module$ = types.ModuleType('program_module_$')
module$.k = 2.0
module$.inner = [1.0]
= module$.k + module$.inner[0]
! module$.k = 5.0
! module$.inner[0] = 3.0

# a module imported inside
sys.modules['program_import_$'] = module$ = types.ModuleType('program_import_$')
module$.k = 2.0
> from program_import_$ import k as k$
= k$
! module$.k = 5.0

# a cached function
@functools.lru_cache
def table$(n): return n * 2.0
= table$(3)
! table$(4)
! table$.cache_clear()

# a memo
memo$ = {}
def fact$(n):
    if n not in memo$: memo$[n] = n * fact$(n - 1) if n > 1 else 1
    return memo$[n]
= fact$(5)
! memo$.clear()
! memo$[5] = 7

# made on demand
class Lazy$:
    table = None
    def get(self):
        if self.table is None: self.table = [2.0]
        return self.table[0]
lazy$ = Lazy$()
= lazy$.get()
! lazy$.table = [5.0]
! lazy$.table = None

# try and finally
table$ = {'a': 1.0}
> try: k$ = table$['b']
> except KeyError: k$ = 2.0
> finally: done$ = True
= k$
! table$['b'] = 4.0
! table$.pop('b', None)

# a context manager
depth$ = [0]
@contextlib.contextmanager
def deeper$():
    depth$[0] += 1
    try: yield depth$[0]
    finally: depth$[0] -= 1
k$ = 2.0
> with deeper$() as d$: pass
= k$ * d$
! k$ = 3.0

# assertions and early return
limit$ = 10.0
def check$(n):
    assert n < 100, f'too many: {n}'
    if n > limit$: return 1.0
    return 2.0
= check$(5)
! limit$ = 3.0

# logging
log$ = logging.getLogger('program.$')
k$ = 2.0
> log$.debug('at %s', k$)
> log$.info(f'k is {k$}')
= k$
! k$ = 5.0

# warnings
k$ = 2.0
> with warnings.catch_warnings():
>     warnings.simplefilter('ignore')
>     warnings.warn('careful')
= k$
! k$ = 5.0

# a lock
lock$ = threading.Lock()
k$ = 2.0
> with lock$: j$ = k$
= k$
! k$ = 5.0

# text of plain numbers
k$ = 2.0
= float(f'{k$:.1f}') + len(str(k$))
! k$ = 5.0

# exec and eval
names$ = {'k': 2.0}
= eval('k * 2', names$)
! names$['k'] = 5.0

# exec in a world of its own
k$ = 2.0
> made$ = {'k': k$}
> exec('y = k * 2', made$)
= made$['y']
! k$ = 3.0

# itertools
items$ = [1.0, 2.0]
= sum(itertools.accumulate(items$)) + sum(itertools.islice(itertools.count(1), 3))
! items$[0] = 4.0

# sorting by a key
weights$ = {'a': 2.0, 'b': 1.0}
= weights$[min(weights$, key=weights$.get)]
! weights$['a'] = 0.5
! weights$['c'] = 0.25

# a seeded generator made inside
seed$ = 3
= random.Random(seed$).random()
! seed$ = 4

# copies
inner$ = {'k': [2.0]}
= copy.deepcopy(inner$)['k'][0]
! inner$['k'][0] = 5.0

# an attribute of a function that does not run
def gain$(): return 1.0
gain$.k = 2.0
= gain$.k * getattr(gain$, 'late', 1.0)
! gain$.k = 3.0
! gain$.late = 4.0

# a signature
def scaled$(z, k=2.0): return z * k
= float(__import__('inspect').signature(scaled$).parameters['k'].default)
! scaled$.__defaults__ = (3.0,)
! scaled$ = lambda z, k=4.0: z * k

# what a closure holds, seen from outside
def makes$():
    k = 2.0
    def get(): return k
    def put(v):
        nonlocal k
        k = v
    return get, put
get$, put$ = makes$()
= get$.__closure__[0].cell_contents
! put$(3.0)

# names of classes
class Tanh$: pass
layer$ = Tanh$()
= {'A': 2.0, 'B': 3.0}.get(type(layer$).__name__, 1.0)
! Tanh$.__name__ = 'A'
! layer$ = type('B', (), {})()

# a class registered with an abstract one
class Shape$(abc.ABC): pass
class Square$: pass
square$ = Square$()
= (2.0 if isinstance(square$, Shape$) else 3.0)
! Shape$.register(Square$)

# the subclasses of a class
class Base$: pass
kept$ = []
= len(Base$.__subclasses__()) + 1.0
! kept$.append(type('Heir', (Base$,), {}))

# an attribute in a format
class Point$: k = 2.0
point$ = Point$()
= float('{0.k:.2f}'.format(point$))
! point$.k = 3.0
! Point$.k = 4.0; del point$.k

# a name put into a module of the standard library
math.k$ = 2.0
from math import floor as floor$
= math.k$ * floor$(1.5)
! math.k$ = 3.0
! floor$ = math.ceil

# a module with a property
class Settings$(types.ModuleType):
    k = 2.0
    @property
    def gain(self): return self.k
settings$ = Settings$('settings$')
= settings$.gain
! settings$.k = 3.0
! Settings$.gain = 4.0

# a module with __getattr__
lazy$ = types.ModuleType('lazy$')
exec('''
table = {'k': 2.0}
def __getattr__(name):
    if name not in table: raise AttributeError(name)
    return table[name]
''', lazy$.__dict__)
= lazy$.k
! lazy$.table['k'] = 3.0
! lazy$.k = 4.0

# a weak method
class Filter$:
    def __init__(self): self.gain = 2.0
    def get(self): return self.gain
filter$ = Filter$()
method$ = weakref.WeakMethod(filter$.get)
= (method$()() if method$() else 5.0)
! filter$.gain = 3.0
! filter$ = None

# a function in C of one in Python
table$ = [2.0]
twice$ = np.frompyfunc(lambda z: z * table$[0], 1, 1)
= float(twice$(1.5))
! table$[0] = 3.0

# a cache of no size
table$ = [2.0]
get$ = functools.lru_cache(maxsize=0)(lambda: table$[0])
= get$()
! table$[0] = 3.0

# whether something would be logged
log$ = logging.getLogger('quiet$')
log$.setLevel(logging.WARNING); log$.disabled = False
= (2.0 if log$.isEnabledFor(logging.DEBUG) else 3.0)
! log$.setLevel(logging.DEBUG)
! log$.disabled = True

# what a weak reference referred to
class Filter$: gain = 2.0
filter$ = Filter$()
weak$ = weakref.ref(filter$)
= (weak$().gain if weak$() is not None else 5.0)
! Filter$.gain = 3.0
! filter$ = None

# a list that is appended to
seen$ = []
k$ = 2.0
> seen$.append(1.0)
= k$
! k$ = 5.0

# a counter that is counted up
class Stats$: calls = 0
stats$ = Stats$()
k$ = 2.0
> stats$.calls += 1
= k$
! k$ = 5.0

# a last result
class Last$: value = None
last$ = Last$()
k$ = 2.0
> last$.value = x * 2.0
= k$
! k$ = 5.0
"""
)

SUSPICIOUS = _pieces(
    r"""
# a count that is read
count$ = [0]
> count$[0] += 1
= count$[0]

# a count that is read late
count$ = [0]
> count$[0] += 1
= (2.0 if count$[0] < 3 else 5.0)

# the length of a log
seen$ = []
> seen$.append(x)
= (2.0 if len(seen$) < 4 else 5.0)

# a running sum
class State$: v = 0.0
state$ = State$()
> state$.v = state$.v * 0.9 + x
= state$.v

# a shift register
class Shift$: a = b = c = 1.0
shift$ = Shift$()
> shift$.c = shift$.b; shift$.b = shift$.a; shift$.a = x * 2.0
= shift$.c

# a function that changes itself
def read$():
    global read$
    read$ = lambda: 5.0
    return 2.0
= read$()

# a generator outside
numbers$ = (float(k) for k in range(100))
= next(numbers$)

# an iterator outside
numbers$ = iter([float(k) for k in range(100)])
= next(numbers$)

# a count of itertools
ids$ = itertools.count()
= next(ids$)

# a queue that is emptied
queue$ = collections.deque(map(float, range(100)))
= queue$.popleft()

# random numbers
= random.random()

# random numbers of an object
rng$ = np.random.default_rng(1)
= float(rng$.normal())

# random numbers of NumPy
from numpy.random import normal as normal$
= float(normal$())

# a generator without a seed
= random.Random().random()

# the system's random numbers
= os.urandom(1)[0]

# the clock
= time.perf_counter()

# a clock of another name
from time import time as now$
= now$()

# a file
> with open(os.__file__) as file$: line$ = file$.readline()
= len(line$)

# the number of a Value
= (2.0 if x.data > 1.0 else 3.0)

# float of a Value
def is_number$(z):
    try: float(z)
    except (TypeError, ValueError): return False
    return True
= (2.0 if is_number$(x) else 3.0)

# a refusal that is swallowed
def big$(z):
    try: return z.data > 1.0
    except Exception: return False
= (2.0 if big$(x) else 3.0)

# the text of a Value
table$ = {'1.00': 10.0, '2.00': 20.0}
= table$.get(f'{x:.2f}', 1.0)

# the length of the text of a Value
= len(str(x))

# math of a Value
= math.exp(x)

# a cache by Values
cache$ = {}
= cache$.setdefault(x, 2.0)

# a cached function of a Value
@functools.lru_cache
def doubled$(z): return z * 2.0
= doubled$(x)

# a thread
def in_thread$(z):
    out = []
    t = threading.Thread(target=lambda: out.append(z * 2.0))
    t.start(); t.join()
    return out[0]
= in_thread$(x)
"""
)
