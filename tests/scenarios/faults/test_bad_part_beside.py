"""bad-part-beside: something useless stands beside something good in one document."""

from crossdock.tests.scenarios.conftest import Wire
from crossdock.tests.scenarios.written import FILE, INTERCHANGE


def test_a_set_whose_count_is_wrong_stands_before_the_good_one(wire: Wire) -> None:
    armed = wire.arm("bad-part-beside", party="west", document="945")
    effect = wire.document("west", "945", content=INTERCHANGE)
    assert effect is not None
    assert effect.tells, "the good one is as good as ever"
    written = (effect.appearances[0].content or b"").decode().splitlines()
    assert [line for line in written if line[:2] in ("ST", "SE", "GE")] == [
        "ST*945*0002~",
        "SE*5*0002~",
        "ST*945*0001~",
        "SE*4*0001~",
        "GE*2*7~",
    ]
    assert armed.fired == 1


def test_a_row_that_nobody_can_use_stands_before_the_good_one_and_the_totals_know_of_it(wire: Wire) -> None:
    wire.arm("bad-part-beside", party="west", document="945")
    effect = wire.document("west", "945", content=FILE)
    assert effect is not None
    *_, bad, good, trailer = (effect.appearances[0].content or b"").decode().splitlines()
    assert bad.startswith("SHP-1X,")
    assert ",EA,ZQ," in bad
    assert good.startswith("SHP-1,")
    assert trailer == "TRL,2,8,2"


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.other_documents("bad-part-beside", "945"))
