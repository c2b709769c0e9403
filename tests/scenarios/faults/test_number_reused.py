"""number-reused: a new document comes under the number of an old one."""

import pytest

from crossdock.simulators.channels.files.interference import PutOut
from crossdock.tests.scenarios.conftest import Wire

EARLIER = PutOut("old", 3)
INTERCHANGE = (
    "ISA*00*          *00*          *ZZ*WEST           *ZZ*CROSSDOCK      *260302*0800*U*00401*000000007*0*P*>~\n"
    "GS*SW*WEST*CROSSDOCK*20260302*0800*7*X*004010~\nST*945*0001~\nSE*2*0001~\nGE*1*7~\nIEA*1*000000007~\n"
)
FILE = "HDR,ship_confirm,WEST,CROSSDOCK,7,2026-03-02T08:00:00Z,1\r\nshipment_id\r\nTRL,0\r\n"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            INTERCHANGE,
            INTERCHANGE.replace("000000007", "000000003").replace("*7*X", "*3*X").replace("GE*1*7", "GE*1*3"),
        ),
        (FILE, FILE.replace(",7,", ",3,")),
    ],
    ids=["x12", "csv"],
)
def test_it_bears_the_number_of_the_one_before_it_and_is_told_again_later(
    wire: Wire, content: str, expected: str
) -> None:
    armed = wire.arm("number-reused", party="west", document="945", after_h=12, again_h=30)
    effect = wire.document("west", "945", previous=EARLIER, content=content.encode())
    assert effect is not None
    (appearance,) = effect.appearances
    assert appearance.content == expected.encode()
    assert appearance.after_h == 12
    assert not effect.tells, "nobody can be asked to act upon it"
    assert effect.again_h == 30
    assert armed.fired == 1


def test_where_there_is_none_before_it_nothing_is_struck(wire: Wire) -> None:
    armed = wire.arm("number-reused", party="west", document="945")
    assert wire.document("west", "945", content=INTERCHANGE.encode()) is None
    assert armed.fired == 0


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.other_documents("number-reused", "945"))
