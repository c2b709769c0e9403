"""What the ./crossdock wrapper does before there is a command line: find Python, set up, say what fails.

A stand-in for Python, a few lines of shell, takes the place of the minutes of a real set-up, so that these
tests need neither time nor a network.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# What every POSIX system has, and nothing else: no Python, no uv.
COREUTILS = [
    "cat",
    "cmp",
    "cp",
    "date",
    "grep",
    "ln",
    "mkdir",
    "readlink",
    "rm",
    "rmdir",
    "sed",
    "sh",
    "sleep",
    "tail",
]
NOBODY = 65534
DEADLINE_S = 30
Start = Callable[..., subprocess.CompletedProcess[str]]

# A Python that is new enough, makes environments, installs nothing but notes that it was asked to, and runs a
# script by printing the arguments.
STAND_IN = """#!/bin/sh
echo "$*" >>"$CALLS"
case "$1 ${2-}" in
"-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
"-m pip") [ -z "${BROKEN_INDEX-}" ] || { echo "no such index" >&2; exit 1; } ;;
"-P "*) shift; printf '%s\\n' "ran:" "$@" "PYTHONPATH=${PYTHONPATH-unset}" ;;
esac
"""


@pytest.fixture
def empty_path(tmp_path: Path) -> Path:
    """A folder for PATH that holds only what every POSIX system has."""
    folder = tmp_path / "only coreutils"
    folder.mkdir()
    for name in COREUTILS:
        found = shutil.which(name)
        assert found, f"{name} is missing here"
        (folder / name).symlink_to(found)
    return folder


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what the wrapper needs, in a folder whose name has a space."""
    folder = tmp_path / "a checkout"
    folder.mkdir()
    for name in ("crossdock", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, folder)
    return folder


def stand_in(folder: Path, name: str = "python3", text: str = STAND_IN) -> Path:
    """Put a stand-in for Python there."""
    script = folder / name
    script.write_text(text, encoding="utf-8")
    script.chmod(0o755)
    return script


@pytest.fixture
def start(checkout: Path, empty_path: Path, tmp_path: Path) -> Start:
    """Start the wrapper from another folder, with nothing on PATH but what the test has put there."""

    def run(
        *arguments: str, wrapper: Path = checkout / "crossdock", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["/bin/sh", str(wrapper), *arguments],
            cwd=tmp_path,
            env={"PATH": str(empty_path), "CALLS": str(tmp_path / "calls"), "LANG": "C.UTF-8", **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=DEADLINE_S,
            check=False,
        )

    return run


def set_ups(tmp_path: Path) -> int:
    """How many environments were made."""
    return (tmp_path / "calls").read_text(encoding="utf-8").count("-m venv")


@pytest.mark.parametrize("shell", ["sh", "dash", "bash"])
def test_the_wrapper_is_a_script_that_every_posix_shell_reads(shell: str) -> None:
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not here")
    checked = subprocess.run([shell, "-n", str(ROOT / "crossdock")], capture_output=True, text=True, check=False)

    assert (checked.returncode, checked.stderr) == (0, "")


def test_without_python_and_uv_it_says_what_to_install_and_makes_nothing(checkout: Path, start: Start) -> None:
    done = start("demo")

    assert done.returncode == 2
    assert "needs Python 3.11 or newer, or uv, and found neither" in done.stderr
    assert "apt-get install python3 python3-venv" in done.stderr
    assert sorted(path.name for path in checkout.iterdir()) == [
        "crossdock",
        "pyproject.toml",
        "requirements.lock",
    ]


def test_a_python_that_is_too_old_is_named(empty_path: Path, start: Start) -> None:
    stand_in(empty_path, text='#!/bin/sh\n[ "$1" != --version ] || { echo "Python 3.9.2"; exit 0; }\nexit 1\n')

    done = start()

    assert done.returncode == 2
    assert "python3 is Python 3.9.2" in done.stderr


def test_a_python_without_venv_leads_to_the_package_that_has_it(empty_path: Path, start: Start) -> None:
    stand_in(
        empty_path,
        text='#!/bin/sh\ncase "$2" in *ensurepip*) exit 1 ;; *print*) echo 3.11 ;; esac\n',
    )

    done = start()

    assert done.returncode == 2
    assert "python3 is Python 3.11, but it cannot make a virtual environment" in done.stderr
    assert "apt-get install python3-venv" in done.stderr


def test_it_sets_up_once_and_then_hands_over_every_argument(empty_path: Path, tmp_path: Path, start: Start) -> None:
    stand_in(empty_path)

    first = start("run", "two words", "--seed", "7")
    second = start("run")

    assert first.returncode == 0, first.stderr
    assert first.stdout.splitlines()[2:6] == ["run", "two words", "--seed", "7"]
    assert "setting up .venv with python3 and pip" in first.stderr
    assert second.stderr == ""
    assert set_ups(tmp_path) == 1


def test_the_environment_of_another_python_does_not_reach_it(empty_path: Path, start: Start) -> None:
    stand_in(empty_path)

    done = start(PYTHONPATH="elsewhere", PYTHONHOME="elsewhere", VIRTUAL_ENV="elsewhere")

    assert done.stdout.splitlines()[-1] == "PYTHONPATH=unset"


def test_it_works_through_a_chain_of_links(checkout: Path, empty_path: Path, tmp_path: Path, start: Start) -> None:
    stand_in(empty_path)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "inner").symlink_to("../a checkout/crossdock")
    (tmp_path / "outer").symlink_to(tmp_path / "bin" / "inner")

    done = start(wrapper=tmp_path / "outer")

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[1] == str(checkout / ".venv" / "bin" / "crossdock")


