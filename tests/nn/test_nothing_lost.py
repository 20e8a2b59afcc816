"""A trained model is never lost: signals, full disks, streams that are gone, failing pictures cost only themselves."""

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from itertools import pairwise

import pytest
from processes import (
    ALL,
    CODES,
    ENDLESS,
    LINUX,
    PLOTS,
    POSIX,
    SMALL,
    WITH_PLOTS,
    WITHOUT_PLOTS,
    glassgrad,
    left,
    loads,
    shell,
    started,
    wait_for,
)

import nn
import nn.commands.artifacts
import nn.commands.interruption
import nn.commands.kept_model
import nn.commands.training_run
import nn.training.run
from nn import load
from nn.__main__ import main
from nn.history import Epoch

pytestmark = pytest.mark.program

SLOW = pytest.mark.slow


def slow(*values):
    """More of the same, each a run of a second or two."""
    return [pytest.param(value, marks=SLOW) for value in values]


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def last_line(out):
    return out.splitlines()[-1]


# ---- folders


@POSIX
def test_eight_trainings_at_once_leave_eight_complete_folders_each_with_one_run(place):
    processes = [started("train", "moons", "--seed", str(seed), *SMALL, cwd=place) for seed in range(8)]
    outs = [process.communicate(timeout=120)[0] for process in processes]
    assert all(process.returncode == 0 for process in processes)
    folders = sorted(path.name for path in (place / "runs").iterdir())
    assert folders == sorted(f"moons-{k}" for k in range(1, 9))
    for seed, out in enumerate(outs):
        (folder,) = [place / "runs" / name for name in folders if f"runs/{name}/model.json" in last_line(out)]
        assert left(folder) == ALL - PLOTS
        assert json.loads((folder / "summary.json").read_text())["options"]["seed"] == seed
        if seed == 5:
            assert main(["train", "moons", "--seed", "5", *SMALL, "--out", "alone", "--quiet"]) == 0
            assert (folder / "model.json").read_bytes() == (place / "alone" / "model.json").read_bytes()


@POSIX
def test_a_second_training_into_the_same_folder_is_refused_while_the_first_goes_on(place):
    with started("train", "moons", *ENDLESS, "--out", "run", cwd=place) as first:
        wait_for(place / "run" / "model.json", first)
        second = glassgrad("train", "moons", *SMALL, "--out", "run", cwd=place)
        first.kill()
    assert second.returncode == 2
    assert "another training writes into 'run'" in second.stderr
    assert second.stderr.count("\n") == 1
    third = glassgrad("train", "moons", *SMALL, "--out", "run", cwd=place)
    assert third.returncode == 0, "the lock goes with its process"


def test_what_has_the_name_of_a_run_is_passed_over_whatever_it_is(place, capsys):
    (place / "runs").mkdir()
    (place / "runs" / "moons-1").write_text("a file")
    if hasattr(os, "symlink"):
        (place / "runs" / "moons-2").symlink_to("nowhere")
    assert main(["train", "moons", *SMALL, "--quiet"]) == 0
    free = 3 if hasattr(os, "symlink") else 2
    assert capsys.readouterr().out.replace(os.sep, "/") == f"runs/moons-{free}\n"
    assert (place / "runs" / "moons-1").read_text() == "a file"


def test_a_folder_with_a_picture_s_name_costs_the_picture(place, capsys):
    (place / "run" / "loss.svg").mkdir(parents=True)
    assert main(["train", "moons", *SMALL, "--out", "run"]) == 1
    out = capsys.readouterr().out
    assert "no loss.svg:" in out
    assert last_line(out).startswith("use the model:")
    assert left(place / "run") == ALL - {"loss.svg"}


def test_a_folder_with_the_model_s_name_is_told_before_the_work(place, capsys):
    (place / "run" / "model.json").mkdir(parents=True)
    assert main(["train", "moons", *SMALL, "--out", "run"]) == 2
    assert "has a folder named model.json" in capsys.readouterr().err
    assert left(place) == set()


