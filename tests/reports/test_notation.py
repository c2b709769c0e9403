"""The words that every format shares."""

from datetime import timedelta
from typing import get_args

import msgspec
import pytest

from crossdock.contracts.result import Finding, Result, ScenarioResult, VerdictName
from crossdock.reports import notation
from crossdock.tests.reports import sample

VERDICTS: tuple[VerdictName, ...] = get_args(VerdictName)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.0, "0 ms"),
        (0.0084, "8 ms"),
        (0.9994, "999 ms"),
        (0.9996, "1.00 s"),
        (9.994, "9.99 s"),
        (12.43, "12.4 s"),
        (59.96, "1 min 00 s"),
        (125.0, "2 min 05 s"),
    ],
)
def test_wire_time_is_said_as_people_say_it(seconds: float, said: str) -> None:
    assert notation.duration(seconds) == said


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(minutes=45), "45 min"),
        (timedelta(hours=2, minutes=10), "2 h 10 min"),
        (timedelta(days=1, hours=4, minutes=3), "1 day 4 h"),
        (timedelta(days=3), "3 days"),
        (timedelta(seconds=20), "20 s"),
    ],
)
def test_business_time_is_said_in_its_two_largest_units(span: timedelta, said: str) -> None:
    assert notation.elapsed(span) == said


@pytest.mark.parametrize("text", ["\x1b[31m", "a\x00b", "\x9b2J", "\u202eevil", "\ud800", "\x7f"])
def test_what_steers_a_terminal_breaks_xml_or_turns_the_reading_is_replaced(text: str) -> None:
    made = notation.printable(text)

    assert "\ufffd" in made
    assert made.isprintable() or "\n" in made
    made.encode()


def test_ordinary_text_of_any_script_stays_as_it_is() -> None:
    text = "Überweisung 12,50 €\tLampe „Ångström“ 東京\nsecond line"

    assert notation.printable(text) == text


@pytest.mark.parametrize("verdict", VERDICTS)
@pytest.mark.parametrize("scenarios", [(), (sample.HAPPY,), sample.FAILING.scenarios])
def test_only_a_pass_says_that_promises_were_kept(verdict: VerdictName, scenarios: tuple[ScenarioResult, ...]) -> None:
    result = msgspec.structs.replace(sample.HEALTHY, verdict=verdict, scenarios=scenarios)

    said = notation.headline(result)

    assert ("kept every promise" in said) == (verdict == "PASS")
    assert ("broke its promises" in said) == (verdict == "FAIL")
    assert said.startswith("No ") == (verdict not in ("PASS", "FAIL"))


def test_of_what_put_nothing_to_the_test_only_what_the_target_claims_is_counted_and_it_is_named() -> None:
    unclaimed = msgspec.structs.replace(sample.HAPPY, id="not-claimed", verdict="NOT_EXERCISED", checks=())
    never_struck = msgspec.structs.replace(sample.HAPPY, id="never-struck", verdict="NOT_EXERCISED")
    result = msgspec.structs.replace(
        sample.HEALTHY, verdict="NOT_EXERCISED", scenarios=(sample.HAPPY, unclaimed, never_struck)
    )

    said = notation.headline(result)

    assert "1 of 2 scenarios that" in said
    assert said.endswith("put nothing to the test: never-struck")


@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_has_a_symbol_a_label_a_meaning_and_a_next_step_of_its_own(verdict: VerdictName) -> None:
    result = msgspec.structs.replace(sample.HEALTHY, verdict=verdict)

    assert set(notation.WORST_FIRST) == set(VERDICTS)
    assert len(set(notation.SYMBOLS.values())) == len(VERDICTS)
    assert notation.LABELS[verdict]
    assert notation.meaning(verdict)
    assert notation.next_step(result)


def test_scenarios_are_told_the_worst_first_and_otherwise_as_they_came() -> None:
    told = [scenario.id for scenario in notation.by_urgency(sample.FAILING)]

    assert told == ["partial-shipment", "late-milestone", "cancel-before-pick", "happy-path", "warehouse-outage"]


def test_a_finding_without_a_command_is_repeated_with_that_of_its_scenario_or_of_the_run() -> None:
    bare = Finding(invariant="M1", key="k", summary="s", expected="e", actual="a")
    result: Result = sample.FAILING

    assert notation.reproduction(sample.BILLS_ORDERED, sample.PARTIAL, result) == sample.BILLS_ORDERED.reproduce
    assert notation.reproduction(bare, sample.PARTIAL, result) == sample.PARTIAL.reproduce
    assert notation.reproduction(bare, None, result) == result.command


@pytest.mark.parametrize(
    ("order", "order_id", "said"),
    [
        ("", "", ""),
        ("A", "", "order A"),
        ("", "O-1", "order O-1"),
        ("A", "O-1", "order A (O-1)"),
        ("A", "A", "order A"),
    ],
)
def test_an_order_is_called_by_its_name_and_its_id(order: str, order_id: str, said: str) -> None:
    finding = Finding(invariant="M1", key="k", summary="s", expected="e", actual="a", order=order, order_id=order_id)

    assert notation.whose(finding) == said
