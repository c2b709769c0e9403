"""Where faults get in: the points at which a simulator asks whether something is to go wrong with this very message.

The simulators know only these few effects; which fault has which effect on which message is the scenario engine's
business. With nobody interfering the healthy path is the same code.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

import msgspec

from .forgery import Forgery

# (url, headers, body) → status and the Retry-After that was asked for in seconds; raises NotDelivered
Post: TypeAlias = Callable[[str, Mapping[str, str], bytes], Awaitable[tuple[int, float | None]]]


class Message(msgspec.Struct, frozen=True, gc=False):
    """What is on its way: a request to a party, an event from one, or its reply to a request where that travels apart.

    `name` is the operationId or the event type, `order_id` the CRM order it is about ("" when unknown), `attempt`
    counts deliveries of the same event from 1. `about` is what a message that names no order speaks of: the subject of
    an event, the customer, item or count in a request. `in_file`: it is part of a file, so that nobody waits for an
    answer. `marks` is room for whoever interferes to remember the message by. `polled`: the event is sent to nobody, it
    stands in a feed that somebody reads. `exchange` is the journal's number of a request, `connection` where it came
    over, None without one. `channel` is how an event is told, "" for what is none. `in_vain`: a request that breaks the
    contract, and will be refused whatever happens.
    """

    direction: Literal["request", "event", "reply"]
    party: str
    name: str
    order_id: str
    client: str = ""
    attempt: int = 1
    path: str = ""
    about: tuple[str, ...] = ()
    in_file: bool = False
    marks: list[object] = []
    polled: bool = False
    exchange: int = 0
    connection: object = None
    channel: str = ""
    in_vain: bool = False


@dataclass(frozen=True, slots=True)
class Delay:
    """Wait this long (wire seconds) and then go on."""

    seconds: float
    fault: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer this instead. Before the commit nothing happens; after it, it has happened and the caller is misled."""

    status: int
    fault: str
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Withhold:
    """Say nothing until the caller gives up, at most for `seconds`, and then close without an answer."""

    seconds: float
    fault: str


@dataclass(frozen=True, slots=True)
class OnTheWire:
    """Answer as if all were well: the answer meets its fate on the way, and whoever strikes it there tells of it.
    Whether the caller ever has it can't be known.
    """

    fault: str


@dataclass(frozen=True, slots=True)
class Sending:
    """One delivery of an event in place of the normal one: `after` wire seconds, under a new event id or the same.

    With a `payload` that goes out instead of the event, be it ever so wrong; `once`: only the first time, a repetition
    brings the event. `unheard`: it arrives, but the sender is told nothing of it, and so sends again. `post` hands it
    over where it is not to go the usual way. A `forgery` is sent once, to webhooks only, whatever is answered.
    """

    after: float = 0.0
    new_id: bool = False
    payload: bytes | None = None
    once: bool = False
    unheard: bool = False
    post: Post | None = field(default=None, compare=False)
    forgery: Forgery | None = None


@dataclass(frozen=True, slots=True)
class Sendings:
    """What happens to an event instead of being sent once: twice, later, never."""

    fault: str
    sendings: tuple[Sending, ...] = field(default=())


RequestEffect = Delay | Answer | Withhold
AnswerEffect = RequestEffect | OnTheWire


class Interference(Protocol):
    """Whoever may break things. Asked for every message; answers None to leave it alone."""

    def before(self, message: Message) -> RequestEffect | None:
        """A request was read and nothing has been done yet."""

    def committed(self, message: Message, status: int) -> AnswerEffect | None:
        """The rule has been carried out with this outcome, or a refusal; the answer is not sent yet."""

    def deliver(self, message: Message) -> Sendings | None:
        """An event is about to be handed to its subscribers, or to stand in a feed that somebody reads."""


class NoInterference:
    """The healthy world."""

    def before(self, message: Message) -> RequestEffect | None:
        return None

    def committed(self, message: Message, status: int) -> AnswerEffect | None:
        return None

    def deliver(self, message: Message) -> Sendings | None:
        return None