@pytest.mark.parametrize("name", ["history.csv", "summary.json"])
def test_a_folder_with_the_name_of_a_file_of_figures_costs_that_file(place, capsys, name):
    (place / "run" / name).mkdir(parents=True)
    assert main(["train", "moons", *SMALL, "--out", "run"]) == 1
    assert f"no {name}: " in capsys.readouterr().out
    assert left(place / "run") == ALL - {name}


def test_a_run_that_comes_to_nothing_leaves_nothing_and_keeps_what_was_there(place, capsys):
    diverging = ["train", "moons", "--lr", "1e300", "--optimizer", "sgd", "--quiet", "--out"]
    assert main([*diverging, "a/b/c"]) == 2
    assert os.listdir(place) == []
    assert main(["train", "moons", *SMALL, "--quiet", "--out", "run"]) == 0
    before = (place / "run" / "model.json").read_bytes()
    assert main([*diverging, "run"]) == 2
    assert (place / "run" / "model.json").read_bytes() == before
    assert left(place) == ALL
    assert "take a smaller learning rate" in capsys.readouterr().err


@POSIX
def test_a_model_that_was_there_stays_until_the_new_one_is_trained(place):
    assert main(["train", "moons", *SMALL, "--quiet", "--out", "run"]) == 0
    before = (place / "run" / "model.json").read_bytes()
    with started("train", "moons", "--seed", "1", *ENDLESS, "--out", "run", cwd=place) as process:
        wait_for(place / "run" / "model.new.json", process)
        assert (place / "run" / "model.json").read_bytes() == before
        process.kill()
    assert (place / "run" / "model.json").read_bytes() == before
    assert loads(place / "run" / "model.new.json")
    left_behind = (place / "run" / "model.new.json").read_bytes()
    with started("train", "moons", "--seed", "2", *ENDLESS, "--out", "run", cwd=place) as process:
        wait_for(place / "run" / "model.new-2.json", process)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    assert (place / "run" / "model.json").read_bytes() != before
    assert (place / "run" / "model.new.json").read_bytes() == left_behind, "an earlier run's best epoch stays"
    assert not (place / "run" / "model.new-2.json").exists()


def test_a_training_that_completed_no_epoch_leaves_the_older_run_as_it_was(place, capsys, monkeypatch):
    assert main(["train", "moons", *SMALL, "--quiet", "--out", "run"]) == 0
    before = {path.name: path.read_bytes() for path in (place / "run").iterdir()}
    interrupted_in(monkeypatch, nn.training.run.Run, "epoch")
    capsys.readouterr()
    assert main(["train", "moons", *SMALL, "--out", "run"]) == 130
    assert last_line(capsys.readouterr().out) == "use the model: glassgrad predict run/model.new.json FILE.csv"
    assert loads(place / "run" / "model.new.json")
    assert all((place / "run" / name).read_bytes() == content for name, content in before.items())


@POSIX
def test_a_run_folder_that_is_gone_while_training_costs_the_folder(place):
    with started("train", "moons", *ENDLESS, cwd=place, env=WITHOUT_PLOTS | {"TMPDIR": str(place)}) as process:
        wait_for(place / "runs" / "moons-1" / "model.json", process)
        (place / "runs").rename(place / "elsewhere")  # in one step: a file could come while the folder is deleted
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "cannot be written: No such file or directory" in err
    (folder,) = place.glob("glassgrad-*")
    assert last_line(out) == f"use the model: glassgrad predict {folder / 'model.json'} FILE.csv"
    assert loads(folder / "model.json")


# ---- signals


@POSIX
@pytest.mark.parametrize("number", CODES, ids=lambda number: number.name)
def test_a_signal_in_training_leaves_the_best_model_the_figures_and_a_last_line(place, number):
    with started("train", "moons", *ENDLESS, cwd=place) as process:
        wait_for(place / "runs" / "moons-1" / "model.json", process)
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    assert process.returncode == CODES[number], (out, err)
    assert "Traceback" not in err
    assert "interrupted in epoch" in out
    assert last_line(out) == "use the model: glassgrad predict runs/moons-1/model.json FILE.csv"
    summary = json.loads((place / "runs" / "moons-1" / "summary.json").read_text())
    assert summary["history"]["interrupted"]
    assert loads(place / "runs" / "moons-1" / "model.json")
    pictures = {"graph.svg", "training.html"}
    assert (pictures <= left(place)) == (number == signal.SIGINT), "only Ctrl-C leaves time for pictures"


