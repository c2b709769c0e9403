"""Which steps a finding rests on."""

import msgspec
import pytest

from crossdock.contracts.result import Finding, OrderResult
from crossdock.reports.evidence import evidence_of
from crossdock.tests.reports.sample import step

REPLACE = msgspec.structs.replace
FINDING = Finding(invariant="M1", key="k", summary="s", expected="e", actual="a", order_id="O-1", exchanges=(7, 3))
ORDER = OrderResult(
    name="A",
    order_id="O-1",
    timeline=(step(3, 0, "erp > layer", "x"), step(5, 1, "layer > erp", "y"), step(7, 2, "layer > erp", "z")),
)
OTHER = OrderResult(name="B", order_id="O-2", timeline=(step(7, 0, "layer > erp", "w"),))


def test_evidence_stands_in_the_order_of_the_timeline_with_letters() -> None:
    evidence, elsewhere = evidence_of(4, FINDING, [ORDER])

    assert [(item.mark, item.step.label) for item in evidence] == [("4a", "x"), ("4b", "z")]
    assert elsewhere == ()


def test_evidence_is_looked_for_in_the_findings_own_order_only() -> None:
    evidence, _ = evidence_of(1, FINDING, [OTHER, ORDER])

    assert {item.order for item in evidence} == {1}


def test_a_finding_about_no_order_looks_in_all_of_them() -> None:
    evidence, _ = evidence_of(1, REPLACE(FINDING, order_id=""), [OTHER, ORDER])

    assert {item.order for item in evidence} == {0, 1}


def test_what_no_timeline_shows_is_named_as_a_journal_number() -> None:
    evidence, elsewhere = evidence_of(1, REPLACE(FINDING, exchanges=(3, 99)), [ORDER])

    assert [item.step.seq for item in evidence] == [3]
    assert elsewhere == (99,)


def test_a_step_highlighted_for_the_invariant_is_evidence_without_being_named() -> None:
    lit = step(5, 1, "layer > erp", "y", highlight=True, invariants=("M1",))
    foreign = step(6, 1, "layer > erp", "v", highlight=True, invariants=("E1",))
    evidence, _ = evidence_of(1, REPLACE(FINDING, exchanges=()), [REPLACE(ORDER, timeline=(lit, foreign))])

    assert [item.step.label for item in evidence] == ["y"]


@pytest.mark.parametrize(("position", "letters"), [(0, "a"), (25, "z"), (26, "aa"), (701, "zz"), (702, "aaa")])
def test_letters_go_on_after_z(position: int, letters: str) -> None:
    timeline = tuple(step(number, 0, "layer > erp", "x") for number in range(position + 1))
    finding = REPLACE(FINDING, exchanges=tuple(range(position + 1)))

    evidence, _ = evidence_of(1, finding, [REPLACE(ORDER, timeline=timeline)])

    assert evidence[-1].mark == f"1{letters}"
