"""What a run leaves on a terminal, in a pipe, and where there is no Unicode."""

import io
from typing import Any

import msgspec
import pytest
from rich.console import Console

from crossdock.contracts.result import Result
from crossdock.reports.terminal import failure, render_terminal, verdict_table
from crossdock.tests.reports import sample

REPLACE = msgspec.structs.replace
REPORT = ".crossdock/latest/report.html"


class Stream(io.TextIOWrapper):
    """A stream that remembers, in the encoding that it is said to have."""

    def __init__(self, encoding: str = "utf-8") -> None:
        self.octets = io.BytesIO()
        super().__init__(self.octets, encoding=encoding, write_through=True)

    def text(self) -> str:
        return self.octets.getvalue().decode(self.encoding)


def shown(result: Result, encoding: str = "utf-8", **console: Any) -> str:
    stream = Stream(encoding)
    settings: dict[str, Any] = {"width": 100, "force_terminal": True, "_environ": {}} | console
    render_terminal(result, Console(file=stream, **settings), REPORT)
    return stream.text()


def test_a_terminal_shows_the_verdict_first_and_the_way_on_last() -> None:
    lines = [line.rstrip() for line in shown(sample.FAILING, color_system=None).splitlines() if line.strip()]

    assert lines[0] == " ✕ FAIL  bills-ordered-quantity broke its promises in 1 of 5 scenarios"
    assert lines[-1] == f"report  {REPORT}"
    assert lines[-2] == f"repeat  {sample.FAILING.command}"


def test_a_terminal_of_a_hundred_columns_is_never_overrun_but_by_what_is_to_be_copied() -> None:
    for line in shown(sample.FAILING, color_system=None).splitlines():
        assert len(line) <= 100 or "repeat  crossdock run" in line


def test_a_terminal_gets_colour() -> None:
    assert "\x1b[" in shown(sample.FAILING, color_system="standard")


@pytest.mark.parametrize("console", [{"force_terminal": False}, {"no_color": True}])
def test_a_pipe_and_no_color_get_no_escape_sequence(console: dict[str, Any]) -> None:
    assert "\x1b" not in shown(sample.FAILING, **console)


def test_no_color_keeps_the_layout() -> None:
    assert "╭─ ✕ M1" in shown(sample.FAILING, no_color=True)


def test_a_pipe_gets_a_line_for_each_scenario_to_grep_and_no_frames() -> None:
    text = shown(sample.FAILING, force_terminal=False)

    assert not set("┏━│╭╰─") & set(text)
    for scenario in sample.FAILING.scenarios:
        assert any(line.startswith(scenario.verdict) and scenario.id in line for line in text.splitlines())
    assert text.endswith(f"report: {REPORT}\n")


def test_long_lines_are_not_broken_in_a_pipe() -> None:
    text = shown(sample.FAILING, force_terminal=False, width=40)

    assert sample.BILLS_ORDERED.because[1] in text


@pytest.mark.parametrize(("encoding", "dot"), [("ascii", "-"), ("cp1252", "·")])
def test_an_output_without_unicode_gets_what_it_can_show(encoding: str, dot: str) -> None:
    text = shown(sample.FAILING, encoding)

    assert "FAIL: bills-ordered-quantity broke its promises" in text
    assert "=> N1 bills 3 EA" in text
    assert f"{dot} Let L be line 1" in text


@pytest.mark.parametrize("settings", [{}, {"force_terminal": False}])
def test_what_a_system_returned_cannot_steer_the_terminal(settings: dict[str, Any]) -> None:
    hostile = "\x1b]0;owned\x07\x1b[2J[bold red]x[/]"
    finding = REPLACE(sample.BILLS_ORDERED, summary=hostile, actual=hostile, because=(hostile,), reproduce=hostile)
    scenario = REPLACE(sample.PARTIAL, reason=hostile, findings=(finding,))
    text = shown(REPLACE(sample.FAILING, scenarios=(scenario,), errors=(hostile,)), color_system=None, **settings)

    assert "\x1b" not in text
    assert "\x07" not in text
    assert "[bold red]" in text, "markup of the console is text like any other"


def test_a_run_that_could_not_begin_says_what_went_wrong() -> None:
    text = shown(sample.UNREACHABLE, color_system=None)

    assert "◇ CONFIG ERROR" in text
    assert "nothing answers at http://127.0.0.1:9" in text
    assert "no scenario ran" in text


def test_many_findings_are_cut_off_with_their_number() -> None:
    findings = tuple(REPLACE(sample.BILLS_ORDERED, key=str(number)) for number in range(30))
    result = REPLACE(sample.FAILING, scenarios=(REPLACE(sample.PARTIAL, findings=findings),))

    for settings, many in (({"color_system": None}, 5), ({"force_terminal": False}, 10)):
        text = shown(result, **settings)
        assert text.count("The customer pays 37.50 USD") == many
        assert f"… and {30 - many} more findings, in the report" in text


def test_table_and_failure_can_be_printed_alone() -> None:
    stream = io.StringIO()
    console = Console(file=stream, width=100, color_system=None)
    console.print(verdict_table(sample.HEALTHY))
    console.print(failure(REPLACE(sample.BILLS_ORDERED, reproduce=""), "crossdock run again"))

    assert "warehouse-outage" in stream.getvalue()
    assert "repeat  crossdock run again" in stream.getvalue()


def test_the_numbers_of_a_finding_are_those_of_the_journal_of_its_world() -> None:
    numbers = ", ".join(map(str, sample.BILLS_ORDERED.exchanges))

    assert f"evidence  journal of world 2 {numbers}" in shown(sample.IN_WORLD_2, color_system=None)
    assert f"evidence  journal {numbers}" in shown(sample.FAILING, color_system=None)
