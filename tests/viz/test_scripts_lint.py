"""The pages' scripts are clean by eslint, where one is installed (ESLINT, or `eslint` on the path)."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = os.environ.get("ESLINT") or shutil.which("eslint")


def lint(*arguments, text=None):
    return subprocess.run(
        [str(PROGRAM), "--no-color", "--max-warnings", "0", *arguments],
        cwd=ROOT, input=text, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.mark.skipif(PROGRAM is None, reason="eslint is not installed: npm install eslint@9, and ESLINT=its path")
def test_the_scripts_of_the_pages_are_clean():
    done = lint("viz/pages/scripts")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(PROGRAM is None, reason="eslint is not installed: npm install eslint@9, and ESLINT=its path")
def test_what_is_wrong_in_a_script_is_found():
    text = '"use strict";\nvar x = nowhere == 1;\n'
    out = lint("--stdin", "--stdin-filename", "viz/pages/scripts/bad.js", text=text).stdout
    assert all(rule in out for rule in ("no-var", "no-undef", "eqeqeq", "no-unused-vars"))
