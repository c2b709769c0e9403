"""Each class of defect that 997 and TA1 have a code for is found, by that code and no other."""

from __future__ import annotations

import pytest

from crossdock.tests.contracts.edi.defects import DEFECTS, EXPECTED, codes_found, spoil
from crossdock.tests.contracts.edi.generated import interchange

# What a defect brings about besides: the sets of a group that is not supported have no guide there.
ALSO: dict[str, set[str]] = {
    "group_not_supported": {"set 6"},
    "version_not_supported": {"set 1"},
}
PER_DEFECT = 12


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_defect_is_told_by_its_code_and_no_other(defect: str) -> None:
    found = 0
    for seed in range(2_000):
        spoilt = spoil(interchange(seed), defect, seed)
        if spoilt is None:
            continue
        codes = codes_found(spoilt.octets)
        assert EXPECTED[defect] in codes, (seed, codes)
        assert codes - {EXPECTED[defect]} <= ALSO.get(defect, set()), (seed, codes)
        found += 1
        if found == PER_DEFECT:
            return
    pytest.fail(f"{found} of {PER_DEFECT} interchanges have a place for {defect}")


def test_there_is_a_defect_for_every_code_that_can_be_told() -> None:
    told = set(EXPECTED.values())

    assert {f"element {code}" for code in range(1, 11)} <= told
    assert {f"segment {code}" for code in range(1, 8)} <= told
    assert {f"set {code}" for code in (1, 2, 3, 4, 6, 7, 23)} <= told
    assert {f"group {code}" for code in range(1, 7)} <= told
