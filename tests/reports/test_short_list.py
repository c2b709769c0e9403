"""Which findings a short report tells."""

import msgspec
import pytest

from crossdock.contracts.result import Result
from crossdock.reports.short_list import short_list
from crossdock.tests.reports import sample

REPLACE = msgspec.structs.replace


def run_with(*counts: int, stray: int = 0) -> Result:
    """A run whose scenarios a, b, … have so many findings each: a1, a2, …"""
    scenarios = tuple(
        REPLACE(
            sample.PARTIAL,
            id=letter,
            findings=tuple(REPLACE(sample.BILLS_ORDERED, key=f"{letter}{number}") for number in range(1, many + 1)),
        )
        for letter, many in zip("abcdef", counts, strict=False)
    )
    strays = tuple(REPLACE(sample.BILLS_ORDERED, key=f"stray{number}") for number in range(1, stray + 1))
    return REPLACE(sample.FAILING, scenarios=scenarios, findings=strays)


@pytest.mark.parametrize(
    ("result", "keys", "left_out"),
    [
        (run_with(9, 1), ["a1", "a2", "a3", "b1"], 6),
        (run_with(2, 2, 2), ["a1", "a2", "b1", "c1"], 2),
        (run_with(1, 1), ["a1", "b1"], 0),
        (run_with(5, stray=2), ["a1", "a2", "stray1", "stray2"], 3),
        (run_with(), [], 0),
    ],
)
def test_every_scenario_is_heard_before_one_is_heard_again(result: Result, keys: list[str], left_out: int) -> None:
    listed, more = short_list(result, 4)

    assert [told.finding.key for told in listed] == keys
    assert more == left_out
    assert [told.scenario is None for told in listed] == [key.startswith("stray") for key in keys]
