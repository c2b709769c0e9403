"""Equal findings are told once."""

import msgspec

from crossdock.reports.folding import folded
from crossdock.tests.reports.sample import BILLS_ORDERED


def test_findings_of_equal_key_are_one_with_all_their_evidence() -> None:
    again = msgspec.structs.replace(BILLS_ORDERED, summary="said otherwise", exchanges=(34, 77))
    other = msgspec.structs.replace(BILLS_ORDERED, key="M1:price")

    found = folded([BILLS_ORDERED, other, again])

    assert [(each.finding.key, each.times) for each in found] == [("M1:quantity", 2), ("M1:price", 1)]
    assert found[0].finding.summary == BILLS_ORDERED.summary
    assert found[0].finding.exchanges == (*BILLS_ORDERED.exchanges, 77)


def test_equal_findings_of_two_worlds_stay_two_since_each_has_its_own_journal() -> None:
    elsewhere = msgspec.structs.replace(BILLS_ORDERED, world=2)

    found = folded([BILLS_ORDERED, elsewhere])

    assert [(each.finding.world, each.finding.exchanges) for each in found] == [
        (1, BILLS_ORDERED.exchanges),
        (2, BILLS_ORDERED.exchanges),
    ]


def test_no_findings_fold_to_none() -> None:
    assert folded([]) == []
