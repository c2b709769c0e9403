"""Messages that the layer says it has set aside, as its own list of dead letters tells of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..simulators.journal import Entry
from . import entry_detail

LIST, REPLAY = "listDeadLetters", "replayDeadLetter"
SET_ASIDE, REPLAYED = "setAside", "replayed"


@dataclass(slots=True)
class SetAside:
    """One of them. `waits` while it is listed as set aside; `listed` is the exchange of the last list that has it,
    `at` when it was set aside, by the layer's word. `kept` is the exchange of a replay that went well by the layer's
    own word and after which the list has it as before, 0 when there is none.
    """

    letter_id: str
    event_id: str
    event_type: str
    subject: str
    reason: str
    case_id: str
    at: str
    waits: bool = True
    listed: int = 0
    replayed: int = 0
    kept: int = 0

    @property
    def what(self) -> str:
        """What it is and whose, in words."""
        return f"{self.event_type} {self.subject}".strip()

    def told(self, letter: Mapping[str, Any], exchange: int) -> None:
        """It is in a list again."""
        again = str(letter["setAsideAt"]) != self.at
        self.at, self.case_id, self.reason = str(letter["setAsideAt"]), letter.get("caseId", ""), letter["reason"]
        self.waits, self.listed = letter["status"] == SET_ASIDE, exchange
        self.replayed = 0 if again else self.replayed
        self.kept = self.replayed if self.waits else 0

    def tried(self, letter: Mapping[str, Any], exchange: int) -> None:
        """It was given to the layer once more."""
        self.at, self.waits = str(letter["setAsideAt"]), letter["status"] == SET_ASIDE
        self.replayed, self.kept = (exchange, 0) if letter["status"] == REPLAYED else (0, 0)

    @classmethod
    def of(cls, letter: Mapping[str, Any]) -> SetAside:
        """As contracts/layer/v1/openapi.yaml has a dead letter."""
        return cls(
            letter_id=letter["deadLetterId"],
            event_id=letter.get("eventId", ""),
            event_type=letter.get("eventType", ""),
            subject=letter.get("subject", ""),
            reason=letter["reason"],
            case_id=letter.get("caseId", ""),
            at=str(letter["setAsideAt"]),
        )


def letters(entry: Entry) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Of an answer to either operation: (CRM order, "" where nobody can tell; the letter)."""
    body, orders = entry_detail.member(entry, "body"), entry_detail.member(entry, "orders") or {}
    if isinstance(body, dict):
        for letter in body["items"] if entry.name == LIST else (body,):
            yield orders.get(letter["deadLetterId"], ""), letter


def none_waits(kept: Iterable[Mapping[str, SetAside]]) -> None:
    """A new list begins: of those that were set aside, only what it has still is."""
    for each in kept:
        for known in each.values():
            known.waits = False


def taken_in(entry: Entry, kept: Callable[[str], dict[str, SetAside]]) -> Iterator[tuple[str, SetAside]]:
    """Each letter of an answer to either operation, as what is known of it by now; `kept` are those of an order."""
    for order_id, letter in letters(entry):
        known = kept(order_id).setdefault(letter["deadLetterId"], SetAside.of(letter))
        (known.told if entry.name == LIST else known.tried)(letter, entry.exchange)
        yield order_id, known


def is_first_page(entry: Entry) -> bool:
    """Whether a list begins with this answer: what is not in it is set aside no longer."""
    return entry.name == LIST and entry_detail.member(entry, "page") == 0
