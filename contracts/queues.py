"""The queues of a party on a broker, as contracts/events says them: their names in one run, who reads them, and how.

Source: AsyncAPI 3.0.0 with its amqp (0.3.0) and kafka (0.5.0) bindings; `x-queue` is our own word for what they leave
out (the document's description explains it). No name of a queue, topic, exchange or group stands in code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from .documents import load, pointer, resolve, wrong

EVENTS = "partyEvents"
DEAD_LETTERS = "deadLetters"


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue of one party in one run.

    `address` is what a message is published under, with a parameter left in braces where several addresses lead into
    this queue. `reader` names the consumer whose progress counts. `acknowledge_within_s`: so long may a reader keep a
    message without a word. `deliveries`: so often it is handed out before it is set aside in `dead_letters`, None where
    there is no such queue.
    """

    channel: str
    name: str
    address: str
    exchange: str
    partitions: int
    reader: str
    acknowledge_within_s: float
    deliveries: int
    dead_letters: Queue | None

    def address_of(self, **parameters: str) -> str:
        """The address of one message: `address_of(eventType="crossdock.order.submitted.v1")`."""
        return _filled(self.address, parameters)

    @property
    def below(self) -> bool:
        """Whether messages are published under addresses below the queue's name, rather than under the name itself."""
        return self.address != self.name

    @property
    def with_dead_letters(self) -> tuple[Queue, ...]:
        """Itself, and the queue of its dead letters where there is one."""
        return (self,) if self.dead_letters is None else (self, self.dead_letters)

    @property
    def group(self) -> str:
        """The reader as a broker knows it whose groups are known beyond one queue."""
        return f"{self.exchange}.{self.reader}"


@dataclass(frozen=True, slots=True)
class Commands:
    """Operations of a party's API that it also takes from a queue: it reads `requests`, and answers in `replies`."""

    requests: Queue
    replies: Queue
    operations: tuple[str, ...]


def queue(channel: str, mark: str, party: str, version: str = "v1", **parameters: str) -> Queue:
    """The queue that a channel of the document is for a party in the run of that mark.

    Raises: DocumentError with the place when the document has no such channel or leaves something out.
    """
    document, described = _channel(channel, version)
    place = pointer("channels", channel)
    try:
        said, bindings = described["x-queue"], described["bindings"]
        values = {"mark": mark, "party": party, **parameters}
        aside = _filled(said.get("deadLetters", ""), values)
        return Queue(
            channel=channel,
            name=_filled(said["name"], values),
            address=_filled(described["address"], values),
            exchange=_filled(bindings["amqp"]["exchange"]["name"], values),
            partitions=bindings["kafka"]["partitions"],
            reader=said["reader"],
            acknowledge_within_s=float(said["acknowledgeWithinS"]),
            deliveries=said["deliveries"],
            dead_letters=_dead_letters(aside, place, mark, party, version) if aside else None,
        )
    except KeyError as error:
        raise wrong(document, place, f"a queue needs {error.args[0]!r} (x-queue, bindings amqp and kafka)") from None


def _dead_letters(aside: str, place: str, mark: str, party: str, version: str) -> Queue:
    document, described = _channel(DEAD_LETTERS, version)
    for name in described.get("parameters", {}).get("queue", {}).get("enum", ()):
        found = queue(DEAD_LETTERS, mark, party, version, queue=name)
        if found.name == aside:
            return found
    raise wrong(document, place, f"{aside} is no address of the channel {DEAD_LETTERS}")


def commands(kind: str, mark: str, party: str, version: str = "v1") -> tuple[Commands, ...]:
    """What a party of a kind (crm, erp, warehouse) takes from queues, for each queue that it reads.

    Raises: DocumentError when the document leaves something out.
    """
    document = _document(version)
    taken: dict[tuple[str, str], list[str]] = {}
    for name, operation in load(document).get("operations", {}).items():
        if operation.get("action") == "receive" and kind in {tag["name"] for tag in operation.get("tags", ())}:
            requests, replies = (
                resolve(side["channel"]["$ref"], document).pointer.removeprefix("/channels/")
                for side in (operation, operation["reply"])
            )
            taken.setdefault((requests, replies), []).append(name)
    return tuple(
        Commands(queue(requests, mark, party, version), queue(replies, mark, party, version), tuple(operations))
        for (requests, replies), operations in taken.items()
    )


def _document(version: str) -> str:
    return f"events/{version}/asyncapi.yaml"


@cache
def _channel(name: str, version: str) -> tuple[str, Mapping[str, Any]]:
    document = _document(version)
    channels: dict[str, Any] = load(document)["channels"]
    if name not in channels:
        raise wrong(document, "/channels", f"there is no channel {name!r}")
    return document, channels[name]


def _filled(template: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        template = template.replace(f"{{{name}}}", value)
    return template
