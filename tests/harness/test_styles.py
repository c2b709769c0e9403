"""Every invariant over healthy layers of every style."""

import pytest

from crossdock.harness.invariant import invariants
from crossdock.tests.harness.histories import judged
from crossdock.tests.harness.styles import HEALTHY, PER_ORDER


def alarms(text: str, **terms: str) -> list[str]:
    """What anybody finds in a history."""
    return [
        f"{finding.invariant}: {' '.join(finding.because)}"
        for invariant in sorted(invariants)
        for finding in judged(invariant, text, **terms).findings
    ]


@pytest.mark.parametrize("style", HEALTHY)
def test_a_healthy_layer_is_found_fault_with_by_nobody(style: str) -> None:
    assert alarms(HEALTHY[style]) == [], f"false alarms about a layer of which {style}"


@pytest.mark.parametrize("style", PER_ORDER)
def test_a_layer_that_bills_per_order_is_found_fault_with_by_nobody(style: str) -> None:
    assert alarms(PER_ORDER[style], billing="per-order") == []


def test_an_empty_journal_exercises_nothing() -> None:
    for invariant in invariants:
        outcome = judged(invariant, "")
        assert outcome.exercised == 0, invariant
        assert not outcome.findings, invariant


def test_an_order_that_nobody_touched_is_held_against_the_layer_once() -> None:
    assert len(alarms("order 1:10")) == 1


def test_each_invariant_is_exercised_by_many_styles() -> None:
    of_itself = {name for name, law in invariants.items() if law.judges("testimony")}
    assert of_itself == {"O1"}, "no style says anything of itself"
    for invariant in sorted(set(invariants) - of_itself):
        exercised = [style for style, text in HEALTHY.items() if judged(invariant, text).exercised]
        enough = 6
        assert len(exercised) >= enough, f"{invariant} is exercised by {exercised} only: add styles"
