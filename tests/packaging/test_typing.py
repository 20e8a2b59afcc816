"""What type checkers and editors are told: the stubs against the real things, and a user's program against a wheel."""

from __future__ import annotations

import ast
import importlib
import inspect
import pydoc
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from wheels import build_wheel, environment_with

import autograd
from autograd import Value
from autograd.formulas.stubs import NOT_SHOWN

PACKAGE = Path(autograd.__file__).parent
STUB = ast.parse((PACKAGE / "__init__.pyi").read_text(encoding="utf-8"))
VALUE = next(
    node for node in ast.parse((PACKAGE / "value.pyi").read_text(encoding="utf-8")).body
    if isinstance(node, ast.ClassDef)
)  # fmt: skip
PROGRAM = '''\
from autograd import Value, dot, exp, jit
from nn import MLP, fit
x = Value(2.0, label="x")
y: Value = exp(-x) + dot([x, 1.0], [3.0, x]) ** 2
y.backward()
model = MLP(2, [8, 1], activation="tanh", seed=1)
print(fit(model, [[0, 1], [1, 0]], [1.0, -1.0], loss="mse", epochs=5).train_loss[-1] + x.data)
loss = jit(lambda row, target: (model(row) - target) ** 2)
loss.mean([[0.0, 1.0]], [1.0]).backward()
'''
WRONG = {
    "x.backwards()": "backwards",
    "exp('1')": "exp",
    "x + 'one'": r"\+",
    "loss.maen(1)": "maen",
    "MLP(2, [8, 1], activaton='tanh')": "activaton",
    "text: str = exp(x)": "Value",
    "name: str = exp(1.0)": "float",
    "x.data = 'one'": "data|SupportsFloat",
    "fit(model, [[0]], [1], epoch=3)": "epoch",
    "from autograd import expp": "expp",
}


def declared(name: str) -> list[ast.FunctionDef]:
    return [node for node in STUB.body if isinstance(node, ast.FunctionDef) and node.name == name]


FUNCTIONS = sorted({node.name for node in STUB.body if isinstance(node, ast.FunctionDef)})


