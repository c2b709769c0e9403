"""The comment for a pull request."""

import re

import msgspec
import pytest

from crossdock.reports.formats.markdown import markdown
from crossdock.tests.reports import sample

REPLACE = msgspec.structs.replace


def test_it_is_short_and_says_the_verdict_first() -> None:
    lines = markdown(sample.FAILING).splitlines()

    assert lines[0] == "### ✕ FAIL: bills-ordered-quantity broke its promises in 1 of 5 scenarios"
    assert len(lines) < 30


@pytest.mark.parametrize("hostile", ["| a | b |", "<img src=x>", "*bold* _it_", "[x](http://evil)", "# head", "a\nb"])
def test_text_of_the_result_cannot_become_markup(hostile: str) -> None:
    scenario = REPLACE(sample.PARTIAL, title=hostile, reason=hostile, id="plain")
    (row,) = [
        line for line in markdown(REPLACE(sample.FAILING, scenarios=(scenario,))).splitlines() if "FAIL |" in line
    ]

    assert len(re.findall(r"(?<!\\)\|", row)) == 5, "the table keeps its four columns"
    assert not re.search(r"(?<!\\)[<*_\[](?!br>)", row.split("|")[2])


def test_nobody_is_called_and_no_issue_linked_by_what_a_system_returned() -> None:
    finding = REPLACE(sample.BILLS_ORDERED, actual="@security-team broke #12")
    text = markdown(REPLACE(sample.FAILING, scenarios=(REPLACE(sample.PARTIAL, findings=(finding,)),)))

    assert "@security" not in text
    assert "#12" not in text


@pytest.mark.parametrize("command", ["run `x`", "run ``x`` | tee", "`"])
def test_a_command_stays_in_its_code_span_whatever_is_in_it(command: str) -> None:
    text = markdown(REPLACE(sample.HEALTHY, command=command))
    (fence, inner) = re.findall(r"Repeat the run: (`+)(.*)$", text, re.MULTILINE)[0]

    assert inner.endswith(fence)
    assert fence not in inner[: -len(fence)]


def test_names_in_backticks_stay_code() -> None:
    assert "capability `cancel`" in markdown(sample.FAILING)


def test_more_than_five_findings_are_counted() -> None:
    findings = tuple(REPLACE(sample.BILLS_ORDERED, key=str(number)) for number in range(9))
    text = markdown(REPLACE(sample.FAILING, scenarios=(REPLACE(sample.PARTIAL, findings=findings),)))

    assert "**5. M1" in text
    assert "**6. M1" not in text
    assert "… and 4 more findings" in text