def test_a_failed_set_up_shows_its_log_and_the_next_start_does_it_again(
    checkout: Path, empty_path: Path, tmp_path: Path, start: Start
) -> None:
    stand_in(empty_path)

    failed = start(BROKEN_INDEX="yes")
    again = start()

    assert failed.returncode == 2
    assert "no such index" in failed.stderr
    assert "for a mirror set PIP_INDEX_URL" in failed.stderr
    assert again.returncode == 0
    assert set_ups(tmp_path) == 2
    assert not (checkout / ".venv-setup.log").exists()


def test_a_changed_lock_makes_the_environment_anew_and_a_changed_project_only_installs_it_again(
    checkout: Path, empty_path: Path, tmp_path: Path, start: Start
) -> None:
    stand_in(empty_path)
    start()

    with (checkout / "pyproject.toml").open("a", encoding="utf-8") as project:
        project.write("# changed\n")
    start()
    after_project = set_ups(tmp_path)
    with (checkout / "requirements.lock").open("a", encoding="utf-8") as lock:
        lock.write("# changed\n")
    start()

    assert (after_project, set_ups(tmp_path)) == (1, 2)


def test_two_that_start_at_once_set_up_once(checkout: Path, empty_path: Path, tmp_path: Path) -> None:
    stand_in(empty_path)
    environment = {"PATH": str(empty_path), "CALLS": str(tmp_path / "calls")}
    command = ["/bin/sh", str(checkout / "crossdock")]
    both = [subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) for _ in range(2)]

    assert [process.wait(DEADLINE_S) for process in both] == [0, 0]
    assert set_ups(tmp_path) == 1


def test_the_lock_of_a_set_up_that_was_killed_is_taken_over(checkout: Path, empty_path: Path, start: Start) -> None:
    stand_in(empty_path)
    gone = subprocess.Popen(["true"])
    gone.wait()
    (checkout / ".venv.lock").mkdir()
    (checkout / ".venv.lock" / "pid").write_text(f"{gone.pid}\n", encoding="utf-8")

    assert start().returncode == 0
    assert not (checkout / ".venv.lock").exists()


def test_a_checkout_that_cannot_be_written_is_named(checkout: Path, empty_path: Path) -> None:
    stand_in(empty_path)
    with tempfile.TemporaryDirectory() as folder:
        # Root may write everywhere, so it hands the wrapper over to somebody who may not.
        room = Path(folder)
        shutil.copytree(checkout, room / "a checkout")
        shutil.copytree(empty_path, room / "bin", symlinks=True)
        for place in (room / "a checkout", room / "bin", room):
            place.chmod(0o555)

        done = subprocess.run(
            ["/bin/sh", str(room / "a checkout" / "crossdock")],
            cwd="/",
            env={"PATH": str(room / "bin"), "LANG": "C.UTF-8"},
            user=NOBODY if os.geteuid() == 0 else None,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=DEADLINE_S,
            check=False,
        )
        room.chmod(0o755)
        (room / "a checkout").chmod(0o755)

    assert done.returncode == 2, done.stderr
    assert f"cannot write to {room / 'a checkout'}" in done.stderr
