"""How a history gets into a journal: exchanges, commits and events, as the simulators write them."""

from datetime import timedelta
from typing import Any

import msgspec

from crossdock.contracts.objects import CloudEvent
from crossdock.simulators.journal import Committed, Entry
from crossdock.tests.harness.records import ORDER_ID, START

CORRELATION = "CORR-1"
Written = list[tuple[str, str, Any]]


class Journaling:
    """Takes statements, has the method `do_<verb>` carry them out, and keeps the entries."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.correlation = CORRELATION
        self.marked: list[int] = []
        self.events: dict[tuple[str, str], str] = {}
        self.later = 0.0

    def tell(self, statement: str) -> None:
        words = statement.split()
        if not words:
            return
        if words[-1] == "*":
            words.pop()
            self.marked.append(len(self.entries) + 1)
        self.correlation = words.pop()[1:] if words[-1].startswith("~") else CORRELATION
        verb, *arguments = words
        getattr(self, f"do_{verb.replace('-', '_')}")(*arguments)

    def append(self, kind: Any, party: str, channel: Any, name: str, **fields: Any) -> int:
        seq = len(self.entries) + 1
        at = START + timedelta(hours=seq)
        wire_s = round(seq + self.later, 3)
        self.entries.append(
            Entry(seq=seq, at=at, wire_s=wire_s, party=party, kind=kind, channel=channel, name=name, **fields)
        )
        return seq

    def commit(
        self,
        party: str,
        channel: str,
        name: str,
        written: Written,
        *events: tuple[str, str, Any],
        exchange: int = 0,
        about: str = ORDER_ID,
    ) -> None:
        """What a rule changed. Only what a call of the layer caused carries the call's correlation id."""
        correlation = self.correlation if exchange else ""
        announced = [self.event(party, correlation, *event) for event in events]
        typed = [(kind, key, msgspec.convert(msgspec.to_builtins(what), type(what))) for kind, key, what in written]
        detail = Committed(records=typed, events=announced)
        own = {"exchange": exchange, "correlation": correlation, "order_id": about, "detail": detail}
        self.append("commit", party, channel, name, **own)

    def event(self, party: str, correlation: str, kind: str, subject: str, data: Any) -> CloudEvent:
        event_id = f"EV-{len(self.events) + 1}"
        self.events[(kind, subject)] = event_id
        return CloudEvent(
            specversion="1.0",
            id=event_id,
            source=f"/parties/{party}",
            type=f"crossdock.{kind}.v1",
            subject=subject,
            time=START,
            datacontenttype="application/json",
            correlationid=correlation or (CORRELATION if kind == "order.submitted" else ORDER_ID),
            traceparent=f"00-{1:032x}-{1:016x}-01",
            sequence=1,
            data=msgspec.Raw(msgspec.json.encode(data)),
        )

    def call(
        self,
        party: str,
        name: str,
        written: Written,
        *events: tuple[str, str, Any],
        body: Any = None,
        about: str = ORDER_ID,
    ) -> None:
        """A call of the layer that is carried out and answered."""
        detail = {"method": "POST", "body": msgspec.Raw(msgspec.json.encode(body))}
        own = {"correlation": self.correlation, "order_id": about}
        exchange = self.append("invoke", party, "http", name, **own, detail=detail)
        if written:
            self.commit(party, "http", name, written, *events, exchange=exchange, about=about)
        self.append("ok", party, "http", name, exchange=exchange, order_id=about, detail={"status": 200})
