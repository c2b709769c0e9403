"""number-reused: a new document comes under the number of an old one."""

import pytest

from crossdock.simulators.channels.files.interference import PutOut
from crossdock.tests.scenarios.conftest import Wire
from crossdock.tests.scenarios.written import FILE, INTERCHANGE

EARLIER = PutOut("old", 3)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            INTERCHANGE,
            INTERCHANGE.replace(b"000000007", b"000000003").replace(b"*7*X", b"*3*X").replace(b"GE*1*7", b"GE*1*3"),
        ),
        (FILE, FILE.replace(b",7,", b",3,")),
    ],
    ids=["x12", "csv"],
)
def test_it_bears_the_number_of_the_one_before_it_and_is_told_again_later(
    wire: Wire, content: bytes, expected: bytes
) -> None:
    armed = wire.arm("number-reused", party="west", document="945", after_h=12, again_h=30)
    effect = wire.document("west", "945", previous=EARLIER, content=content)
    assert effect is not None
    (appearance,) = effect.appearances
    assert appearance.content == expected
    assert (appearance.after_h, appearance.behind) == (12, EARLIER.name)
    assert not effect.tells, "nobody can be asked to act upon it"
    assert effect.again_h == 30
    assert armed.fired == 1


def test_where_there_is_none_before_it_nothing_is_struck(wire: Wire) -> None:
    armed = wire.arm("number-reused", party="west", document="945")
    assert wire.document("west", "945", content=INTERCHANGE) is None
    assert armed.fired == 0


def test_no_other_message_is_struck(wire: Wire) -> None:
    assert not any(wire.other_documents("number-reused", "945"))
