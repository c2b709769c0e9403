"""A world in which a fault is armed, and messages that may be struck."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from crossdock.scenarios.interference import ArmedFault, Faults
from crossdock.scenarios.mail_faults import MailFaults
from crossdock.scenarios.scenario import fault_of
from crossdock.simulators.channels.files.interference import DocumentEffect, DocumentMessage, PutOut, ReadingEffect
from crossdock.simulators.channels.sftp.interference import Direction, FileEffect, FileMessage, Operation
from crossdock.simulators.channels.sftp.status import Status
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.interference import AnswerEffect, Message, Sendings
from crossdock.simulators.journal import Committed, Kind
from crossdock.simulators.world import World
from crossdock.tests.scenarios.layer_taken import LayerTaken
from crossdock.tests.scenarios.written import INTERCHANGE

SCENARIO = "some-scenario"
# CRM order → the scenario and the order's name in it.
ORDERS = {"CO-A": (SCENARIO, "A"), "CO-A2": (SCENARIO, "A"), "CO-B": (SCENARIO, "B"), "CO-X": ("another-scenario", "A")}


@dataclass
class Wire:
    """What goes over it; each call says what became of the message."""

    clock: ManualClock = field(default_factory=ManualClock)
    layer: LayerTaken = field(default_factory=LayerTaken)
    world: World = field(init=False)
    faults: Faults = field(init=False)
    mail: MailFaults = field(init=False)

    def __post_init__(self) -> None:
        self.world = World("test", self.clock, Ids("T", 1))
        self.faults = Faults(self.world, ORDERS.get, layer=self.layer)
        self.mail = MailFaults(self.faults)
        self.world.set_interference(self.faults, self.mail)
        self.world.journal.subscribe(self.faults.layer_watch.take)

    def arm(self, name: str, **parameters: object) -> ArmedFault:
        armed = ArmedFault(SCENARIO, name, fault_of({"fault": name, **parameters}))
        self.faults.arm(armed)
        return armed

    def request(
        self, party: str, operation: str, order_id: str = "CO-A", *, status: int = 201, in_vain: bool = False
    ) -> AnswerEffect | None:
        """A request that is carried out with this outcome, unless something happens before; `in_vain`: one that breaks
        the contract.
        """
        message = Message("request", party, operation, order_id, in_vain=in_vain)
        effect = self.faults.before(message)
        return effect if effect is not None else self.faults.committed(message, status)

    def event(self, party: str, event_type: str, order_id: str = "CO-A", *, polled: bool = False) -> Sendings | None:
        return self.faults.deliver(Message("event", party, event_type, order_id, polled=polled))

    def reads_feed(self, party: str) -> None:
        exchange = self.world.journal.append("invoke", party, "http", "listEvents")
        self.world.journal.append("ok", party, "http", "listEvents", exchange=exchange)

    def delivered(self, party: str, event_type: str, order_id: str = "CO-A", kind: Kind = "ok") -> Sendings | None:
        """An event that goes out, and is answered by the layer."""
        sendings = self.event(party, event_type, order_id)
        exchange = self.world.journal.append("invoke", party, "webhook", event_type, order_id=order_id)
        self.world.journal.append(kind, party, "webhook", event_type, exchange=exchange, order_id=order_id)
        return sendings

    def document(
        self,
        party: str,
        *names: str,
        order_id: str = "CO-A",
        content: bytes = INTERCHANGE,
        previous: PutOut | None = None,
    ) -> DocumentEffect | None:
        """A document that is about to be put out."""
        orders = (order_id,) if order_id else ()
        name = f"{names[0]}_000000007.edi"
        return self.mail.document(DocumentMessage(party, "layer", names, name, content, 7, orders, (), previous))

    def fetch(self, party: str, *names: str, order_id: str = "CO-A") -> FileEffect | None:
        """The partner opens a document to read it."""
        path = f"/outbound/{names[0]}_000000007.edi"
        return self.mail.before_step(FileMessage("out", party, "layer", "open", path, order_id=order_id, names=names))

    def step(self, party: str, operation: Operation, direction: Direction = "in") -> FileEffect | None:
        """The partner does something at the file server."""
        return self.mail.before_step(FileMessage(direction, party, "layer", operation, "/inbound/a.edi"))

    def uploaded(self, party: str, order_id: str = "CO-A", operation: Operation = "rename") -> FileEffect | None:
        """A step after which a file may have been taken."""
        message = FileMessage("in", party, "layer", operation, "/inbound/a.edi", order_id=order_id)
        return self.mail.after_step(message, Status.OK)

    def reading(self, party: str, operation: str, order_id: str = "CO-A") -> ReadingEffect | None:
        """A request stands in a file that came in."""
        return self.mail.reading(Message("request", party, operation, order_id))

    def happens(self, party: str, event_type: str, order_id: str = "CO-A") -> None:
        """A party commits something that causes an event."""
        event = SimpleNamespace(type=event_type)
        detail = Committed(records=[], events=[event])
        self.world.journal.append("commit", party, "http", "some-operation", order_id=order_id, detail=detail)

    def other_documents(self, name: str, document: str, **parameters: object) -> Iterator[DocumentEffect | None]:
        """Documents that are like the one meant in all but one thing."""
        self.arm(name, party="west", document=document, order="A", **parameters)
        earlier = PutOut("old.edi", 3)
        yield self.document("regional", document, previous=earlier)
        yield self.document("west", f"{document}s", previous=earlier)
        for order_id in ("CO-B", "CO-X", "CO-UNKNOWN", ""):
            yield self.document("west", document, order_id=order_id, previous=earlier)

    def other_fetches(self, name: str, document: str) -> Iterator[FileEffect | None]:
        """The same for what the partner reads."""
        self.arm(name, party="west", document=document, order="A")
        yield self.fetch("regional", document)
        yield self.fetch("west", f"{document}s")
        yield self.step("west", "open")
        for order_id in ("CO-B", "CO-X", "CO-UNKNOWN", ""):
            yield self.fetch("west", document, order_id=order_id)

    def other_readings(self, name: str, operation: str) -> Iterator[ReadingEffect | None]:
        """The same for requests that stand in files."""
        self.arm(name, party="west", operation=operation, order="A")
        yield self.reading("regional", operation)
        yield self.reading("west", f"{operation}s")
        for order_id in ("CO-B", "CO-X", "CO-UNKNOWN", ""):
            yield self.reading("west", operation, order_id)

    def reply(self, party: str, operation: str, order_id: str = "CO-A") -> Sendings | None:
        return self.faults.deliver(Message("reply", party, operation, order_id))

    def others(self, name: str, party: str, operation: str) -> Iterator[AnswerEffect | None]:
        """Requests that are like the one meant in all but one thing."""
        self.arm(name, party=party, operation=operation, order="A")
        other = "west" if party != "west" else "east"
        yield self.request(other, operation)
        yield self.request(party, f"{operation}s")
        yield self.request(party, operation, "CO-B")
        yield self.request(party, operation, "CO-X")
        yield self.request(party, operation, "CO-UNKNOWN")
        yield self.request(party, operation, "")


@pytest.fixture
def wire() -> Wire:
    return Wire()
