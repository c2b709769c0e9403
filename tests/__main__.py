"""What `./crossdock test` runs: lint, format, types and tests, every one of them even where one fails.

Standard library only, so that it can say what is wrong with an environment in which little works.

    ./crossdock test                          everything
    ./crossdock test --only types             one part: lint, types or tests
    ./crossdock test --only tests -k wrapper  what is not known here goes to pytest
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Where the type checker finds the packages by name (see pyproject.toml); a reader wants the short path.
IMPORT_ROOT = ".venv/import-root/crossdock/"
PYTEST_COUNTS = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|warnings?)\b")
ESCAPE_SEQUENCE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
TAIL_BYTES = 4096
APT_OPTIONS = ("-q", "-o", "DPkg::Lock::Timeout=600")  # another installation may be under way


@dataclass(frozen=True, slots=True)
class Program:
    """What the tests in a folder drive, beside Python: its Debian package, and the file that says that it is there."""

    package: str
    file: Path
    tests: str


PROGRAMS = (
    Program("chromium", Path("/usr/bin/chromium"), "browser"),
    Program("openssh-client", Path("/usr/bin/sftp"), "simulators/sftp/sockets"),
    Program("rabbitmq-server", Path("/usr/lib/rabbitmq/bin/rabbitmq-server"), "simulators/queue"),
    Program("curl", Path("/usr/bin/curl"), "scenarios/wire"),
    Program("nodejs", Path("/usr/bin/node"), "scenarios/wire"),
    Program("npm", Path("/usr/bin/npm"), "end_to_end/node_red"),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one step ended; `counts` is what pytest says of itself, empty for the others."""

    name: str
    passed: bool
    seconds: float
    counts: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One check: the part of `--only` it belongs to, its name in the summary, and what it runs."""

    part: str
    name: str
    module: str
    arguments: tuple[str, ...]
    run: Callable[[list[str]], tuple[int, str]]


def run_plainly(command: list[str]) -> tuple[int, str]:
    """Run with the terminal handed through, so that colours and progress are the tool's own."""
    return subprocess.run(command, cwd=ROOT, check=False).returncode, ""


def run_with_short_paths(command: list[str]) -> tuple[int, str]:
    """Run, and show paths as they are in the checkout."""
    done = subprocess.run(command, cwd=ROOT, check=False, text=True, stdout=subprocess.PIPE)
    print(done.stdout.replace(IMPORT_ROOT, ""), end="")
    return done.returncode, ""


