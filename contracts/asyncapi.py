"""The events of all parties, as contracts/events says them: for each type, who sends it and what is in it.

Source: AsyncAPI 3.0.0; CloudEvents 1.0. In the document each type is a channel (its address is the type), each sender a
`send` operation tagged with a kind of party, and each payload the envelope together with what `data` is. A channel
whose address has parameters is none of a type, but a place on a broker where many meet (see queues).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any

from .bundling import Bundle
from .documents import Target, load, pointer, resolve, wrong
from .validation import Validator


@dataclass(frozen=True, slots=True)
class EventContract:
    """One type of event.

    `sources` are the kinds of party that send it (crm, erp, warehouse); `event` validates the whole CloudEvent, `data`
    what stands in its `data`; `examples` are whole events.
    """

    type: str
    title: str
    description: str
    sources: frozenset[str]
    event: Validator = field(repr=False)
    data: Validator = field(repr=False)
    examples: tuple[dict[str, Any], ...] = field(repr=False)


@cache
def event_types(version: str = "v1") -> Mapping[str, EventContract]:
    """Every event type ("crossdock.order.submitted.v1") and its contract.

    Raises: DocumentError with the place when the document leaves out what an event needs.
    """
    return read(f"events/{version}/asyncapi.yaml")


def read(document: str) -> Mapping[str, EventContract]:
    """The events that an AsyncAPI document describes, ours or one that a user brings.

    Raises: DocumentError with the place when the document leaves out what an event needs.
    """
    content = load(document)
    if not isinstance(content, dict) or not str(content.get("asyncapi", "")).startswith("3."):
        raise wrong(document, "/asyncapi", "expected an AsyncAPI document, with `asyncapi: 3.0.0` at its top")
    bundle = Bundle(document)
    senders: dict[str, set[str]] = {}
    for operation in content.get("operations", {}).values():
        if operation.get("action") == "send":
            channel = resolve(operation["channel"]["$ref"], document)
            kinds = {tag["name"] for tag in operation.get("tags", ())}
            senders.setdefault(channel.pointer, set()).update(kinds)
    contracts = {}
    for name, channel in content.get("channels", {}).items():
        if channel.get("parameters"):
            continue
        place = pointer("channels", name)
        for contract in _contracts(document, place, channel, frozenset(senders.get(place, ())), bundle):
            contracts[contract.type] = contract
    return MappingProxyType(contracts)


def _contracts(
    document: str, place: str, channel: dict[str, Any], sources: frozenset[str], bundle: Bundle
) -> Iterator[EventContract]:
    if not sources:
        raise wrong(document, place, "no send operation names this channel and, in its tags, who sends")
    for name, message in channel.get("messages", {}).items():
        target = _followed(Target(document, f"{place}/messages/{name}", message))
        described = target.value
        data = _data(described.get("payload", {}))
        if data is None:
            raise wrong(target.document, target.pointer, "the payload must say what `data` is")
        if described.get("name") != channel.get("address"):
            raise wrong(
                target.document, target.pointer, f"the name must be the channel's address, {channel.get('address')}"
            )
        yield EventContract(
            type=described["name"],
            title=str(described.get("title", channel.get("title", ""))),
            description=str(channel.get("description", "")).strip(),
            sources=sources,
            event=_validator(described["payload"], target.document, bundle),
            data=_validator(data, target.document, bundle),
            examples=tuple(example["payload"] for example in described.get("examples", ())),
        )


def _validator(schema: dict[str, Any], document: str, bundle: Bundle) -> Validator:
    return Validator(lambda: bundle.self_contained(schema, document))


def _data(payload: dict[str, Any]) -> dict[str, Any] | None:
    """What `data` is, in a payload that is `allOf` the envelope and the properties that a type fixes."""
    for part in (payload, *payload.get("allOf", ())):
        if "data" in part.get("properties", {}):
            return part["properties"]["data"]  # type: ignore[no-any-return]
    return None


def _followed(target: Target) -> Target:
    while "$ref" in target.value:
        target = resolve(target.value["$ref"], target.document)
    return target
