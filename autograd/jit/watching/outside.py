"""What a program asks outside of itself (clocks, files, the keyboard, other threads ...): the C functions that do it.

A recording would keep the answer for ever. Such functions are told of while a function is recorded, once code has
started that mentions one of these names; what only looks like one costs the recording some time and nothing else.
"""

from __future__ import annotations

import functools
import io
import sys
import threading
import types
from typing import Any

from autograd.jit.watching.frames import look_out
from autograd.jit.watching.lines import syntax_of_call
from autograd.jit.watching.origins import STANDARD, USER, origin_of_file

CLOCK = "reads the clock", "read it outside of the function and pass the time as an argument"
CHANCE = "asks the system for random numbers", (
    "draw them outside of the function and pass them as arguments, or have a generator with a seed"
)
FILES = "reads files", "read them outside of the function and pass what they hold as an argument"
KEYBOARD = "waits for input", "ask outside of the function and pass the answer as an argument"
THREADS = "starts a thread or a process", "start it outside of the function and pass what it computes as an argument"
FRAMES = "looks at the frames of the program", "pass what it reads there as an argument"
SETTING = "asks for a setting of the process", "ask outside of the function and pass the answer as an argument"
NETWORK = "reads from a connection", "receive outside of the function and pass what came as an argument"

_FILE_METHODS = "read read1 readall readinto readinto1 readline readlines peek"
_CONNECTION_METHODS = "recv recv_into recvfrom recvfrom_into recvmsg recvmsg_into accept read"
_QUERIES = "execute executemany executescript fetchone fetchmany fetchall"
_OF_THE_SYSTEM = {
    CHANCE: "urandom getrandom",
    FILES: "open read pread readv preadv stat lstat listdir scandir access readlink",
    THREADS: "fork forkpty system posix_spawn posix_spawnp",
    SETTING: "getcwd getcwdb getpriority umask getpid getppid getloadavg sched_getaffinity",
}

# module, a class in it or "", names, what calling one of them is
_TABLE = (
    ("time", "", "time time_ns perf_counter perf_counter_ns monotonic monotonic_ns process_time process_time_ns "
     "thread_time thread_time_ns clock_gettime clock_gettime_ns localtime gmtime ctime strftime", CLOCK),
    ("datetime", "datetime", "now utcnow today", CLOCK),
    ("datetime", "date", "today", CLOCK),
    *[(module, "", names, what) for module in ("posix", "nt") for what, names in _OF_THE_SYSTEM.items()],
    ("_uuid", "", "generate_time_safe UuidCreate", CHANCE),
    ("_io", "", "open open_code", FILES),
    *[("_io", kind, _FILE_METHODS, FILES) for kind in (
        "_IOBase", "FileIO", "BufferedReader", "BufferedRandom", "TextIOWrapper", "_BufferedIOBase", "_TextIOBase")],
    ("mmap", "mmap", "read readline read_byte", FILES),
    ("numpy", "", "fromfile", FILES),
    ("builtins", "", "input", KEYBOARD),
    ("_thread", "", "start_new_thread start_new start_joinable_thread", THREADS),
    ("_posixsubprocess", "", "fork_exec", THREADS),
    ("_winapi", "", "CreateProcess", THREADS),
    ("sys", "", "_getframe _current_frames _getframemodulename", FRAMES),
    ("sys", "", "getrecursionlimit getswitchinterval getrefcount get_int_max_str_digits", SETTING),
    ("gc", "", "isenabled get_objects get_count get_threshold get_stats", SETTING),
    ("_locale", "", "localeconv setlocale", SETTING),
    ("_csv", "", "field_size_limit get_dialect list_dialects", SETTING),
    ("_socket", "", "getdefaulttimeout", SETTING),
    ("_thread", "LockType", "locked", SETTING),
    ("_socket", "socket", _CONNECTION_METHODS, NETWORK),
    ("_socket", "", "getaddrinfo gethostbyname gethostbyname_ex gethostname", NETWORK),
    ("_ssl", "_SSLSocket", "read", NETWORK),
    ("select", "", "select", NETWORK),
    ("select", "poll", "poll", NETWORK),
    ("select", "epoll", "poll", NETWORK),
    ("sqlite3", "Cursor", _QUERIES, NETWORK),
    ("sqlite3", "Connection", _QUERIES, NETWORK),
)  # fmt: skip