def test_the_stub_has_every_public_name_and_no_other():
    imported = {alias.asname for node in STUB.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    variables = {node.target.id for node in STUB.body if isinstance(node, ast.AnnAssign)}  # type: ignore[union-attr]
    assert set(autograd.__all__) <= imported | variables | set(FUNCTIONS)
    beyond = {name for name in (imported | variables) - set(autograd.__all__) if name and not name.startswith("__")}
    assert beyond == {"Jitted", "Row"}  # what jit gives, and what the table holds
    (listed,) = [node.value for node in STUB.body if isinstance(node, ast.Assign)]
    assert ast.literal_eval(listed) == list(autograd.__all__)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_declared_function_takes_what_the_real_one_takes(name):
    real = inspect.signature(getattr(autograd, name)).parameters
    for overload in declared(name):
        arguments = overload.args
        if name in ("max", "min"):  # of an iterable, or of several
            assert arguments.vararg or len(arguments.posonlyargs) == 1
            assert [p.kind for p in real.values()] == [inspect.Parameter.VAR_POSITIONAL]
            continue
        names = [arg.arg for arg in (*arguments.posonlyargs, *arguments.args)]
        positional = [p for p in real.values() if p.kind is not inspect.Parameter.KEYWORD_ONLY]
        assert names in ([p.name for p in positional], []), "order and names, as they can be passed by name"
        assert [arg.arg for arg in arguments.kwonlyargs] == [
            p.name for p in real.values() if p.kind is inspect.Parameter.KEYWORD_ONLY
        ]
        optional = {arg.arg for arg in arguments.args[len(arguments.args) - len(arguments.defaults) :]}
        assert optional <= {p.name for p in positional if p.default is not p.empty}


def test_the_stub_of_value_has_its_methods_and_properties():
    stubbed = {node.name for node in VALUE.body if isinstance(node, ast.FunctionDef)}
    inherited = set(dir(object)) - {"__init__", "__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__", "__hash__",
                                    "__repr__", "__format__"}  # fmt: skip
    names = {*vars(Value), *vars(Value.__base__)}
    real = {name for name in names if name not in inherited and not name.startswith("_Value")}
    slots = {*getattr(Value, "__slots__", ()), *getattr(Value.__base__, "__slots__", ())} | {
        "__slots__", "__pyx_vtable__", "__setstate_cython__", "__reduce_cython__", "__doc__", "__module__",
        "__new__", "__signature__", "__annotations__", "__static_attributes__", "__firstlineno__",
    }  # fmt: skip
    assert stubbed == real - slots - NOT_SHOWN


@pytest.mark.parametrize("name", [
    node.name for node in VALUE.body
    if isinstance(node, ast.FunctionDef) and not node.name.startswith("__") and not node.decorator_list
])  # fmt: skip
def test_a_declared_method_takes_what_the_real_one_takes(name):
    (method,) = [node for node in VALUE.body if isinstance(node, ast.FunctionDef) and node.name == name]
    real = inspect.signature(getattr(Value, name)).parameters.values()
    assert [arg.arg for arg in method.args.args] == [p.name for p in real]
    assert [ast.literal_eval(default) for default in method.args.defaults] == [
        p.default for p in real if p.default is not p.empty
    ]


def test_signatures_and_help_of_the_loaded_twin():
    assert list(inspect.signature(Value).parameters) == ["data", "label"]
    assert list(inspect.signature(Value.backward).parameters) == ["self", "create_graph"]
    assert str(inspect.signature(autograd.dot)).startswith("(xs, ys, start=0.0)")
    text = pydoc.plain(pydoc.render_doc(Value))
    assert "class Value" in text
    assert re.search(r"leaky_relu\(self, (/, )?slope", text)
    assert "Add the derivative of this number" in text


@pytest.mark.parametrize("package", ["nn", "viz"])
def test_every_public_callable_says_its_types(package):
    module = importlib.import_module(package)
    untyped = []
    for name in module.__all__:
        thing = getattr(module, name)
        members = [(name, thing)]
        if inspect.isclass(thing):
            shown = [k for k in vars(thing) if k in ("__init__", "__call__") or k[0] != "_"]
            members = [(f"{name}.{k}", vars(thing)[k]) for k in shown]
        for where, function in members:
            if inspect.isfunction(function):
                parameters = [p for p in inspect.signature(function).parameters if p != "self"]
                said = function.__annotations__
                untyped += [f"{where}: {p}" for p in parameters if p not in said]
                untyped += [f"{where}: result"] * ("return" not in said and function.__name__ != "__init__")
    assert untyped == []


# ---- a user's program, checked against an installed wheel


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    folder = tmp_path_factory.mktemp("user")
    return environment_with(build_wheel(folder), folder / "venv")


def checked(command: list[str], text: str, folder: Path) -> tuple[int, str]:
    program = folder / "program.py"
    program.write_text(text, encoding="utf-8")
    done = subprocess.run([*command, str(program)], cwd=folder, capture_output=True, text=True, timeout=300)
    return done.returncode, done.stdout + done.stderr


CHECKERS = {
    "mypy": lambda python, folder: [sys.executable, "-m", "mypy", "--strict", f"--python-executable={python}",
                                    f"--cache-dir={folder / 'cache'}"],
    "pyright": lambda python, folder: ["pyright", "--pythonpath", str(python)],
}  # fmt: skip


@pytest.mark.release
@pytest.mark.parametrize("checker", CHECKERS)
def test_a_program_passes_and_mistakes_in_it_do_not(checker, python, tmp_path):
    if checker == "mypy":
        pytest.importorskip("mypy")
    elif not shutil.which(checker):
        pytest.skip(f"{checker} is not installed")
    command = CHECKERS[checker](python, tmp_path)
    code, said = checked(command, PROGRAM, tmp_path)
    assert code == 0, said
    code, said = checked(command, PROGRAM + "\n".join(WRONG) + "\n", tmp_path)
    assert code == 1, said
    first = len(PROGRAM.splitlines()) + 1
    for line, (mistake, words) in enumerate(WRONG.items(), first):
        assert [s for s in said.splitlines() if f".py:{line}:" in s and re.search(words, s)], f"{mistake}\n{said}"


@pytest.mark.release
def test_the_program_runs(python, tmp_path):
    code, said = checked([str(python)], PROGRAM, tmp_path)
    assert code == 0, said