@POSIX
def test_after_sigkill_the_best_epoch_of_the_last_second_is_there(place):
    with started("train", "moons", *ENDLESS, cwd=place) as process:
        wait_for(place / "runs" / "moons-1" / "model.json", process)
        time.sleep(1.0)
        process.kill()
    assert loads(place / "runs" / "moons-1" / "model.json")
    there = {name for name in left(place) if not name.endswith(".tmp")}
    assert there == {"model.json", "state.json"}


def interrupted_runs(folder, count, seed):
    """Trains and sends signals at random moments; yields what became of it."""
    rng = random.Random(seed)
    began = time.monotonic()
    assert glassgrad("train", "moons", cwd=folder, env=WITH_PLOTS).returncode == 0
    whole = time.monotonic() - began
    shutil.rmtree(folder / "runs")
    for _ in range(count):
        number, moment = rng.choice(list(CODES)), rng.uniform(0.1, 1.0) * whole
        with started("train", "moons", cwd=folder, env=WITH_PLOTS) as process:
            time.sleep(moment)
            for _ in range(rng.choice([1, 1, 2, 3])):
                process.send_signal(number)
                time.sleep(rng.choice([0.0, 0.001, 0.01]))
            out, err = process.communicate(timeout=60)
        yield number, moment, process.returncode, out, err
        shutil.rmtree(folder / "runs", ignore_errors=True)


def check_interrupted(folder, count, seed):
    model = folder / "runs" / "moons-1" / "model.json"
    for number, moment, code, out, err in interrupted_runs(folder, count, seed):
        story = (number, moment, code, out, err)
        assert code in (0, CODES[number]), story
        assert "Traceback" not in err, story
        assert "Exception ignored" not in err, story
        assert not [name for name in left(folder) if name.startswith(".")], story
        if loads(model):
            assert last_line(out).endswith("runs/moons-1/model.json FILE.csv"), story
        else:
            assert "done after epoch" not in out, story
            assert not (folder / "runs").exists(), story
            assert err.rstrip().endswith(("nothing was written", "no file was written")), story


@POSIX
def test_signals_at_random_moments_lose_nothing_that_was_made(tmp_path):
    check_interrupted(tmp_path, 4, random.randrange(10**6))


@pytest.mark.slow
@POSIX
def test_a_hundred_signals_at_random_moments_lose_nothing_that_was_made(tmp_path):
    check_interrupted(tmp_path, 100, random.randrange(10**6))


@POSIX
@pytest.mark.parametrize("module", ["autograd", "nn.commands.train", *slow("autograd.value", "nn.layers", "numpy")])
def test_ctrl_c_while_modules_are_imported_is_one_line(tmp_path, module):
    (tmp_path / "sitecustomize.py").write_text(
        "import os, signal, sys\n"
        "class Finder:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {module!r} and 'nn.commands.launch' in sys.modules:\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Finder())\n"
    )
    done = glassgrad("train", "moons", cwd=tmp_path, env=WITHOUT_PLOTS | {"PYTHONPATH": str(tmp_path)})
    assert done.returncode == 130
    assert done.stderr == "glassgrad: interrupted; no file was written\n"
    assert done.stdout == ""


@POSIX
@pytest.mark.parametrize("command", ["train pipe.json --target y", "predict pipe.json rows.csv"])
def test_ctrl_c_while_files_are_read_is_one_line(tmp_path, command):
    os.mkfifo(tmp_path / "pipe.json")
    with started(*command.split(), cwd=tmp_path) as process:
        time.sleep(1.0)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err == "glassgrad: interrupted; no file was written\n"


@POSIX
def test_an_ignored_signal_stays_ignored(place):
    line = f"trap '' HUP; exec {sys.executable} -m nn train moons {' '.join(SMALL)} --quiet"
    with subprocess.Popen(["bash", "-c", line], stdout=subprocess.PIPE, text=True, env=WITHOUT_PLOTS) as process:
        for _ in range(10):
            time.sleep(0.1)
            process.send_signal(signal.SIGHUP)
        out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert out == "runs/moons-1\n"


