"""Print the stubs: what a type checker and an editor are told of names whose sources do not say it.

`__init__.pyi` has the functions of the table and the reductions with their types, and leads to everything else by the
module it is in; `value.pyi` has the class that Cython compiles. Types that no source states are in `SIGNATURES`; a test
holds each stub against the signature of the real thing. A result is a Value where the types say that an operand is one,
a float where all are floats, and otherwise Any: whether a list holds a Value is known when the program runs.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from pathlib import Path
from typing import Any

from autograd.primitives import TABLE

LINE = 120
_SEVERAL = {"Value": "Iterable[Value]", "float": "Iterable[float]", "SupportsFloat": "Iterable[SupportsFloat]"}
_RESULTS = {"Value": "Value", "float": "float", "SupportsFloat": "Any"}
_EXTREME = [
    *(f"(values: {several}, /) -> {_RESULTS[kind]}" for kind, several in _SEVERAL.items()),
    *(f"(*values: {kind}) -> {_RESULTS[kind]}" for kind in _SEVERAL),
]


def _of_values(more: str = "") -> list[str]:
    return [f"(values: {several}{more}) -> {_RESULTS[kind]}" for kind, several in _SEVERAL.items()]


SIGNATURES: dict[str, list[str]] = {
    "sum": [
        "(values: Iterable[Value], start: SupportsFloat = 0.0) -> Value",
        "(values: Iterable[float], start: float = 0.0) -> float",
        "(values: Iterable[SupportsFloat], start: SupportsFloat = 0.0) -> Any",
    ],
    "mean": _of_values(),
    "prod": _of_values(),
    "logsumexp": _of_values(),
    "norm": _of_values(),
    "softmax": [f"(values: {several}) -> list[{_RESULTS[kind]}]" for kind, several in _SEVERAL.items()],
    "max": _EXTREME,
    "min": _EXTREME,
    "dot": [
        "(xs: Iterable[Value], ys: Iterable[SupportsFloat], start: SupportsFloat = 0.0) -> Value",
        "(xs: Iterable[SupportsFloat], ys: Iterable[Value], start: SupportsFloat = 0.0) -> Value",
        "(xs: Iterable[float], ys: Iterable[float], start: float = 0.0) -> float",
        "(xs: Iterable[SupportsFloat], ys: Iterable[SupportsFloat], start: SupportsFloat = 0.0) -> Any",
    ],
    "clip": [
        "(x: Value, lo: SupportsFloat, hi: SupportsFloat) -> Value",
        "(x: float, lo: float, hi: float) -> float",
        "(x: SupportsFloat, lo: SupportsFloat, hi: SupportsFloat) -> Any",
    ],
    "where": [
        "(condition: SupportsFloat, x: Value, y: SupportsFloat) -> Value",
        "(condition: SupportsFloat, x: SupportsFloat, y: Value) -> Value",
        "(condition: float, x: float, y: float) -> float",
        "(condition: SupportsFloat, x: SupportsFloat, y: SupportsFloat) -> Any",
    ],
    "round": [
        "(x: Value, digits: int | None = None) -> Value",
        "(x: float, digits: int | None = None) -> float",
        "(x: SupportsFloat, digits: int | None = None) -> Any",
    ],
    "topological_order": ["(root: Value) -> list[Value]"],
    "no_grad": ["() -> _GeneratorContextManager[None]"],
    "record_source": ["() -> _GeneratorContextManager[None]"],
    "detect_anomaly": ["() -> _GeneratorContextManager[None]"],
    "jit": [
        "(f: Callable[..., Any], *, dtype: Any = ..., threads: int | None = None, verify: bool = True) -> Jitted",
        "(*, dtype: Any = ..., threads: int | None = None, verify: bool = True) "
        "-> Callable[[Callable[..., Any]], Jitted]",
    ],
}
_METHODS = {
    "__round__": "(self, digits: int | None = None) -> Value",
    "inputs": "(self) -> tuple[Value, ...]",
    "backward": "(self, create_graph: bool = False) -> None",
    "_repr_mimebundle_": "(self, include: Any = None, exclude: Any = None) -> dict[str, str]",
}
NOT_SHOWN = {"__copy__", "__deepcopy__", "__reduce_ex__"}  # how it is copied is nobody's to call
_OF_NUMPY = {
    "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arcsinh": "asinh", "arccosh": "acosh", "arctanh": "atanh",
    "rint": "round", "fabs": "abs", "arctan2": "atan2",
}  # fmt: skip


def init_pyi(note: str) -> str:
    """The stub of the package: every public name, declared here or led to."""
    import autograd
    from autograd.functions import __all__ as table_functions

    functions, imports = [], {"autograd.value": ["Value"], _home(_recorded_class()): ["Jitted"]}
    for name in autograd.__all__:
        thing = getattr(autograd, name)
        if name in ("COMPILED", "TABLE"):
            continue
        if name in SIGNATURES:
            functions.append(_declared(name, SIGNATURES[name], inspect.getdoc(thing)))
        elif name in table_functions:
            functions.append(_declared(name, _of_row(thing), inspect.getdoc(thing)))
        elif name != "Value":
            _check_annotated(name, thing)
            imports.setdefault(_home(thing), []).append(name)
    imports["autograd.primitives"] = ["Row"]
    lines = [
        f'"""{note}', "", *(inspect.getdoc(autograd) or "").splitlines(), '"""', "",
        "from collections.abc import Callable, Iterable",
        "from contextlib import _GeneratorContextManager",
        "from typing import Any, SupportsFloat, overload",
        "",
    ]  # fmt: skip
    for module in sorted(imports):
        names = sorted(imports[module], key=lambda name: (name.islower(), name))
        lines += [f"from {module} import {name} as {name}" for name in names]
    lines += ["", "__glassgrad__: bool", "__version__: str", "COMPILED: bool", "TABLE: dict[str, Row]", ""]
    lines += ["__all__ = [", *(f'    "{name}",' for name in autograd.__all__), "]", ""]
    return "\n".join([*lines, *functions])


def value_pyi(note: str) -> str:
    """The stub of value.py: its class as users see it, node.py's part included, and names that only the engine uses."""
    tree, base = [ast.parse((Path(__file__).parents[1] / name).read_text("utf-8")) for name in ("value.py", "node.py")]
    value, node = [part for module in (tree, base) for part in module.body if isinstance(part, ast.ClassDef)]
    first, *others = [part for part in value.body if isinstance(part, ast.FunctionDef) and part.name not in NOT_SHOWN]
    methods = [first, *(part for part in node.body if isinstance(part, ast.FunctionDef)), *others]
    lines = [
        f'"""{note}', "", *(ast.get_docstring(tree) or "").splitlines()[:1], '"""', "",
        "from typing import Any, SupportsFloat, final",
        "", "COMPILED: bool", "", "@final", "class Value:",
        *_docstring(ast.get_docstring(value), "    "), "",
    ]  # fmt: skip
    for method in methods:
        lines += _method(method)
    lines += ["", "# what the engine's own modules use", *(f"{name}: Any" for name in _names_of_the_engine(tree)), ""]
    return "\n".join(lines)


