"""Events: their types, their envelope, who sends them and over what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..object_model import Node
from ..part import Part
from ..rule import Defect, Rule, Severity, defect, rule
from ..view import View

_TYPE = re.compile(r"[a-z][a-z0-9]*(\.[a-z][a-z0-9]*(-[a-z0-9]+)*){2,}\.v[1-9][0-9]*")
_ENVELOPE = ("specversion", "id", "source", "type")


def _address(node: Node) -> str:
    return str(node.part.get("address") or "")


def _typed(view: View) -> Iterator[Node]:
    """The channels that are an event type each. One whose address has parameters is a place (a queue of a broker),
    where several types may stand, and what is no event.
    """
    return (node for node in view.all("channel") if "{" not in _address(node))


def _only_in_places(view: View) -> set[Any]:
    """The messages that stand in places only, and so are no events: requests, replies, dead letters."""
    typed: set[Any] = set()
    placed: set[Any] = set()
    for node in view.all("channel"):
        carried = {written.followed().key for _, written in node.part.member("messages").members()}
        (placed if "{" in _address(node) else typed).update(carried)
    return placed - typed


@rule
class EventTypeNames(Rule):
    """An event type is `owner.object.what-happened.vN`, each part in kebab-case: `crossdock.order.submitted.v1`.

    The owner keeps types of different companies apart (CloudEvents 1.0, `type`), the object says what it is about, the
    version lets the next one be sent beside it.
    """

    id = "event-type-names"
    title = "An event type is owner.object.what-happened.vN"
    kinds = ("asyncapi",)

    def check(self, view: View) -> Iterator[Defect]:
        for node in _typed(view):
            if not _TYPE.fullmatch(_address(node)):
                yield defect(
                    node.part.member("address") if _address(node) else node.part,
                    f"the channel {node.name} has the address {_address(node) or 'none'}",
                    expected="owner.object.what-happened.vN, such as acme.order.shipped.v1",
                    do="rename the type before anybody subscribes to it",
                )


@rule
class EventVersion(Rule):
    """All event types of a document carry its major version: in a document of version 1.4.0 they end in `.v1`."""

    id = "event-version"
    title = "Event types carry the version of their document"
    kinds = ("asyncapi",)

    def check(self, view: View) -> Iterator[Defect]:
        major = str(view.root.member("info").get("version")).partition(".")[0]
        for node in view.all("channel"):
            found = re.search(r"\.v([0-9]+)$", _address(node))
            if found and major.isdecimal() and found[1] != major:
                yield defect(
                    node.part.member("address"),
                    f"{_address(node)} is of version {found[1]}, but the document of version {major}",
                    expected=f"….v{major}",
                    do="put types of another major version into a document of their own",
                )


@rule
class EventNameIsType(Rule):
    """A message is named as the channel that carries it is addressed: the event type, in full."""

    id = "event-name-is-type"
    title = "A message has the name of its type"
    kinds = ("asyncapi",)

    def check(self, view: View) -> Iterator[Defect]:
        for node in _typed(view):
            for _, written in node.part.member("messages").members():
                message = written.followed()
                if message.get("name") != node.part.get("address"):
                    yield defect(
                        message.member("name") if message.get("name") else message,
                        f"the message is named {message.get('name')}, but its channel is {node.part.get('address')}",
                        expected=str(node.part.get("address")),
                        do="give both the event type",
                    )


@rule
class EventEnvelope(Rule):
    """The payload of a message is a CloudEvent 1.0: its schema demands `specversion`, `id`, `source` and `type`.

    With one envelope a subscriber finds in every event what it needs to tell repetitions and senders apart, whoever it
    came from.
    """

    id = "event-envelope"
    title = "Every event is a CloudEvent"
    kinds = ("asyncapi",)

    def check(self, view: View) -> Iterator[Defect]:
        elsewhere = _only_in_places(view)
        for node in view.all("message"):
            if node.part.key in elsewhere:
                continue
            payload = node.part.member("payload")
            if payload.value is None:
                yield defect(node, f"the message {node.name} has no payload", expected="a payload", do="describe it")
                continue
            lacking = [name for name in _ENVELOPE if name not in _required(payload)]
            if lacking:
                yield defect(
                    payload,
                    f"the payload of {node.name} does not demand {', '.join(lacking)}",
                    expected="a CloudEvent 1.0 (structured mode)",
                    do="put the envelope around it: allOf the envelope's schema and what the type adds",
                )


def _required(schema: Part) -> set[str]:
    """What the schema, with all that it is made of, requires."""
    found = {name for name in schema.get("required") or () if isinstance(name, str)}
    parts = [part for _, part in schema.member("allOf").members()]
    meant = schema.followed()
    return found.union(*(_required(part) for part in (*parts, *([meant] if meant.key != schema.key else []))))


@rule
class EventTypeFixed(Rule):
    """The payload of a message fixes its type: `type` is a `const`, and the same as the channel's address.

    Otherwise an event of any type is valid on any channel.
    """

    id = "event-type-fixed"
    title = "A payload fixes its event type"
    severity = Severity.WARNING
    kinds = ("asyncapi",)

    def check(self, view: View) -> Iterator[Defect]:
        for node in _typed(view):
            for _, written in node.part.member("messages").members():
                message = written.followed()
                fixed = _fixed(message.member("payload"), "type")
                if message.get("payload") is not None and fixed != node.part.get("address"):
                    yield defect(
                        message.member("payload"),
                        f"the payload takes {'any type' if fixed is None else f'the type {fixed}'}",
                        expected=f"`type` with `const: {node.part.get('address')}`",
                        do="fix it",
                    )


def _fixed(schema: Part, name: str) -> Any:
    """The constant that a field must have, wherever in the schema that is said; None where nowhere."""
    own = schema.member("properties", name).get("const")
    if own is not None:
        return own
    parts = [part for _, part in schema.member("allOf").members()]
    meant = schema.followed()
    found = (_fixed(part, name) for part in (*parts, *([meant] if meant.key != schema.key else [])))
    return next((each for each in found if each is not None), None)


@rule
class EventDescribed(Rule):
    """Every channel has a title and a description: what happened, and what a subscriber is to do about it."""

    id = "event-described"
    title = "Every event is described"
    kinds = ("asyncapi",)

    def check(self, view: View) -> Iterator[Defect]:
        for node in view.all("channel"):
            for name in ("title", "description"):
                if not node.part.get(name):
                    yield defect(
                        node,
                        f"the channel {node.name} has no {name}",
                        expected=f"a {name}",
                        do="tell what happened, and what a subscriber is to do about it",
                    )


@rule
class EventSender(Rule):
    """For every channel there is an operation that says who sends or receives there; its tags name the parties."""

    id = "event-sender"
    title = "Every event has somebody who sends it"
    kinds = ("asyncapi",)

    def check(self, view: View) -> Iterator[Defect]:
        used = set()
        for _, written in view.root.member("operations").members():
            operation = written.followed()
            used.add(operation.member("channel").followed().key)
            used.add(operation.member("reply", "channel").followed().key)
            if not operation.get("tags"):
                yield defect(
                    operation,
                    "does not say which party does it",
                    expected="`tags` with the kinds of party",
                    do="tag it with who sends or receives",
                )
        for _, part in view.root.member("channels").members():
            if part.followed().key not in used:
                yield defect(
                    part.followed(),
                    f"nobody sends or receives on {part.followed().get('address')}",
                    expected="an operation with `action: send` or `receive`",
                    do="add it, or remove the channel",
                )


@rule
class EventMediaType(Rule):
    """Every message has a media type, its own `contentType` or the `defaultContentType` of the document."""

    id = "event-media-type"
    title = "Every event has a media type"
    kinds = ("asyncapi",)

    def check(self, view: View) -> Iterator[Defect]:
        if view.root.get("defaultContentType"):
            return
        for node in view.all("message"):
            if not node.part.get("contentType"):
                yield defect(
                    node,
                    f"the message {node.name} has no media type",
                    expected="contentType, or defaultContentType at the top",
                    do="say it, such as application/cloudevents+json",
                )
