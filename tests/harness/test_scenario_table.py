"""The table of all scenarios, and the page that shows it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from crossdock.harness.cli.listing import command
from crossdock.scenarios.scenario import library

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "scenarios.md"


def test_the_page_shows_what_the_command_prints() -> None:
    printed = CliRunner().invoke(command, ["scenarios", "--markdown"])

    assert printed.exit_code == 0
    again = "write it anew with `crossdock list scenarios --markdown`"
    assert PAGE.read_text("utf-8").partition("| scenario |")[2] == printed.output.partition("| scenario |")[2], again


def test_each_scenario_is_there_with_what_strikes_it() -> None:
    rows = {line.split("`")[1]: line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `")}

    assert list(rows) == list(library())
    for name, scenario in library().items():
        assert all(f"`{each['fault']}`" in rows[name] for each in scenario.faults)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["faults", "--markdown"], "crossdock list scenarios --markdown"),
        (["scenarios", "--markdown", "--json"], "exclude each other"),
    ],
)
def test_wrong_usage_is_answered_with_what_to_do(words: list[str], said: str) -> None:
    done = CliRunner().invoke(command, words)

    assert done.exit_code == 2
    assert said in done.output