def interrupted_in(monkeypatch, target, name, times=1):
    """Let the function raise KeyboardInterrupt when it is called."""
    original, calls = getattr(target, name), []

    def interrupting(*arguments, **options):
        calls.append(name)
        if len(calls) <= times:
            raise KeyboardInterrupt
        return original(*arguments, **options)

    monkeypatch.setattr(target, name, interrupting)


@pytest.mark.parametrize("name", ["judge_parts", "print_figures", "summarize"])
def test_ctrl_c_in_the_figures_costs_figures_and_pictures(place, capsys, monkeypatch, name):
    interrupted_in(monkeypatch, nn.commands.training_run, name)
    assert main(["train", "moons", *SMALL]) == 130
    out = capsys.readouterr().out
    assert last_line(out).startswith("use the model:")
    assert "training.html, boundary.svg: interrupted" in out
    assert left(place) <= {"model.json", "state.json", "history.csv"}
    assert load("runs/moons-1/model.json")


def test_ctrl_c_at_the_last_moment_of_training_keeps_the_model(place, capsys, monkeypatch):
    fit = nn.commands.training_run.fit

    def finished_and_interrupted(*arguments, **options):
        fit(*arguments, **options)
        raise KeyboardInterrupt

    assert main(["train", "moons", *SMALL, "--quiet", "--out", "alone"]) == 0
    monkeypatch.setattr(nn.commands.training_run, "fit", finished_and_interrupted)
    assert main(["train", "moons", *SMALL, "--quiet", "--out", "run"]) == 130
    assert (place / "run" / "model.json").read_bytes() == (place / "alone" / "model.json").read_bytes()
    assert capsys.readouterr().out == "alone\nrun\n"


# ---- streams


@POSIX
@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("$glassgrad train moons {} | head -1; exit ${{PIPESTATUS[0]}}", 0),
        pytest.param("$glassgrad train moons {} | true; exit ${{PIPESTATUS[0]}}", 0, marks=SLOW),
        pytest.param("$glassgrad train moons {} 2>&1 | head -c 1; exit ${{PIPESTATUS[0]}}", 0, marks=SLOW),
        pytest.param("$glassgrad train moons {} >&-", 0, marks=SLOW),
        pytest.param("$glassgrad train moons {} 2>&-", 0, marks=SLOW),
        ("$glassgrad train moons {} <&- >&- 2>&-", 0),
        pytest.param("$glassgrad train moons {} > /dev/full", 1, marks=[LINUX, SLOW]),
        pytest.param("$glassgrad train moons {} 2> /dev/full", 0, marks=[LINUX, SLOW]),
        pytest.param("$glassgrad train moons {} --quiet > /dev/full 2>&1", 1, marks=LINUX),
    ],
)
def test_streams_that_are_gone_or_full_cost_only_what_was_to_be_said(place, line, code):
    done = shell(line.format(" ".join(SMALL)), place)
    assert done.returncode == code, done
    assert left(place) == ALL - PLOTS
    assert loads(place / "runs" / "moons-1" / "model.json")
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


@LINUX
@pytest.mark.parametrize("command", ["--help", "predict run/model.json rows.csv"])
def test_a_full_stdout_is_told_and_a_reader_that_has_gone_is_not(place, command):
    assert main(["train", "moons", *SMALL, "--quiet", "--out", "run"]) == 0
    (place / "rows.csv").write_text("x,y\n" + "1,2\n" * 20_000)
    full = shell(f"$glassgrad {command} > /dev/full", place)
    assert full.returncode == 1
    assert full.stderr == "glassgrad: error: stdout cannot be written to: No space left on device\n"
    gone = shell(f"$glassgrad {command} | true", place)
    assert gone.stderr == ""
    closed = shell(f"$glassgrad {command} >&-", place)
    assert (closed.returncode, closed.stderr) == (0, "")


