"""token-expires: the access token ends in the middle of the work."""

from __future__ import annotations

from typing import ClassVar

from ...simulators.interference import Answer, Message, RequestEffect
from ...simulators.world import World
from ..address import Address
from ..fault import Fault, faults


@faults.register("token-expires")
class TokenExpires(Fault):
    """All access tokens of the party are void from the addressed request on; a new one can be had at once.

    A layer must fetch a new token and repeat the request, once, and lose nothing (E3).
    """

    channels: ClassVar[frozenset[str]] = frozenset({"rest"})
    once: ClassVar[bool] = True

    party: str
    operation: str
    nth: int = 1

    def address(self) -> Address:
        return Address(self.party, self.operation, self.nth, 1)

    def request(self, world: World, message: Message) -> RequestEffect | None:
        world.parties[message.party].access.revoke_all()
        return Answer(401, "token-expires", headers=(("WWW-Authenticate", 'Bearer error="invalid_token"'),))
