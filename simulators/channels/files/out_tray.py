"""What a party lays out for its partner: documents that tell events, and documents that answer files."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

import msgspec

from ....contracts.objects import CloudEvent
from ...party import Party
from ...transport import Answered, Delivery, NotDelivered
from ...world import World
from ..sftp.interference import Placement
from ..sftp.mailbox import Fetched, Mailbox, Moved, Removed
from ..sftp.status import FileRefused
from .format import FileFormat
from .interference import Appearance, DocumentEffect, DocumentMessage, PutOut
from .request import FileDocument

REMEMBERED = 10_000  # events whose documents may be told once more, and documents that a partner may complain about
MOST_TRIES = 240  # ten business days, an hour apart
AS_IT_IS = Appearance()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document with what it is about. `event` and `delivery` where it tells one; `exchange` that of what it answers,
    0 otherwise; `answered` ends the exchange of the event.
    """

    document: FileDocument
    orders: tuple[str, ...]
    exchange: int = 0
    event: CloudEvent | None = None
    delivery: Delivery | None = None
    answered: Answered | None = None


@dataclass(frozen=True, slots=True)
class _Expected:
    """What a partner has to fetch for the event to count as told; `tells` False: it never does."""

    sheet: Sheet
    octets: int
    tells: bool


class OutTray:
    """One party's, for one partner. An event that is told twice is the same document, under the same name."""

    def __init__(self, world: World, party: Party, mailbox: Mailbox, form: FileFormat) -> None:
        self.world, self.party, self.mailbox, self.format = world, party, mailbox, form
        self._told: OrderedDict[str, FileDocument] = OrderedDict()  # event id → the document that told it
        self._sheets: OrderedDict[tuple[str, int], Sheet] = OrderedDict()  # (series, number) → what went out under it
        self._lying: set[str] = set()  # names under which something lies there
        self._previous: dict[str, PutOut] = {}  # kind → the last one that was put out
        self._unfetched: dict[str, _Expected] = {}  # by the name under which it lies there
        self._fetched_at: OrderedDict[str, datetime] = OrderedDict()  # by the document's own name

    def tell(self, delivery: Delivery, body: bytes, answered: Answered) -> None:
        """Put out an event's document; it is answered once the partner has fetched it.

        Raises: NotDelivered when the mailbox takes nothing more.
        """
        event = msgspec.json.decode(body, type=CloudEvent)
        document = self._told.get(event.id)
        if document is None:
            document = self.format.tell(event, self.party.state, self.world.clock.now())
            _remember(self._told, event.id, document)
        order_id = delivery.cause.order_id
        sheet = Sheet(document, (order_id,) if order_id else (), 0, event, delivery, answered)
        try:
            self._put_out(sheet)
        except FileRefused as refused:
            raise NotDelivered(f"{document.name} can't be put out: {refused}", definite=True) from refused

    def answer(self, document: FileDocument, orders: Sequence[str], exchange: int) -> None:
        """Put out what answers a file. Raises: FileRefused when the mailbox takes nothing more."""
        self._put_out(Sheet(document, tuple(orders), exchange))

    def sheet(self, series: str, number: int) -> Sheet | None:
        """What went out under a number, if that was lately."""
        return self._sheets.get((series, number))

    def fetched(self, event: Fetched) -> None:
        """The partner has read all that was there of a file."""
        name = event.path.rpartition("/")[2]
        expected = self._unfetched.get(name)
        if expected is None or (expected.tells and event.octets != expected.octets):
            return
        del self._unfetched[name]
        document, answered = expected.sheet.document, expected.sheet.answered
        _remember(self._fetched_at, document.name, self.world.clock.now())
        if document.group is not None:
            self._note_fetched(event, name, expected.sheet, document.group)
        if answered is None:
            return
        detail = {"file": name, "octets": event.octets, "series": document.series, "number": document.number}
        if expected.tells:
            answered("ok", detail)
        else:
            answered("info", {**detail, "reason": "what it says can't be had from it"})

    def _note_fetched(self, event: Fetched, name: str, sheet: Sheet, group: tuple[str, str]) -> None:
        """From now on the partner owes an acknowledgment; what a fault has altered, its `fault` entry says."""
        functional_id, number = group
        detail = {"file": name, "functionalId": functional_id, "controlNumber": number}
        about = sheet.orders[0] if len(sheet.orders) == 1 else ""
        party, channel = self.party.name, self.format.channel
        self.world.journal.append("note", party, channel, "fetched", client=event.user, order_id=about, detail=detail)

    def put_away(self, event: Moved | Removed) -> None:
        """The partner has done with a file."""
        self._lying.discard(event.path.rpartition("/")[2])

    def _put_out(self, sheet: Sheet) -> None:
        document = sheet.document
        effect = self.world.mail_interference.document(self._message(sheet))
        _remember(self._sheets, (document.series, document.number), sheet)
        if effect is None:
            self._lay(sheet, AS_IT_IS)
            return
        self._struck(effect, sheet)
        for appearance in effect.appearances:
            if appearance.after_h > 0:
                self.world.later(appearance.after_h, partial(self._lay_later, sheet, appearance))
            elif appearance.behind is not None:
                self._lay_later(sheet, appearance)
            else:
                self._lay(sheet, appearance)
        if not effect.appearances and sheet.answered is not None:
            sheet.answered("info", {"file": document.name, "reason": "it was never put out"})
        if effect.again_h is not None:
            self.world.later(effect.again_h, partial(self._again, sheet, effect.again_h))

    def _message(self, sheet: Sheet) -> DocumentMessage:
        document, event = sheet.document, sheet.event
        return DocumentMessage(
            party=self.party.name,
            user=self.mailbox.partner,
            names=self._names(sheet),
            name=document.name,
            content=document.content,
            number=document.number,
            order_ids=sheet.orders,
            about=(event.subject,) if event is not None else (),
            previous=self._previous.get(document.kind),
        )

    def _names(self, sheet: Sheet) -> tuple[str, ...]:
        return (sheet.document.kind, *((sheet.event.type,) if sheet.event is not None else ()))

    def _lay_later(self, sheet: Sheet, appearance: Appearance, tries: int = 1) -> None:
        """Once there is room for it, and nobody has still to read what lies there under its name, or what it is to come
        behind; where that takes too long, under its own name.
        """
        if tries == MOST_TRIES:
            appearance = replace(appearance, name=None, behind=None)
        if appearance.name not in self._lying and appearance.behind not in self._unfetched:
            with suppress(FileRefused):
                self._lay(sheet, appearance)
                return
        if tries < MOST_TRIES:
            self.world.later(1, partial(self._lay_later, sheet, appearance, tries + 1))
        elif sheet.answered is not None:
            sheet.answered("info", {"file": sheet.document.name, "reason": "there was never room for it"})

    def _lay(self, sheet: Sheet, appearance: Appearance) -> None:
        """Raises: FileRefused when the mailbox takes nothing more."""
        document = sheet.document
        name = document.name if appearance.name is None else appearance.name
        content = document.content if appearance.content is None else appearance.content
        cut = appearance.octets is not None
        self.mailbox.deposit(
            name,
            content,
            order_id=next(iter(sheet.orders), ""),
            correlation=sheet.event.correlationid if sheet.event is not None else "",
            replace=True,
            names=self._names(sheet),
            placement=Placement(octets=appearance.octets, rest_after=appearance.rest_after_s) if cut else None,
        )
        self._lying.add(name)
        self._previous[document.kind] = PutOut(name, document.number)
        self._unfetched[name] = _Expected(sheet, len(content), appearance.tells)

    def _again(self, sheet: Sheet, hours: float, tries: int = MOST_TRIES) -> None:
        """A new document for an event; what answers something is put out as it is. Whoever fetches late has so many
        hours with the first one all the same: else nobody could tell what came of it.
        """
        if tries > 0 and any(expected.sheet is sheet for expected in self._unfetched.values()):
            self.world.later(1, partial(self._again, sheet, hours, tries - 1))
            return
        fetched = self._fetched_at.get(sheet.document.name)
        waited = (self.world.clock.now() - fetched).total_seconds() / 3600 if fetched is not None else hours
        if waited < hours:
            self.world.later(hours - waited, partial(self._again, sheet, 0.0, 0))
            return
        if sheet.event is None or sheet.delivery is None:
            self._lay_later(sheet, AS_IT_IS)
            return
        self._told.pop(sheet.event.id, None)
        self.world.outbox.repeat(sheet.delivery)

    def _struck(self, effect: DocumentEffect, sheet: Sheet) -> None:
        document = sheet.document
        detail: dict[str, Any] = {"document": document.name, "kind": document.kind, "how": effect.how}
        if any(each.content is not None or each.octets is not None for each in effect.appearances):
            detail["altered"] = True
        if sheet.event is None and not effect.appearances and effect.again_h is None:
            detail["unanswered"] = True  # whoever sent what it answers never hears what became of it
        if sheet.event is not None:
            detail["event"] = sheet.event.id
            if not effect.tells:
                came = bool(effect.appearances)
                detail["untold"] = {"series": document.series, "number": document.number, "came": came}
                if effect.unfit:
                    detail["untold"]["unfit"] = True
        for order_id in sheet.orders or ("",):
            self.world.journal.append(
                "fault",
                self.party.name,
                self.format.channel,
                effect.fault,
                exchange=sheet.exchange,
                order_id=order_id,
                detail=detail,
            )


def _remember(known: OrderedDict[Any, Any], key: object, value: object) -> None:
    known[key] = value
    if len(known) > REMEMBERED:
        known.popitem(last=False)