@POSIX
@pytest.mark.parametrize("encoding", ["cp1252", *slow("ascii", "latin-1:strict", "utf-8:strict", "utf-16")])
def test_output_never_fails_for_its_encoding(place, encoding):
    surrogate = os.fsdecode(b"\xff\xe2\x98\x83 \xe2\x98\x83.csv")
    (place / surrogate).write_text("a,\N{SNOWMAN}\n" + "1,x\n2,\N{SNOWMAN}\n" * 10, encoding="utf-8")
    environment = WITHOUT_PLOTS | {"PYTHONIOENCODING": encoding}
    out = os.fsdecode(b"run \xff\xe2\x98\x83")
    done = glassgrad("train", surrogate, "--target", "\N{SNOWMAN}", *SMALL, "--out", out, env=environment, text=False)
    assert done.returncode == 0, done
    assert loads(place / out / "model.json")
    assert b"Traceback" not in done.stderr
    done = glassgrad("predict", f"{out}/model.json", surrogate, env=environment, text=False)
    assert done.returncode == 0, done
    assert len(done.stdout.decode(encoding.partition(":")[0]).splitlines()) == 21
    done = glassgrad("train", f"{surrogate}.absent", env=environment, text=False)
    assert done.returncode == 2
    assert len(done.stderr.decode(encoding.partition(":")[0]).splitlines()) == 1


def test_rows_are_printed_in_the_encoding_of_their_file_whatever_that_of_the_output(place):
    (place / "rows.csv").write_text("a,y\n" + "1,x\n2,\N{SNOWMAN}\n" * 10, encoding="utf-8")
    assert main(["train", "rows.csv", "--target", "y", *SMALL, "--quiet", "--out", "run"]) == 0
    done = glassgrad("predict", "run/model.json", "rows.csv", env=WITHOUT_PLOTS | {"PYTHONIOENCODING": "cp1252"})
    assert "2,\N{SNOWMAN}," in done.stdout
    assert done.stderr == ""


# ---- pictures and figures that fail


@pytest.mark.parametrize("error", [KeyError("x"), MemoryError(), RecursionError("deep"), OSError(28, "No space")])
def test_a_picture_that_fails_in_whatever_way_costs_itself(place, capsys, monkeypatch, error):
    def failing(*_, **__):
        raise error

    monkeypatch.setattr(nn.commands.artifacts, "draw_example", failing)
    assert main(["train", "moons", *SMALL]) == (0 if isinstance(error, RecursionError) else 1)
    out = capsys.readouterr().out
    assert "no graph.svg: " in out
    assert ("which is a defect here" in out) == isinstance(error, KeyError)
    assert left(place) == ALL - {"graph.svg"}


@pytest.mark.parametrize("name", ["judge_parts", "summarize"])
def test_figures_that_fail_cost_themselves(place, capsys, monkeypatch, name):
    def failing(*_, **__):
        raise OverflowError("intermediate overflow in fsum")

    monkeypatch.setattr(nn.commands.training_run, name, failing)
    assert main(["train", "moons", *SMALL]) == 1
    assert "intermediate overflow in fsum" in capsys.readouterr().out
    assert left(place) == ALL - ({"summary.json"} if name == "summarize" else set())


@pytest.mark.parametrize("task", ["regression", "classification"])
def test_targets_and_inputs_of_any_size_are_trained_and_judged(place, capsys, task):
    largest = sys.float_info.max
    rows = [f"{largest if i % 2 else -largest!r},{i % 3 - 1},{(i % 2) * largest!r}" for i in range(40)]
    (place / "large.csv").write_text("a,b,y\n" + "\n".join(rows) + "\n")
    assert main(["train", "large.csv", "--target", "y", "--task", task, *SMALL]) == 0, capsys.readouterr()
    assert {"model.json", "history.csv", "summary.json"} <= left(place)


def test_an_error_after_some_epochs_keeps_the_best_and_is_told(place, capsys, monkeypatch):
    class Failing(nn.commands.training_run.KeptModel):
        def see(self, epoch):
            super().see(epoch)
            if epoch.number == 2:
                raise MemoryError

    monkeypatch.setattr(nn.commands.training_run, "KeptModel", Failing)
    assert main(["train", "moons", *SMALL]) == 1
    out, err = capsys.readouterr()
    assert last_line(out).startswith("use the model:")
    assert "MemoryError" in err
    assert left(place) == {"model.json"}


