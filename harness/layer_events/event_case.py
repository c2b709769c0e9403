"""The events that are sent, made from the examples and schemas of contracts/events."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import msgspec

from ...contracts.asyncapi import EventContract

# The mark in the ids of all examples; what is sent has a mark of its own in its place, by which it is known again.
EXAMPLES_MARK = "7K3F"
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
JSON = "application/cloudevents+json"
STALE_S = 3_600
# Of each type so many fields are left out, one after the other.
FIELDS_LEFT_OUT = 3
Signer: TypeAlias = Literal["party", "another party", "stranger", "nobody"]


@dataclass(frozen=True, slots=True)
class EventCase:
    """One delivery. `what` says in words what is wrong with it, "" when nothing is; `rule` is the one that it tries;
    `signer` is whose secret it is signed with, `age_s` how old it pretends to be, `tampered` changes it after signing.
    """

    type: str
    rule: str
    what: str
    mark: str
    body: bytes
    media_type: str = JSON
    signer: Signer = "party"
    age_s: int = 0
    tampered: bool = False


class Marks:
    """One mark after the other, none twice."""

    def __init__(self, seed: int) -> None:
        self._next = seed * 1_000

    def fresh(self) -> str:
        number, self._next = self._next, self._next + 1
        letters = []
        for _ in EXAMPLES_MARK:
            number, digit = divmod(number, len(LETTERS))
            letters.append(LETTERS[digit])
        return "".join(letters)


def cases(contracts: Sequence[EventContract], party: str, seed: int) -> Iterator[EventCase]:
    """What is sent in the name of a party that sends events of these types. The same seed makes the same cases."""
    marks = Marks(seed)
    for contract in contracts:
        event, mark = _example(contract, party, marks)
        yield _case(contract, "event-taken", "", mark, event)
        yield from _broken_data(contract, party, marks)
    if contracts:
        yield from _forged(contracts[0], party, marks)
        yield from _no_events(contracts[0], party, marks)


def _broken_data(contract: EventContract, party: str, marks: Marks) -> Iterator[EventCase]:
    count = 0
    for name in _example(contract, party, marks)[0]["data"]:
        event, mark = _example(contract, party, marks)
        del event["data"][name]
        if not contract.data.is_valid(event["data"]):
            yield _case(contract, "nothing-dropped", f"data without {name}", mark, event)
            count += 1
        if count == FIELDS_LEFT_OUT:
            break
    event, mark = _example(contract, party, marks)
    event["data"] = {name: [] for name in event["data"]}
    yield _case(contract, "nothing-dropped", "data whose fields are all empty lists", mark, event)


def _forged(contract: EventContract, party: str, marks: Marks) -> Iterator[EventCase]:
    ways: Mapping[str, dict[str, Any]] = {
        "no signature": {"signer": "nobody"},
        "a signature by a secret that nobody knows": {"signer": "stranger"},
        "a signature by another party": {"signer": "another party"},
        "a timestamp of an hour ago": {"age_s": STALE_S},
        "a timestamp an hour ahead": {"age_s": -STALE_S},
        "a body that was changed after it was signed": {"tampered": True},
    }
    for what, how in ways.items():
        event, mark = _example(contract, party, marks)
        case = _case(contract, "forged-event", what, mark, event)
        yield EventCase(case.type, case.rule, case.what, case.mark, case.body, **how)


def _no_events(contract: EventContract, party: str, marks: Marks) -> Iterator[EventCase]:
    ways: tuple[tuple[str, Callable[[bytes], bytes], str], ...] = (
        ("JSON that is cut off", lambda body: body[:-1], JSON),
        ("no JSON", lambda _: b"orders, orders, orders", JSON),
        ("a list", lambda _: b"[]", JSON),
        ("media type text/plain", lambda body: body, "text/plain"),
    )
    event, _ = _example(contract, party, marks)
    for what, change, media_type in ways:
        like, mark = _example(contract, party, marks)
        yield EventCase(contract.type, "no-event", what, mark, change(msgspec.json.encode(like)), media_type)
    for name in event:
        less, mark = _example(contract, party, marks)
        del less[name]
        if not contract.event.is_valid(less):
            yield _case(contract, "no-event", f"no {name}", mark, less)
    for name, value in {"specversion": "0.3", "id": 7, "type": "", "data": "text"}.items():
        other, mark = _example(contract, party, marks)
        yield _case(contract, "no-event", f"{name} {value!r}", mark, other | {name: value})


def _example(contract: EventContract, party: str, marks: Marks) -> tuple[dict[str, Any], str]:
    """The first example with a fresh mark in all of its ids, in the party's own name."""
    mark = marks.fresh()
    text = msgspec.json.encode(contract.examples[0]).replace(EXAMPLES_MARK.encode(), mark.encode())
    return {**msgspec.json.decode(text), "source": f"/parties/{party}"}, mark


def _case(contract: EventContract, rule: str, what: str, mark: str, event: Mapping[str, Any]) -> EventCase:
    return EventCase(contract.type, rule, what, mark, msgspec.json.encode(event))