def run_and_count(command: list[str]) -> tuple[int, str]:
    """Run pytest with its output passed on as it comes, and keep the counts of its last line.

    The tests start hundreds of processes: without compiled modules on disk each would compile all of them again.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    tail = b""
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        while chunk := os.read(process.stdout.fileno(), 65536):
            sys.stdout.buffer.write(chunk)
            sys.stdout.buffer.flush()
            tail = (tail + chunk)[-TAIL_BYTES:]
    return process.returncode, counts_in(tail.decode(errors="replace"))


def counts_in(output: str) -> str:
    """The counts of pytest's closing line, with passed and failed always named: `12 passed, 0 failed`.

    >>> counts_in("=== 12 passed, 1 skipped in 3.21s ===")
    '12 passed, 0 failed, 1 skipped'
    """
    for line in reversed(ESCAPE_SEQUENCE.sub("", output).splitlines()):
        found = {kind: count for count, kind in PYTEST_COUNTS.findall(line)}
        if found and re.search(r" in [\d.]+s", line):
            named = {"passed": "0", "failed": "0"} | found
            return ", ".join(f"{count} {kind}" for kind, count in named.items())
    return ""


def worker_count() -> int:
    """One worker a core: at least two, so that tests which share state by accident are found everywhere."""
    return min(max(os.cpu_count() or 2, 2), 8)


def steps(pytest_arguments: list[str]) -> list[Step]:
    """Every check in the order in which a mistake is cheapest to see."""
    colour = ("--color=yes",) if sys.stdout.isatty() else ()
    spread = ("-n", str(worker_count()), "--dist", "worksteal")
    return [
        Step("lint", "lint (ruff check)", "ruff", ("check",), run_plainly),
        Step("lint", "format (ruff format --check)", "ruff", ("format", "--check"), run_plainly),
        Step("types", "types (mypy, strict)", "mypy", (), run_with_short_paths),
        Step("tests", "tests (pytest)", "pytest", (*spread, *colour, *pytest_arguments), run_and_count),
    ]


def take(step: Step) -> Outcome:
    """Run one step under a heading and time it."""
    print(f"\n== {step.name}", flush=True)
    begun = time.perf_counter()
    # -P: tests import the product by its name only, never by the folder they happen to be run from.
    code, counts = step.run([sys.executable, "-P", "-m", step.module, *step.arguments])
    return Outcome(step.name, code == 0, time.perf_counter() - begun, counts)


def may_sudo() -> bool:
    """Whether sudo works here without asking for a password."""
    if not shutil.which("sudo"):
        return False
    return subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True).returncode == 0


def install(program: Program) -> str:
    """Install a program, where that is possible; else say why not."""
    if not shutil.which("apt-get"):
        return "there is no apt-get here to install it with"
    if os.geteuid() != 0 and not may_sudo():
        return f"it needs root: sudo apt-get install {program.package}"
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    print(f"\n== installing {program.package} for tests/{program.tests} (once)", flush=True)
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", program.package]):
        command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", *APT_OPTIONS, *arguments]
        done = subprocess.run(command, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode:
            return f"apt-get {arguments[0]} failed:\n" + "\n".join(done.stdout.splitlines()[-5:])
    return "" if program.file.exists() else f"apt-get installed it, but {program.file} is not there"


def provide(program: Program) -> Outcome | None:
    """See to a program; a failed outcome where one is required (CI) and could not be had."""
    if program.file.exists() or not any((ROOT / "tests" / program.tests).glob("test_*.py")):
        return None
    begun = time.perf_counter()
    reason = install(program)
    if not reason:
        return None
    print(f"no {program.package}, so some of tests/{program.tests} cannot run: {reason}", flush=True)
    name = f"{program.package} for tests/{program.tests}"
    return Outcome(name, False, time.perf_counter() - begun) if os.environ.get("CI") else None


def print_summary(outcomes: list[Outcome]) -> None:
    """One table, and the counts of the tests as the last line."""
    width = max(len(outcome.name) for outcome in outcomes)
    print("\n== summary")
    for outcome in outcomes:
        verdict = "passed" if outcome.passed else "FAILED"
        line = f"{verdict}  {outcome.name:<{width}}  {outcome.seconds:7.1f} s  {outcome.counts}"
        print(line.rstrip())
    counts = [outcome.counts for outcome in outcomes if outcome.counts]
    failed = sum(not outcome.passed for outcome in outcomes)
    print(counts[-1] if counts else f"{len(outcomes) - failed} passed, {failed} failed", flush=True)


def main() -> int:
    """Run what was asked for; 0 if all of it passed, else 1."""
    assert __doc__ is not None
    summary, _, usage = __doc__.partition("\n")
    parser = argparse.ArgumentParser(
        prog="crossdock test",
        description=summary,
        epilog=usage,
        formatter_class=argparse.RawTextHelpFormatter,
    )
    parser.add_argument("--only", choices=("lint", "types", "tests"), help="run one part (default: all)")
    chosen, pytest_arguments = parser.parse_known_args()
    outcomes: list[Outcome] = []
    if chosen.only in (None, "tests"):
        outcomes.extend(missing for program in PROGRAMS if (missing := provide(program)))
    wanted = [step for step in steps(pytest_arguments) if chosen.only in (None, step.part)]
    outcomes.extend(take(step) for step in wanted)
    print_summary(outcomes)
    return 0 if all(outcome.passed for outcome in outcomes) else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