def _method(method: ast.FunctionDef) -> list[str]:
    decorators = [f"    @{ast.unparse(decorator)}" for decorator in method.decorator_list]
    doc = _docstring(_told(method), "        ")
    return [*decorators, *_signature(f"    def {method.name}", _types(method), empty=not doc), *doc]


def _types(method: ast.FunctionDef) -> str:
    """Parameters and result of a method; what may be a number of any kind is a `SupportsFloat`."""
    if method.name in _METHODS:
        return _METHODS[method.name]
    if method.decorator_list and ast.unparse(method.decorator_list[0]).endswith(".setter"):
        method.returns = ast.Constant(None)
    unsaid = [arg.arg for arg in method.args.args[1:] if arg.annotation is None]
    if (method.returns is None and method.name != "__init__") or unsaid:
        raise TypeError(f"Value.{method.name}: annotate it, or say its types in {Path(__file__).name}")
    result = "None" if method.returns is None else ast.unparse(method.returns).strip("'\"")
    parameters = ast.unparse(method.args).replace(": Any", ": SupportsFloat")
    spaced = re.sub(r"(: [^,=]+)=", r"\1 = ", parameters)
    return f"({spaced}) -> {result}"


def _told(method: ast.FunctionDef) -> str | None:
    """A method's docstring; the table's where it has none."""
    name = method.name
    row = TABLE.get(_OF_NUMPY.get(name, name))
    if ast.get_docstring(method) or row is None:
        return ast.get_docstring(method)
    said = f"{row.doc or row.value}" + (f"; domain {row.domain}" if row.domain else "")
    return said if name in TABLE else f"The name of `{row.name}` in NumPy."


