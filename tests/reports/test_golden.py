"""What people see, whole. After a change that is meant, rewrite the files and read the difference:

UPDATE_GOLDEN=1 python -m pytest tests/reports/test_golden.py
"""

import difflib
import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from crossdock.contracts.result import Result
from crossdock.reports.check_format import check_formats
from crossdock.reports.diff_format import diff_formats
from crossdock.reports.format import formats
from crossdock.reports.plain import plain
from crossdock.reports.provider_format import provider_formats
from crossdock.reports.terminal import render_terminal
from crossdock.tests.reports import check_sample, diff_sample, provider_sample, sample

FOLDER = Path(__file__).parent / "golden"
REPORT = ".crossdock/latest/report.html"


def on_a_terminal(result: Result) -> str:
    """At a hundred columns; without colour, so that the file can be read."""
    stream = io.StringIO()
    render_terminal(result, Console(file=stream, width=100, force_terminal=True, color_system=None), REPORT)
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines())


GOLDEN: dict[str, Callable[[], str]] = {
    "failing.terminal.txt": lambda: on_a_terminal(sample.FAILING),
    "healthy.terminal.txt": lambda: on_a_terminal(sample.HEALTHY),
    "unreachable.terminal.txt": lambda: on_a_terminal(sample.UNREACHABLE),
    "failing.plain.txt": lambda: plain(sample.FAILING, REPORT),
    "unreachable.plain.txt": lambda: plain(sample.UNREACHABLE, REPORT),
    "failing.junit.xml": lambda: formats["junit"](sample.FAILING),
    "healthy.junit.xml": lambda: formats["junit"](sample.HEALTHY),
    "unreachable.junit.xml": lambda: formats["junit"](sample.UNREACHABLE),
    "failing.md": lambda: formats["markdown"](sample.FAILING),
    "healthy.md": lambda: formats["markdown"](sample.HEALTHY),
    "unreachable.md": lambda: formats["markdown"](sample.UNREACHABLE),
    "check.failing.txt": lambda: check_formats["terminal"](check_sample.FAILING),
    "check.healthy.txt": lambda: check_formats["terminal"](check_sample.HEALTHY),
    "check.broken.txt": lambda: check_formats["terminal"](check_sample.BROKEN),
    "check.failing.junit.xml": lambda: check_formats["junit"](check_sample.FAILING),
    "check.broken.junit.xml": lambda: check_formats["junit"](check_sample.BROKEN),
    "check.failing.sarif": lambda: check_formats["sarif"](check_sample.FAILING),
    "diff.everything.txt": lambda: diff_formats["terminal"](diff_sample.EVERYTHING),
    "diff.endangered.txt": lambda: diff_formats["terminal"](diff_sample.ENDANGERED),
    "diff.nothing.txt": lambda: diff_formats["terminal"](diff_sample.NOTHING),
    "diff.everything.md": lambda: diff_formats["markdown"](diff_sample.EVERYTHING),
    "diff.endangered.md": lambda: diff_formats["markdown"](diff_sample.ENDANGERED),
    "diff.nothing.md": lambda: diff_formats["markdown"](diff_sample.NOTHING),
    "provider.failing.txt": lambda: provider_formats["terminal"](provider_sample.FAILING),
    "provider.healthy.txt": lambda: provider_formats["terminal"](provider_sample.HEALTHY),
    "provider.broken.txt": lambda: provider_formats["terminal"](provider_sample.BROKEN),
    "provider.failing.junit.xml": lambda: provider_formats["junit"](provider_sample.FAILING),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_what_people_see_is_what_was_approved(name: str) -> None:
    seen, file = GOLDEN[name](), FOLDER / name
    if os.environ.get("UPDATE_GOLDEN"):
        FOLDER.mkdir(exist_ok=True)
        file.write_text(seen, encoding="utf-8")
    approved = file.read_text(encoding="utf-8") if file.exists() else ""
    if seen != approved:
        lines = difflib.unified_diff(approved.splitlines(), seen.splitlines(), "approved", "seen now", lineterm="")
        told = "\n".join(lines)
        pytest.fail(f"{name} has changed. If that is meant: UPDATE_GOLDEN=1, then read it.\n{told}", pytrace=False)


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(GOLDEN), "delete the files that no test reads"
