"""refused-request: the party will not have a request, however often it is sent."""

from __future__ import annotations

from typing import Any, ClassVar

import msgspec

from ...contracts import documents
from ...simulators.interference import Answer, Message, RequestEffect
from ...simulators.world import World
from ..address import Address
from ..fault import Fault, faults

TYPE_BASE = "https://contracts.crossdock.example/problems/"
EVERY_TIME = 1_000


@faults.register("refused-request")
class RefusedRequest(Fault):
    """The addressed requests are answered with the problem of this `code` (contracts/http/v1/problems.yaml), each time
    anew: what they ask for can't be done, for a reason that lies with the party's own records.

    A layer must tell somebody (E3), and must not let the others wait behind it (R3).
    """

    channels: ClassVar[frozenset[str]] = frozenset({"rest"})

    party: str
    operation: str
    code: str = "customer-blocked"
    nth: int = 1
    times: int = EVERY_TIME

    def address(self) -> Address:
        """Raises: ValueError for a code that no party answers with."""
        if self.code not in _problems():
            raise ValueError(
                f"there is no problem {self.code!r}; contracts/http/v1/problems.yaml has all that there are"
            )
        return Address(self.party, self.operation, self.nth, self.times)

    def request(self, world: World, message: Message) -> RequestEffect | None:
        kind = _problems()[self.code]
        problem = {
            "type": TYPE_BASE + self.code,
            "title": kind["title"],
            "status": kind["status"],
            "detail": kind["meaning"],
            "code": self.code,
        }
        headers = (("Content-Type", "application/problem+json"),)
        return Answer(kind["status"], "refused-request", msgspec.json.encode(problem), headers)


def _problems() -> dict[str, dict[str, Any]]:
    table: dict[str, dict[str, Any]] = documents.load("http/v1/problems.yaml")["problems"]
    return table
