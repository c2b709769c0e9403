"""How the layer behaved on the wire: about one order, or about none that anybody could tell.

Facts again, not opinions: what a party could not use and why, what the layer has to acknowledge, what went to the
wrong party, where a secret slipped out. The watches fill this in, entry by entry.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .complaints import Complaints
from .health_told import HealthTold
from .seen import Seen
from .set_aside import SetAside


@dataclass(slots=True)
class Breach:
    """A request, or a part of a file, that breaks its contract; `exchanges` has each time that it was sent so.

    `operation` is that of the request, or `file`; `code` the problem's code or the flaw; `pointers` the places in the
    body that are wrong, `detail` what is wrong in words.
    """

    party: str
    operation: str
    code: str
    pointers: tuple[str, ...]
    detail: str
    exchanges: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Owed:
    """A functional group that the layer fetched and has to acknowledge, about `order_id` if it is known; `answers` are
    (journal number, code of the 997), `excused` says that a fault kept an acknowledgment from arriving.
    """

    fetched: Seen[str]
    functional_id: str
    control_number: str
    order_id: str
    answers: list[tuple[int, str]] = field(default_factory=list)
    excused: bool = False


@dataclass(frozen=True, slots=True)
class Astray:
    """Something that went to the wrong party, or under a wrong name: `what` it was, where it belonged, in words."""

    party: str
    what: str
    belongs: str
    exchange: int


@dataclass(frozen=True, slots=True)
class Leak:
    """A secret in the open, or somebody's personal data: what it is, where it stood (`exchange` is 0 in the log), and
    the text around it with all secrets covered.
    """

    what: str
    place: str
    excerpt: str
    exchange: int = 0


@dataclass(frozen=True, slots=True)
class Unproven:
    """A request (`used`, its method and path) to a server at `party` that did not prove who it is: what was wrong with
    its `certificate`, and the journal number of the strike.
    """

    party: str
    certificate: str
    used: str
    seq: int


@dataclass(slots=True)
class Conduct:
    """`requests` counts what a party answered or could not use; `breaches` by what is wrong: the same wrong again is
    the same breach. `spoilt` has the journal numbers of faults that changed what the layer was told. `searched` counts
    the requests that were searched for secrets, `refused_servers` the connections that the layer broke off because of
    a certificate, and `unproven` has those that it used all the same. `set_aside` are dead letters of which nobody can
    tell what they are about, `complaints` the cases that name no order; `health` what the layer says of their number.
    """

    requests: int = 0
    breaches: dict[tuple[str, ...], Breach] = field(default_factory=dict)
    owed: list[Owed] = field(default_factory=list)
    astray: list[Astray] = field(default_factory=list)
    spoilt: list[int] = field(default_factory=list)
    searched: int = 0
    leaks: list[Leak] = field(default_factory=list)
    refused_servers: int = 0
    unproven: list[Unproven] = field(default_factory=list)
    set_aside: dict[str, SetAside] = field(default_factory=dict)
    complaints: Complaints = field(default_factory=Complaints)
    health: HealthTold = field(default_factory=HealthTold)

    def broke(self, key: tuple[str, ...], breach: Breach, exchange: int) -> None:
        """A contract was broken in an exchange; the same wrong again is the same breach."""
        self.breaches.setdefault(key, breach).exchanges.append(exchange)

    def spoilt_before(self, seq: int) -> bool:
        """Whether a fault had changed by then what the layer was told: then what follows may be its doing."""
        return bool(self.spoilt) and self.spoilt[0] < seq