def _names_of_the_engine(tree: ast.Module) -> list[str]:
    """Functions and variables of the module beside the class, those of the plain twin among them."""
    names: dict[str, None] = {}
    plain = [node for branch in tree.body if isinstance(branch, ast.If) for node in (*branch.body, *branch.orelse)]
    for node in (*tree.body, *plain):
        if isinstance(node, ast.FunctionDef):
            names[node.name] = None
        elif isinstance(node, ast.AnnAssign):
            names[ast.unparse(node.target)] = None
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                for name in ast.walk(target):
                    if isinstance(name, ast.Name):
                        names[name.id] = None
    return [name for name in names if name not in ("COMPILED", "Value")]


def _of_row(function: Any) -> list[str]:
    """The overloads of a function of the table: of a Value, of floats, of other numbers."""
    parameters = list(inspect.signature(function).parameters.values())

    def overload(kinds: list[str], result: str) -> str:
        pairs = zip(parameters, kinds, strict=True)
        texts = [f"{p.name}: {kind}" + ("" if p.default is p.empty else f" = {p.default!r}") for p, kind in pairs]
        return f"({', '.join(texts)}) -> {result}"

    n = len(parameters)
    found = []
    for k, parameter in enumerate(parameters):
        if parameter.default is parameter.empty or not found:
            found.append(overload(["Value" if i == k else "SupportsFloat" for i in range(n)], "Value"))
    return [*found, overload(["float"] * n, "float"), overload(["SupportsFloat"] * n, "Any")]


def _recorded_class() -> type:
    from autograd import jit

    return type(jit(abs))


def _home(thing: Any) -> str:
    return thing.__module__


def _check_annotated(name: str, thing: Any) -> None:
    if inspect.isclass(thing):
        return
    signature = inspect.signature(thing)
    untyped = [p.name for p in signature.parameters.values() if p.annotation is p.empty]
    if untyped or signature.return_annotation is signature.empty:
        raise TypeError(f"{name}: annotate {', '.join(untyped) or 'the result'}, or add it to SIGNATURES in "
                        f"{Path(__file__).name}")  # fmt: skip


def _declared(name: str, signatures: list[str], doc: str | None) -> str:
    lines: list[str] = []
    for k, signature in enumerate(signatures):
        if len(signatures) > 1:
            lines.append("@overload")
        body = _docstring(doc, "    ") if k == 0 else []
        lines += _signature(f"def {name}", signature, empty=not body) + body
    return "\n".join([*lines, ""])


def _signature(head: str, text: str, *, empty: bool) -> list[str]:
    """The line that begins a definition; where it is too long, a line for each parameter."""
    parameters, _, result = text.rpartition(" -> ")
    end = f" -> {result}:" + (" ..." if empty else "")
    if len(head + parameters + end) <= LINE:
        return [head + parameters + end]
    return [f"{head}(", *(f"    {parameter.strip()}," for parameter in _split(parameters[1:-1])), f"){end}"]


def _split(items: str) -> list[str]:
    """At the commas that are in no bracket."""
    found, depth, start = [], 0, 0
    for i, character in enumerate(items):
        depth += (character in "[(") - (character in "])")
        if character == "," and not depth:
            found.append(items[start:i])
            start = i + 1
    return [*found, items[start:]]


def _docstring(doc: str | None, indent: str) -> list[str]:
    if not doc:
        return []
    width = LINE - len(indent)
    lines = [part for k, line in enumerate(doc.splitlines()) for part in _filled(line, width if k else width - 6)]
    first, *rest = lines
    raw = "r" if "\\" in doc else ""
    if not rest:
        return [f'{indent}{raw}"""{first}"""']
    return [f'{indent}{raw}"""{first}', *(f"{indent}{line}".rstrip() for line in rest), f'{indent}"""']


def _filled(line: str, width: int) -> list[str]:
    return textwrap.wrap(line, width, break_long_words=False) if len(line) > width else [line]
