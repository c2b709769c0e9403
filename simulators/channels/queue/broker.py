"""A broker as this channel needs it: one small interface, and behind it a file for each broker.

A broker is at least once: what `publish` has confirmed is stored until its reader acknowledges it, and may be handed
out more than once before. What brokers do differently is said as data (`Capabilities`), and every claim is tried by the
law book in the tests; what one of them lacks it makes up for as its users do, and its module tells how.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import ClassVar, Literal
from urllib.parse import urlsplit

from ....contracts.queues import Queue
from ....contracts.registry import Registry
from .cloud_event import Binding
from .message import Message, dead_letter

# Seconds on the wire after which nobody waits any longer for a connection, or for a broker's word on a message.
CONNECT_S = 5.0
CONFIRM_S = 5.0


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a broker can do and what it can't.

    `order`: what keeps its order, a whole queue or the messages of one key. `returns`: when a message comes back whose
    reader went without a word: at once, or after the time that the queue grants (`acknowledge_within_s`). `counts`: who
    counts the deliveries of a message; a reader forgets its count when it goes. `sets_aside`: who moves what a reader
    refuses in the broker's own way, or was handed too often, into the dead letters: the broker, this module in its
    place as long as it is connected, or each reader for itself. `sees_acks`: it can be heard which message was
    acknowledged. `depth_of_unacked`: the depth counts what is handed out and not acknowledged yet. `unroutable`:
    publishing where nothing listens is refused. `largest`: octets of the largest body that it takes as it comes.
    """

    order: Literal["queue", "key"]
    returns: Literal["at once", "in time"]
    counts: Literal["broker", "reader"]
    sets_aside: Literal["broker", "this", "reader"]
    sees_acks: bool
    depth_of_unacked: bool
    unroutable: bool
    largest: int


class BrokerError(Exception):
    """A broker did not do what it was asked. `definite`: it certainly has not stored the message. `lasting`: asking
    again would be in vain (the message is too large, nothing listens there).
    """

    def __init__(self, reason: str, *, definite: bool, lasting: bool = False) -> None:
        super().__init__(reason)
        self.definite = definite
        self.lasting = lasting


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reader did with the message that was stored at a position (as `publish` returned it)."""

    position: Hashable
    acknowledged: bool
    deliveries: int | None = None


class Delivery(ABC):
    """A message in our hands until one of `ack`, `nack`, `reject` is called, or its consumer goes.

    `delivery`: the how-manieth it is, as far as `Capabilities.counts` goes; `redelivered`: it may have been handed out
    before.
    """

    def __init__(self, broker: Broker, queue: Queue, message: Message, delivery: int, redelivered: bool) -> None:
        self._broker = broker
        self.queue = queue
        self.message = message
        self.delivery = delivery
        self.redelivered = redelivered

    @abstractmethod
    async def ack(self) -> None:
        """It has had its effect: never hand it out again. Raises: BrokerError."""

    @abstractmethod
    async def nack(self) -> None:
        """Hand it out again, at once. Raises: BrokerError."""

    @abstractmethod
    async def working(self) -> None:
        """It still takes a while: don't hand it to anybody else yet. Raises: BrokerError."""

    async def reject(self, reason: str) -> None:
        """Set it aside: into the queue's dead letters, with the reason, and out of the way.

        Published first and acknowledged then, so that it may stand there twice but is never lost.
        Raises: BrokerError; it will come again then.
        """
        if self.queue.dead_letters is not None:
            letter = dead_letter(self.message, reason, self.queue.name, self.delivery)
            await self._broker.publish(self.queue.dead_letters, letter)
        await self.ack()


class Consumer(ABC):
    """One reader of one queue, which has at most `prefetch` messages in its hands."""

    @abstractmethod
    async def next(self) -> Delivery:
        """The next message, however long it takes. Raises: BrokerError when the connection is gone."""

    @abstractmethod
    async def close(self) -> None:
        """Go in good order: what is in our hands is handed out again at once."""

    @abstractmethod
    async def crash(self) -> None:
        """Go without a word, as a process does that is killed: what is in our hands comes back as `returns` says."""


class Broker(ABC):
    """A connection to a broker at a URL. Every method but `connect` connects again first when the connection is gone.

    `schemes` are those of its URLs, `binding` is how CloudEvents stand in its messages.
    Raises: BrokerError, `definite` when nothing was done.
    """

    capabilities: ClassVar[Capabilities]
    binding: ClassVar[Binding]
    schemes: ClassVar[tuple[str, ...]]

    def __init__(self, url: str) -> None:
        self.url = url

    @property
    def place(self) -> str:
        """Where it is, without what only its clients may know."""
        address = urlsplit(self.url)
        return f"{address.scheme}://{address.netloc.rpartition('@')[2]}"

    @abstractmethod
    async def connect(self) -> None:
        """Raises: BrokerError when it can't be reached or does not let us in."""

    @abstractmethod
    async def declare(self, queue: Queue) -> None:
        """Have a queue, and the one for its dead letters. Harmless when they are there already."""

    @abstractmethod
    async def publish(self, queue: Queue, message: Message, address: str = "") -> Hashable:
        """Store a message, under an address of the queue where it has several; returns once the broker has confirmed
        it. What is returned names the place where it is stored.

        Raises: BrokerError; `definite` False when it may be stored all the same.
        """

    @abstractmethod
    async def consume(self, queue: Queue, prefetch: int = 1) -> Consumer:
        """Read a queue, as the reader that it names."""

    @abstractmethod
    async def watch(self, queue: Queue, seen: Callable[[Seen], None]) -> None:
        """Hear what the queue's reader does with messages that are published from now on by this object.

        Nothing is heard where `capabilities.sees_acks` is False.
        """

    @abstractmethod
    async def depth(self, queue: Queue) -> int:
        """How many messages its reader has not acknowledged yet (see `capabilities.depth_of_unacked`). A broker may be
        a moment behind what it has just confirmed, and longer while it comes back from a restart.
        """

    @abstractmethod
    async def purge(self, queue: Queue) -> None:
        """Have its reader pass over everything that is in it now."""

    @abstractmethod
    async def remove(self, queue: Queue) -> None:
        """Do away with a queue, its dead letters and all that is in them. Harmless when they are gone."""

    @abstractmethod
    async def close(self) -> None:
        """Hang up. What is stored stays."""

    def exchange(self, queue: Queue) -> str:
        """Where publishers hand messages in, where that is not the address itself."""
        return ""

    def reading(self, queue: Queue) -> tuple[str, str]:
        """By which name a client of this broker reads the queue, and as which group or consumer, "" for none."""
        return queue.name, queue.group


brokers: Registry[type[Broker]] = Registry("broker", f"{__package__}.brokers")


def broker_at(url: str) -> Broker:
    """The broker that a URL names by its scheme; nothing is connected yet.

    Raises: ValueError naming the schemes there are.
    """
    scheme = url.partition("://")[0].lower()
    known = {known: brokers[name] for name in brokers for known in brokers[name].schemes}
    if scheme in known:
        return known[scheme](url)
    there_are = ", ".join(f"{each}://" for each in known)
    raise ValueError(f"{url!r} names no broker; a broker's URL begins with one of {there_are}")
