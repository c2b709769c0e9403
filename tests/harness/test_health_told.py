"""Whether the layer's health tells the same number of dead letters as its own list of them."""

from datetime import datetime
from typing import Any

import msgspec
import pytest

from crossdock.harness.health_told import HealthTold, OtherNumber
from crossdock.simulators.clock import START
from crossdock.simulators.journal import Entry


def told(*answers: int | str) -> HealthTold:
    """Numbers are lists with so many set aside, texts what the health says of them ("": nothing)."""
    health = HealthTold()
    for number, answer in enumerate(answers, 1):
        if isinstance(answer, int):
            letters = [{"status": "setAside"}] * answer + [{"status": "replayed"}]
            name, detail = "listDeadLetters", {"page": 0, "body": raw({"items": letters, "nextCursor": None})}
        else:
            name, detail = (
                "getHealth",
                {"body": raw({"status": "up"} | ({"deadLetters": int(answer)} if answer else {}))},
            )
        at = datetime.fromisoformat(START)
        health.take(
            Entry(
                seq=number,
                at=at,
                wire_s=0.0,
                party="layer",
                kind="ok",
                channel="people",
                name=name,
                exchange=number,
                detail=detail,
            )
        )
    return health


def raw(document: dict[str, Any]) -> msgspec.Raw:
    return msgspec.Raw(msgspec.json.encode(document))


def test_another_number_than_the_list_has_before_and_after_is_wrong() -> None:
    assert told(2, "0", 2).found == [OtherNumber(said=0, asked=2, listed=2, list_asked=3)]


@pytest.mark.parametrize(
    "answers", [(2, "2"), (2, "2", 2), (2, "1", 1), (2, "0", 3), (2, "0"), (2, "", 2), ("0", 2, 2)], ids=str
)
def test_a_number_is_right_told_by_nobody_or_may_have_changed_meanwhile(answers: tuple[int | str, ...]) -> None:
    assert told(*answers).found == []
