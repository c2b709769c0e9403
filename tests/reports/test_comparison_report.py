"""Comparisons, told to people."""

from __future__ import annotations

import msgspec
import pytest

from crossdock.contracts.runs_compared import Comparison, compare
from crossdock.reports.comparison_report import FORMATS
from crossdock.tests.contracts.test_repeats import finding
from crossdock.tests.contracts.test_runs_compared import HERE, ran

MARKUP = finding("S1/CO-1/status/4", "story", "<b>&|*B*")
COMPARED = compare([ran(HERE)], [ran(MARKUP), ran()])

TERMINAL = """\
1 flaky, 1 fixed
2 runs (run, run) against 1 run (run)

flaky: not in every run:
  S1  story, order <b>&|*B*: S1/CO-1/status/4 is broken (now 1 of 2 runs, before 0 of 1)

fixed:
  E1  story, order A: E1/CO-1/ is broken (now 0 of 2 runs, before 1 of 1)
"""


def test_on_a_terminal_each_sort_has_its_lines() -> None:
    assert FORMATS["terminal"](COMPARED) == TERMINAL


@pytest.mark.parametrize(("form", "hidden"), [("html", "&lt;b&gt;&amp;|*B*"), ("markdown", r"\<b\>\&\|\*B\*")])
def test_what_a_system_under_test_said_can_not_do_anything(form: str, hidden: str) -> None:
    text = FORMATS[form](COMPARED)

    assert hidden in text
    assert "<b>" not in text


def test_as_json_it_is_the_document() -> None:
    assert msgspec.json.decode(FORMATS["json"](COMPARED), type=Comparison) == COMPARED


@pytest.mark.parametrize("form", FORMATS)
def test_where_nothing_failed_that_is_said(form: str) -> None:
    text = FORMATS[form](compare([ran()], [ran()]))

    assert "No failures on either side" in text or form == "json"


def test_a_scenario_that_is_new_is_told_from_one_that_began_to_fail() -> None:
    assert "not put to the test before" in FORMATS["terminal"](compare([ran(tested=False)], [ran(HERE)]))
    assert "not put to the test before" not in FORMATS["terminal"](compare([ran()], [ran(HERE)]))