# The standard library's own names for some of them; and `print`, which is counted, so that the text that it makes of a
# Value can be told from any other.
_ALIASES = frozenset({"_urandom", "_start_new_thread", "_start_joinable_thread", "_fork_exec", "print"})
NAMES = frozenset([name for row in _TABLE for name in row[2].split()]) | _ALIASES

# Code whose reading of the clock or waiting decides when something happens, not what.
_TIMING = ("asyncio", "threading.py", "queue.py", "selectors.py", "concurrent", "sched.py", "contextlib.py")
_WRAPPERS = ("posixpath", "ntpath", "pathlib", "locale.py", "signal.py")
_TIMELY = frozenset({CLOCK, NETWORK})

_known: set[str] = set()  # modules whose functions are looked out for already
_lock = threading.Lock()


def look_out_for_all() -> None:
    """Have calls of the table's functions told, those of modules that are loaded by now."""
    with _lock:
        for module, kind, names, _ in _TABLE:
            if module + kind in _known or module not in sys.modules:
                continue
            holder: Any = vars(sys.modules[module]).get(kind) if kind else sys.modules[module]
            for name in names.split() if isinstance(holder, (type, types.ModuleType)) else ():
                if name in vars(holder):
                    look_out(vars(holder)[name])
        _known.update([row[0] + row[1] for row in _TABLE if row[0] in sys.modules])
        if "print" not in _known:
            look_out(print, printing=True)
            _known.add("print")


def asked_by(function: Any, path: str) -> tuple[str, str] | None:
    """What a call of this C function does and what to do instead, None where code of this file may call it.

    A row of a class is asked before one of its base classes.
    """
    what = _what(function.__name__, function.__self__)
    if what in _TIMELY and origin_of_file(path) == STANDARD and any(part in path for part in _TIMING):
        return None
    if what is FRAMES and origin_of_file(path) != USER and not path.endswith("inspect.py"):
        return None  # to tell in which module a class is being made
    if what is SETTING and origin_of_file(path) != USER and not any(name in path for name in _WRAPPERS):
        return None  # for ends of its own
    return what


def is_about_to_be_seeded(frame: types.FrameType | None) -> bool:
    """Whether it is NumPy's RandomState that asks in this frame and will forget the answer, having a whole number."""
    while frame is not None and origin_of_file(frame.f_code.co_filename) == STANDARD:
        frame = frame.f_back
    call = syntax_of_call(frame)
    given = [] if call is None else [*call.args, *[x.value for x in call.keywords if x.arg == "seed"]]
    name = "" if call is None else getattr(call.func, "attr", getattr(call.func, "id", ""))
    if frame is None or name != "RandomState" or len(given) != 1:
        return False
    seed: Any = getattr(given[0], "value", None)
    if hasattr(given[0], "id"):
        seed = {**frame.f_globals, **frame.f_locals}.get(given[0].id)
    return type(seed) is int


def is_outside(function: Any) -> bool:
    """Whether this object is one of the table's functions."""
    return function.__name__ in NAMES and _what(function.__name__, function.__self__) is not None


def full_name(function: Any) -> str:
    """How a C function is called in Python."""
    owner = function.__self__
    if isinstance(owner, types.ModuleType):
        name = _PUBLIC.get(owner.__name__, owner.__name__)
        return f"{name}.{function.__name__}" if name != "builtins" else function.__name__
    return f"{owner.__name__ if isinstance(owner, type) else type(owner).__name__}.{function.__name__}"


_PUBLIC = {"posix": "os", "nt": "os", "_io": "io", "_thread": "threading", "_socket": "socket", "_uuid": "uuid"}


def _what(name: str, owner: Any) -> tuple[str, str] | None:
    if isinstance(owner, (io.StringIO, io.BytesIO)):
        return None  # in memory; they share methods with files
    for module, kind, _, what in _rows(name):
        holder = sys.modules.get(module)
        if not kind and owner is holder:
            return what
        of = vars(holder).get(kind) if kind and holder is not None else None
        if isinstance(of, type) and (owner is of or isinstance(owner, of) or _inherits(owner, of)):
            return what
    return None


def _inherits(owner: Any, kind: type) -> bool:
    return isinstance(owner, type) and issubclass(owner, kind)


@functools.cache
def _rows(name: str) -> list[tuple[str, str, str, tuple[str, str]]]:
    return [row for row in _TABLE if name in row[2].split()]
