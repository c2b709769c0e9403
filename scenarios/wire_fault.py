"""Faults between the layer and the parties: four kinds, by what they are aimed at.

A connection fault strikes the answer to an addressed request on its way through the relay; a proxy fault an addressed
request or its answer in the HTTP proxy; a line fault everything between the layer and one party for a while; a delivery
fault an addressed event on its way to the layer. Each says only what is to happen; the wire does it and tells when.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from ..simulators.interference import AnswerEffect, Message, OnTheWire, RequestEffect, Sending, Sendings
from ..simulators.webhook import Webhooks
from .address import Address
from .fault import Fault
from .wire.delivery import StruckPost
from .wire.place import Place
from .wire.proxy_effect import AnyEffect
from .wire.rule import Rule, Way
from .wire.strike import Strike
from .wire.wire import Wire


class WireFault(Fault):
    """Base of them all. The hooks are those of any fault, and are given the wire and what to call for each strike."""

    channels: ClassVar[frozenset[str]] = frozenset({"rest"})
    on_the_wire: ClassVar[bool] = True
    place: ClassVar[Place] = Place.RELAY

    def asked(self, wire: Wire, message: Message, strike: Strike) -> RequestEffect | None:
        """An addressed request has come to its party, and nothing has been done."""
        return None

    def answered(self, wire: Wire, message: Message, status: int, strike: Strike) -> AnswerEffect | None:
        """It has been carried out, and the answer is about to be sent."""
        return None

    def passing(self) -> AnyEffect | None:
        """What the proxy is to do with an addressed request or its answer."""
        return None

    def announced(self, wire: Wire, message: Message, strike: Strike) -> Sendings | None:
        """An addressed event is about to be delivered."""
        return None

    def cease(self, wire: Wire) -> None:
        """The scenario heals."""


class ConnectionFault(WireFault):
    """What `rule` says happens to the answer to an addressed request, if the request took effect."""

    party: str
    operation: str
    nth: int = 1
    times: int = 1

    def address(self) -> Address:
        return Address(self.party, self.operation, self.nth, self.times)

    def rule(self) -> Rule:
        raise NotImplementedError(f"{type(self).__name__} has no rule")

    def answered(self, wire: Wire, message: Message, status: int, strike: Strike) -> AnswerEffect | None:
        line = wire.line(message)
        if status >= 400:  # it had no effect, and the next one is meant
            return None
        if line is None:  # whoever asked has gone
            strike.spare()
            return None
        rule = self.rule()
        effect = type(rule).__name__.lower()
        line.follow(rule, "down", lambda: strike(place="relay", effect=effect), one_answer=True)
        return OnTheWire(strike.fault)


class ProxyFault(WireFault):
    """What `passing` says happens to an addressed request or its answer."""

    place: ClassVar[Place] = Place.PROXY

    party: str
    operation: str
    nth: int = 1
    times: int = 1

    def address(self) -> Address:
        return Address(self.party, self.operation, self.nth, self.times)


class LineFault(WireFault):
    """From the addressed event on, and for `for_s` seconds on the wire, something is wrong between the layer and the
    party `party`. What the party has to say itself still goes out.
    """

    channels: ClassVar[frozenset[str]] = frozenset()
    exclusive: ClassVar[bool] = True
    once: ClassVar[bool] = True
    unreachable: ClassVar[bool] = True

    party: str
    begins_with: str
    for_s: float = 2.0

    def address(self) -> Address:
        return Address("", self.begins_with, 1, 1)

    def begin(self, wire: Wire, strike: Strike) -> Callable[[], None]:
        """Begin, and return what ends it."""
        raise NotImplementedError(f"{type(self).__name__} does nothing")

    @property
    def at_most_s(self) -> float:
        """How long it lasts, unless it ends itself before (`cease`)."""
        return self.for_s

    def announced(self, wire: Wire, message: Message, strike: Strike) -> Sendings | None:
        undo = self.begin(wire, strike)
        if self.unreachable:
            strike.note(order_known=False, reachable=False)

        def end() -> None:
            undo()
            if self.unreachable:
                strike.note(order_known=False, reachable=True)

        wire.last(id(self), end, self.at_most_s)
        return None

    def cease(self, wire: Wire) -> None:
        wire.over(id(self))


class DeliveryFault(WireFault):
    """What `rule` says happens to an addressed event on its way to the layer, at the first `attempts` to deliver it."""

    place: ClassVar[Place] = Place.DELIVERY
    way: ClassVar[Way] = "up"

    party: str
    event_type: str
    attempts: int = 1
    nth: int = 1
    times: int = 1

    def address(self) -> Address:
        return Address(self.party, self.event_type, self.nth, self.times)

    def rule(self) -> Rule:
        raise NotImplementedError(f"{type(self).__name__} has no rule")

    def announced(self, wire: Wire, message: Message, strike: Strike) -> Sendings | None:
        webhooks = None if message.polled else wire.world.outbox.transports.get("webhook")
        usual = webhooks.post if isinstance(webhooks, Webhooks) else None
        if usual is None:
            return None
        # The outbox writes down that the event goes another way: here it is only counted.
        post = StruckPost(usual, self.rule(), self.way, self.attempts, strike.count, wire.chance)
        return Sendings(strike.fault, (Sending(post=post),))
