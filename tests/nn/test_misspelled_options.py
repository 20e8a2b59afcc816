"""An option that is none is refused with the one it may have been meant to be, in every command."""

import argparse
import importlib

import pytest

from nn.__main__ import COMMANDS, main


def options_of(command):
    parser = argparse.ArgumentParser(add_help=False)
    importlib.import_module(COMMANDS[command][0]).add_arguments(parser)
    return sorted(name for action in parser._actions for name in action.option_strings if len(name) > 5)


def exchanged(name):
    """The option with two letters in the wrong order, which no abbreviation is."""
    k = next(k for k in range(len(name) - 2, 2, -1) if name[k] != name[k + 1])
    return name[:k] + name[k + 1] + name[k] + name[k + 2 :]


@pytest.mark.parametrize(("command", "option"), [(c, option) for c in COMMANDS for option in options_of(c)])
def test_the_nearest_option_is_offered(command, option, capsys):
    needed = {"predict": ["m", "f"], "explain": ["m", "r"], "inspect": ["f"], "draw": ["a"], "train": ["moons"]}
    assert main([command, *needed.get(command, []), f"{exchanged(option)}=1"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert f"; did you mean {option}?" in said


def test_one_that_is_like_none_is_refused_alone_and_a_name_of_two_words_is_told_to_be_quoted(capsys):
    assert main(["train", "moons", "--xyzzy"]) == 2
    assert "did you mean" not in capsys.readouterr().err
    assert main(["train", "grades.csv", "--target", "final", "grade"]) == 2
    assert 'a name with blanks wants quotation marks: --target "two words"' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["train", "moons", "--lr", "0,01"], "; did you mean 0.01?"),
        (["train", "moons", "--held-out", "20%"], "; did you mean 0.2?"),
        (["predict", "m", "f", "--threshold", "50 %"], "; did you mean 0.5?"),
        (["train", "moons", "--activation", "rellu"], "; did you mean relu?"),
        (["train", "moons", "--optimizer", "adma"], "; did you mean adam?"),
    ],
)
def test_a_value_that_is_nearly_one_is_answered_with_it(arguments, said, capsys):
    assert main(arguments) == 2
    assert said in capsys.readouterr().err


def test_a_run_folder_is_its_model(tmp_path, capsys):
    assert main(["train", "moons", "--epochs", "1", "--quiet", "--out", str(tmp_path / "run")]) == 0
    for path in ("run", "run/model.json"):
        assert main(["explain", str(tmp_path / path), "x=1,y=0.5"]) == 0
    first, again = capsys.readouterr().out.split("moon: ")[1:]
    assert first.splitlines()[1:] == again.splitlines()[1:]
