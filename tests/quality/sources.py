"""What the quality tests read: the files of the checkout, and how a finding in one of them is told."""

import ast
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("contracts", "simulators", "scenarios", "harness", "reports")
BESIDE_THE_PRODUCT = ("tests", "examples", "benchmarks")
NOT_OURS = {"__pycache__", "node_modules", "build", "dist", "htmlcov"}
OURS_THOUGH_HIDDEN = {".ci"}


@dataclass(frozen=True, slots=True)
class Source:
    """One text file: its path from the root of the checkout, and what stands in it."""

    path: PurePosixPath
    text: str

    @property
    def part(self) -> str:
        """The top folder, `harness` for harness/cli/main.py; the file's own name at the root."""
        return self.path.parts[0]

    def tree(self) -> ast.Module:
        """The syntax tree of a Python file."""
        return ast.parse(self.text, filename=str(self.path))


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken rule: where, and in `message` what to do instead and because of what."""

    path: PurePosixPath
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


def python(text: str, path: str = "simulators/sample.py") -> Source:
    """A Python source written in a test, to show that a rule can fail."""
    return Source(PurePosixPath(path), text)


def paths() -> Iterator[Path]:
    """Every file of the checkout except what was generated or installed."""
    for folder, subfolders, names in os.walk(ROOT):
        subfolders[:] = sorted(
            name
            for name in subfolders
            if name not in NOT_OURS
            and not name.endswith(".egg-info")
            and (not name.startswith(".") or name in OURS_THOUGH_HIDDEN)
        )
        yield from (Path(folder, name) for name in sorted(names) if name != ".venv-setup.log")


def text_files() -> Iterator[Source]:
    """Every file that is text."""
    for path in paths():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture, a database
        yield Source(PurePosixPath(path.relative_to(ROOT).as_posix()), text)


def python_files(parts: Iterable[str]) -> list[Source]:
    """Every Python file below the given top folders."""
    wanted = set(parts)
    return [source for source in text_files() if source.path.suffix == ".py" and source.part in wanted]


def demand_none(findings: Iterable[Finding]) -> None:
    """Fail with all findings, one a line, and without a traceback that would say nothing."""
    lines = [str(finding) for finding in findings]
    if lines:
        pytest.fail("\n".join(lines), pytrace=False)