def test_a_defect_keeps_the_best_and_shows_where_it_is(place, capsys, monkeypatch):
    class Failing(nn.commands.training_run.KeptModel):
        def see(self, epoch):
            super().see(epoch)
            raise ZeroDivisionError("a defect")

    monkeypatch.setattr(nn.commands.training_run, "KeptModel", Failing)
    with pytest.raises(ZeroDivisionError, match="a defect"):
        main(["train", "moons", *SMALL])
    assert last_line(capsys.readouterr().out).startswith("use the model:")
    assert left(place) == {"model.json"}


# ---- disks


@pytest.fixture
def mounted(tmp_path):
    """A function that mounts a file system of so many kilobytes; skips where that may not be done."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounts = []

    def mount(*arguments):
        done = subprocess.run(["mount", *arguments, str(folder)], capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"file systems cannot be mounted here: {done.stderr.strip()}")
        mounts.append(folder)
        return folder

    yield mount
    for _ in mounts:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@LINUX
@pytest.mark.parametrize("kilobytes", [4, *slow(8, 12, 24, 60), 120])
def test_a_full_disk_costs_what_does_not_fit(mounted, kilobytes):
    disk = mounted("-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs")
    done = glassgrad("train", "moons", "--epochs", "3", cwd=disk)
    if done.returncode == 2:
        assert "No space left on device" in done.stderr
        assert done.stderr.count("\n") == 1
        assert left(disk) == set()
        assert kilobytes < 12
        return
    assert done.returncode == 1
    assert loads(disk / "runs" / "moons-1" / "model.json")
    assert "No space left on device" in done.stdout + done.stderr
    assert last_line(done.stdout).startswith("use the model:")


@LINUX
def test_a_disk_that_fills_up_while_training_costs_the_newer_model_at_most(mounted, tmp_path):
    disk = mounted("-t", "tmpfs", "-o", "size=64k", "tmpfs")
    elsewhere = WITHOUT_PLOTS | {"TMPDIR": str(tmp_path)}
    model = disk / "runs" / "moons-1" / "model.json"
    with started("train", "moons", *ENDLESS[2:], cwd=disk, env=elsewhere) as process:
        wait_for(model, process)
        subprocess.run(["dd", "if=/dev/zero", f"of={disk}/ballast"], capture_output=True, check=False)
        time.sleep(1.5)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert loads(model)
    if "cannot be written: No space left on device" in err:  # a better epoch came after the disk was full
        assert str(tmp_path) in last_line(out), "the best is in the folder for temporary files"
        rescued = last_line(out).split()[-2]
        assert load(rescued)


@POSIX
@pytest.mark.parametrize("limit", [1_000, *slow(9_000), 60_000])
def test_a_limit_on_the_size_of_files_costs_what_is_larger(place, limit):
    import resource

    done = glassgrad(
        "train", "moons", "--epochs", "3", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    )
    assert "File too large" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    if limit == 1_000:
        assert done.returncode == 2
        assert left(place) == set()
    else:
        assert done.returncode == 1
        assert loads(place / "runs" / "moons-1" / "model.json")


@LINUX
def test_a_folder_that_cannot_be_written_to_is_told_before_the_work(mounted):
    disk = mounted("-t", "tmpfs", "-o", "size=1m", "tmpfs")
    (disk / "run").mkdir()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    for arguments in ([], ["--out", "run"], ["--out", "run/deeper/still"]):
        done = glassgrad("train", "moons", *arguments, cwd=disk)
        assert done.returncode == 2
        assert "cannot be written to; choose another with --out" in done.stderr
        assert done.stderr.count("\n") == 1
        assert done.stdout == ""


@LINUX
def test_a_disk_that_becomes_read_only_while_training_leaves_the_best_of_before(mounted, tmp_path):
    disk = mounted("-t", "tmpfs", "-o", "size=1m", "tmpfs")
    elsewhere = WITHOUT_PLOTS | {"TMPDIR": str(tmp_path)}
    model = disk / "run" / "model.json"
    with started("train", "moons", *ENDLESS[2:], "--out", "run", cwd=disk, env=elsewhere) as process:
        wait_for(model, process)
        remount = ["mount", "-o", "remount,ro", str(disk)]
        while subprocess.run(remount, capture_output=True, check=False).returncode:
            assert process.poll() is None  # a file that is just being written keeps the disk busy
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert loads(model)
    assert last_line(out).startswith("use the model:")


@pytest.fixture
def model():
    return nn.MLP(1, [1], seed=1)


def trained(model, kept, losses):
    """Epochs with these losses, after which all parameters are the epoch's number."""
    for number, loss in enumerate(losses, 1):
        for p in model.parameters():
            p.data = float(number)
        kept.see(Epoch(number, loss, None, {}, 0.0))


