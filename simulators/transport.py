"""What a way of telling subscribers has to do: webhooks are one, a broker is another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from ..contracts.objects import CloudEvent
from .forgery import Forgery
from .interference import Post
from .journal import Channel, Kind
from .party import Cause, Party, Subscription

# Ends the exchange of a try: `ok`, `fail` or `info`, and what is known about it.
Answered = Callable[[Kind, Mapping[str, object]], None]


class NotDelivered(Exception):
    """The subscriber could not be told. `definite`: it certainly has not seen the event (connection refused)."""

    def __init__(self, reason: str, *, definite: bool) -> None:
        super().__init__(reason)
        self.definite = definite


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event on its way to one subscriber.

    `payload` goes out in place of the event, with `once` only in the first try; `unheard`: whatever becomes of the
    first try, the sender does not hear it; `post` hands it over where it does not go the usual way. A `forgery` comes
    from somebody else than the owner.
    """

    owner: Party
    subscription: Subscription
    event: CloudEvent
    cause: Cause
    attempt: int = 1
    payload: bytes | None = None
    once: bool = False
    unheard: bool = False
    post: Post | None = None
    forgery: Forgery | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a try came to. Not `heard`: it is to be repeated, not before `wait_s`. `ended`: why the subscriber wants no
    more, "" when it does.
    """

    heard: bool
    wait_s: float = 0.0
    ended: str = ""


HEARD = Told(heard=True)


class Transport(Protocol):
    """A way of telling subscribers. `at_once`: how many deliveries of a lane may be under way; with 1 they are begun
    and repeated strictly in order.
    """

    @property
    def channel(self) -> Channel: ...

    @property
    def at_once(self) -> int: ...

    def lane(self, delivery: Delivery) -> str:
        """Which of the subscription's lanes a delivery stands in."""

    def sent_to(self, delivery: Delivery) -> Mapping[str, object]:
        """Where it goes, as the journal has it."""

    def pause_s(self, attempt: int) -> float | None:
        """Wire seconds before the try after this one, a fifth more at most; None: it was the last."""

    async def send(self, delivery: Delivery, body: bytes, answered: Answered) -> Told:
        """Try once. `answered` may be called later than this returns, once.

        Raises: NotDelivered, when it was not called.
        """
