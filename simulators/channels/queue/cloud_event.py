"""An event as a message: CloudEvents 1.0 in structured mode, or in the binary mode of the broker's protocol binding.

https://github.com/cloudevents/spec/tree/main/cloudevents/bindings. The AMQP binding is written for AMQP 1.0; what it
calls application properties are headers in AMQP 0-9-1, as RabbitMQ itself maps one to the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote

import msgspec

from ....contracts.objects import CloudEvent
from .message import Message

Mode = Literal["structured", "binary"]
STRUCTURED = "application/cloudevents+json"
# What stays as it is in a header by the rule of the HTTP binding (3.1.3.2): printable ASCII, less space, " and %.
_PLAIN = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"%')


@dataclass(frozen=True, slots=True)
class Binding:
    """How a protocol binding writes attributes in binary mode. `prefix` stands before their names; `encoded`: values
    are percent-encoded; `typed`: the content type of the data is the message's own, and no attribute.
    """

    prefix: str
    encoded: bool = False
    typed: bool = True


NATS = Binding("ce-", encoded=True, typed=False)
AMQP = Binding("cloudEvents:")
KAFKA = Binding("ce_")


def as_message(event: CloudEvent, body: bytes, mode: Mode, binding: Binding) -> Message:
    """The message of an event; `body` is the event as JSON, or what a fault puts in its place (structured mode)."""
    traced = {"traceparent": event.traceparent, "x-correlation-id": event.correlationid}
    named = {"id": event.id, "key": event.subject, "correlation_id": event.correlationid}
    if mode == "structured":
        return Message(body, content_type=STRUCTURED, headers=traced, **named)
    attributes = {binding.prefix + name: _text(value, binding) for name, value in _attributes(event)}
    content_type = event.datacontenttype if binding.typed else ""
    if binding.typed:
        del attributes[f"{binding.prefix}datacontenttype"]
    return Message(bytes(event.data), content_type=content_type, headers={**traced, **attributes}, **named)


def _attributes(event: CloudEvent) -> list[tuple[str, Any]]:
    names = [name for name in event.__struct_fields__ if name != "data"]
    return [(name, value) for name in names if (value := getattr(event, name)) is not None]


def _text(value: Any, binding: Binding) -> str:
    """The canonical string of an attribute: what JSON says, without its quotes."""
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode().strip('"')
    return quote(text, safe=_PLAIN) if binding.encoded else text
