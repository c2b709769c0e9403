"""Events that come from somebody else than the party whose name stands on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from ..contracts.objects import CloudEvent


@dataclass(frozen=True, slots=True)
class Forgery:
    """`says` is what is made up of an event's data, by JSON Pointer (RFC 6901); the rest is copied from the true event,
    its id too. Signed with `secret`, "" for the one that was agreed, and `signed_ago_s` seconds before it is sent.
    """

    says: Mapping[str, Any]
    secret: str = ""
    signed_ago_s: int = 0

    def of(self, event: CloudEvent) -> CloudEvent:
        """The forged event. Raises: ValueError when the true one says nothing at a pointer."""
        data = msgspec.json.decode(event.data)
        for pointer, value in self.says.items():
            try:
                _put(data, pointer, value)
            except (KeyError, IndexError, ValueError, TypeError) as error:
                raise ValueError(
                    f"nothing stands at {pointer} in the data of {event.type}, so that nothing else can be said there: "
                    "see contracts/events/v1/asyncapi.yaml for what it has"
                ) from error
        return msgspec.structs.replace(event, data=msgspec.Raw(msgspec.json.encode(data)))

    def shown(self) -> Mapping[str, object]:
        """As the journal has it: a secret does not belong there."""
        signed = "with another secret" if self.secret else "with the secret agreed"
        return {"signed": signed, "signedAgoS": self.signed_ago_s, "says": self.says}


def _put(data: Any, pointer: str, value: Any) -> None:
    *way, last = (token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:])
    for token in way:
        data = data[_key(data, token)]
    data[_key(data, last)]  # what is not there is not made
    data[_key(data, last)] = value


def _key(data: Any, token: str) -> str | int:
    return int(token) if isinstance(data, list) else token