def keeping(model, folder):
    return nn.commands.kept_model.KeptModel(model, folder, {}, nn.commands.interruption.Signals())


def parameters_of(path):
    return {p.data for p in load(path).parameters()}


def test_what_is_kept_of_training_cut_short_is_the_best_though_it_was_not_written_yet(place, model, monkeypatch):
    kept = keeping(model, place)
    monkeypatch.setattr(kept, "_is_time", lambda: False)
    trained(model, kept, [0.5, 0.25, 4.0])
    assert not list(place.iterdir())
    kept.finish(None)
    assert parameters_of(place / "model.json") == {2.0}


def test_what_is_written_between_is_the_best_and_training_goes_on_from_where_it_was(place, model, monkeypatch):
    kept = keeping(model, place)
    monkeypatch.setattr(kept, "_is_time", lambda: {p.data for p in model.parameters()} == {3.0})
    trained(model, kept, [0.5, 0.25, 4.0])
    assert parameters_of(place / "model.json") == {2.0}
    assert {p.data for p in model.parameters()} == {3.0}


def test_a_model_that_cannot_be_written_is_told_once(place, model, monkeypatch, capsys):
    def full(path, content):
        raise OSError(errno.ENOSPC, "No space left on device")

    kept = keeping(model, place)
    monkeypatch.setattr(nn.commands.kept_model, "write_whole", full)
    monkeypatch.setattr(kept, "_is_time", lambda: True)
    trained(model, kept, [0.5, 0.25, 0.125])
    said = capsys.readouterr().err
    assert said.count("cannot be written") == 1
    assert "with epoch 1 cannot be written" in said
    assert "with epoch 3 cannot be written" in kept.trouble


# ---- how often


def test_the_model_is_written_at_most_a_twentieth_of_the_time_and_the_best_at_the_end(place, monkeypatch, capsys):
    clock, writes = [0.0], []
    write = nn.commands.kept_model.write_whole

    def slow(path, content):
        clock[0] += 0.01
        writes.append(clock[0])
        write(path, content)

    class Clock:
        @staticmethod
        def monotonic():
            return clock[0]

    class Ticking(nn.commands.training_run.KeptModel):
        def see(self, epoch):
            clock[0] += 0.03
            super().see(epoch)

    monkeypatch.setattr(nn.commands.kept_model, "time", Clock)
    monkeypatch.setattr(nn.commands.kept_model, "write_whole", slow)
    monkeypatch.setattr(nn.commands.training_run, "KeptModel", Ticking)
    assert (
        main(["train", "moons", "--epochs", "200", "--patience", "200", "--hidden", "8", "--lr", "0.002", "--quiet"])
        == 0
    )
    assert 0.01 * (len(writes) - 1) <= 0.05 * clock[0], "the last is written whatever it takes"
    assert len(writes) > 5
    assert max(later - sooner for sooner, later in pairwise(writes)) < 1.0
    best = json.loads((place / "runs" / "moons-1" / "summary.json").read_text())["history"]["best_epoch"]
    assert (
        main(
            ["train", "moons", "--epochs", str(best), "--patience", "200", "--hidden", "8", "--lr", "0.002", "--quiet"]
        )
        == 0
    )
    assert (place / "runs" / "moons-1" / "model.json").read_bytes() == (
        place / "runs" / "moons-2" / "model.json"
    ).read_bytes()
    capsys.readouterr()
