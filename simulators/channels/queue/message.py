"""One message, as every broker can carry it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

JSON, PROBLEM = "application/json", "application/problem+json"
REASON, SOURCE, DELIVERY = "dead-letter-reason", "dead-letter-source", "dead-letter-delivery"
_ID, _KEY, _TYPE, _CORRELATION = "message-id", "message-key", "content-type", "correlation-id"
_OWN = {_ID, _KEY, _TYPE, _CORRELATION}
_LONGEST_REASON = 400
_UNPRINTABLE = re.compile(r"[^ -~]+")


@dataclass(frozen=True, slots=True)
class Message:
    """`id` and `correlation_id` are "" where there is none. `key`: messages of one key keep their order, "" for any.

    Header values are printable text, names stay as they came and are looked up by `header`; `body` is whatever it is,
    octet for octet.
    """

    body: bytes
    id: str = ""
    key: str = ""
    content_type: str = ""
    correlation_id: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    def header(self, name: str) -> str:
        """A header by its name in whatever case, "" when there is none."""
        wanted = name.lower()
        return next((value for known, value in self.headers.items() if known.lower() == wanted), "")

    def as_headers(self) -> dict[str, str]:
        """Everything but the body in headers, for brokers that have nothing else."""
        own = {_ID: self.id, _KEY: self.key, _TYPE: self.content_type, _CORRELATION: self.correlation_id}
        return {**self.headers, **{name: value for name, value in own.items() if value}}

    @classmethod
    def of_headers(cls, body: bytes, headers: Mapping[str, str]) -> Message:
        """The message behind a body and such headers."""
        own = {name.lower(): value for name, value in headers.items() if name.lower() in _OWN}
        return cls(
            body=body,
            id=own.get(_ID, ""),
            key=own.get(_KEY, ""),
            content_type=own.get(_TYPE, ""),
            correlation_id=own.get(_CORRELATION, ""),
            headers={name: value for name, value in headers.items() if name.lower() not in _OWN},
        )


def dead_letter(message: Message, reason: str, source: str, delivery: int) -> Message:
    """The message as it is set aside, with why, whence, and at the how-manieth delivery."""
    # Headers are octets of three protocols: what is beyond ASCII or ends a line would not arrive as it was sent.
    said = _UNPRINTABLE.sub("?", reason)[:_LONGEST_REASON]
    return replace(message, headers={**message.headers, REASON: said, SOURCE: source, DELIVERY: str(delivery)})
