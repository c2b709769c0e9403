"""Pacts recorded: from the journal of a run, what the layer expects of each party that it calls and hears.

One interaction for each operation, status and shape of the bodies. What stood at the party before is its state, so that
the pact can be verified; what a consumer may rely on is derived from the schemas (matchers.py).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from ...contracts.asyncapi import event_types
from ...contracts.openapi import Operation, api
from ...simulators.channels.http.shared import SHARED
from ...simulators.journal import Entry
from ...simulators.versions import FIRST, version_in
from ...simulators.world import PARTIES
from .matchers import Generalised, generalised
from .recorded_records import RecordId, concerned
from .states.recorded import RECORDS_EXIST

CONSUMER = "layer"
JSON, PROBLEM, EVENT = "application/json", "application/problem+json", "application/cloudevents+json"
# What comes of who calls, how often or when, and not of what is asked.
_NOT_ASKED = frozenset({401, 403, 410, 429})
# Events whose state can be said in words: its phrase, and which parameter is the event's subject.
_STATES_OF_EVENTS = {
    "crossdock.order.submitted.v1": ("an order was submitted", "orderId"),
    "crossdock.account.changed.v1": ("an account exists", "accountId"),
    "crossdock.item.changed.v1": ("an item exists", "sku"),
    "crossdock.fulfilment.released.v1": ("a sales order exists", "fulfilmentId"),
    "crossdock.shipment.shipped.v1": ("a shipment exists", "shipmentId"),
    "crossdock.tracking.milestone.v1": ("a shipment exists", "trackingNumber"),
}


@dataclass(slots=True)
class Recording:
    """`pacts` is provider → document; `left_out` is what could not be recorded → how often, in words."""

    pacts: dict[str, dict[str, Any]] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)


def recorded(entries: Iterable[Entry]) -> Recording:
    """Read a journal to its end. What no layer asked, and what a fault changed, is passed over."""
    recorder = _Recorder()
    for entry in entries:
        recorder.take(entry)
    for provider, interactions in recorder.interactions.items():
        recorder.recording.pacts[provider] = {
            "consumer": {"name": CONSUMER},
            "provider": {"name": provider},
            "interactions": list(interactions.values()),
            "metadata": {"pactSpecification": {"version": "4.0"}},
        }
    return recorder.recording


@dataclass(slots=True)
class _Asked:
    entry: Entry
    before: dict[RecordId, Any]


@dataclass(slots=True)
class _Recorder:
    recording: Recording = field(default_factory=Recording)
    interactions: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    records: dict[str, dict[RecordId, Any]] = field(default_factory=dict)
    asked: dict[int, _Asked] = field(default_factory=dict)
    events: dict[str, Any] = field(default_factory=dict)
    struck: set[int] = field(default_factory=set)
    seen: dict[tuple[str, str, int], list[str]] = field(default_factory=dict)

    def take(self, entry: Entry) -> None:
        if entry.party not in PARTIES:
            return
        if entry.kind == "fault":
            self.struck.add(entry.exchange)
        elif entry.kind == "commit":
            held = self.records.setdefault(entry.party, {})
            held.update({(kind, key): record for kind, key, record in entry.detail["records"]})
            self.events.update({event["id"]: event for event in entry.detail.get("events", ())})
        elif entry.channel == "http" and entry.name not in SHARED and entry.name != "unknown":
            self._exchange(entry)
        elif entry.channel == "webhook" and entry.kind == "ok" and "event" in entry.detail:
            self._told(entry)

    def _exchange(self, entry: Entry) -> None:
        if entry.kind == "invoke":
            self.asked[entry.seq] = _Asked(entry, dict(self.records.get(entry.party, {})))
            return
        asked = self.asked.pop(entry.exchange, None)
        status = entry.detail.get("status", 0)
        if asked is None or entry.exchange in self.struck or not 200 <= status < 500 or status in _NOT_ASKED:
            return
        operation = api(PARTIES[entry.party]).operations[entry.name]
        if version_in(asked.entry.detail["path"]) != FIRST:
            self.recording.left_out[f"{entry.name}: it was asked under another version than the first"] += 1
        elif operation.if_match == "required":
            self.recording.left_out[f"{entry.name}: the journal does not keep If-Match, which it needs"] += 1
        elif "text" in asked.entry.detail:
            self.recording.left_out[f"{entry.name}: what was sent does not keep the contract"] += 1
        else:
            interaction = _http(operation, asked, entry, status)
            self._add(entry.party, entry.name, status, interaction, lambda: _stood_before(operation, asked))

    def _told(self, entry: Entry) -> None:
        event = self.events.get(entry.detail["event"])
        if event is None:
            return
        if event["type"] not in _STATES_OF_EVENTS:
            self.recording.left_out[f"{event['type']}: no state in words brings it about"] += 1
            return
        state, parameter = _STATES_OF_EVENTS[event["type"]]
        given = {"name": state, "params": {parameter: event["subject"]}}
        self._add(entry.party, event["type"], 0, _message(event), lambda: given)

    def _add(
        self, provider: str, name: str, status: int, interaction: dict[str, Any], state: Callable[[], dict[str, Any]]
    ) -> None:
        """One of each shape, numbered. The state, which takes long to gather, is asked for only then."""
        shapes = self.seen.setdefault((provider, name, status), [])
        shape = _shape(interaction)
        if shape in shapes:
            return
        shapes.append(shape)
        number = f" ({len(shapes)})" if len(shapes) > 1 else ""
        words = f"{name} is answered with {status}" if status else f"{name} is told"
        interaction["description"] = words + number
        interaction["providerStates"] = [state()]
        self.interactions.setdefault(provider, {})[words + number] = interaction


def _http(operation: Operation, asked: _Asked, answer: Entry, status: int) -> dict[str, Any]:
    told = asked.entry.detail
    query = dict(parse_qsl(told.get("query", "")))
    request: dict[str, Any] = {"method": told["method"], "path": told["path"]}
    rules: dict[str, Any] = {"path": {"combine": "AND", "matchers": [_path_rule(operation)]}}
    if query:
        request["query"] = {name: [value] for name, value in query.items()}
        rules["query"] = {f"$.{name}": {"combine": "AND", "matchers": [{"match": "type"}]} for name in query}
    headers: dict[str, list[str]] = {}
    if key := told.get("idempotencyKey"):
        headers["Idempotency-Key"] = [key]
        rules["header"] = {"$['Idempotency-Key'][0]": {"combine": "AND", "matchers": [{"match": "type"}]}}
    if operation.body is not None and "body" in told:
        sent = _part(generalised(told["body"], operation.body.schema, whole=True), JSON, rules)
        rules = sent.pop("matchingRules")
        request |= sent
        headers["Content-Type"] = [JSON]
    if headers:
        request["headers"] = headers
    response: dict[str, Any] = {"status": status}
    schema = operation.response(status)
    if schema is not None and answer.detail.get("body") is not None:
        media_type = JSON if status < 400 else PROBLEM
        response |= _part(generalised(answer.detail["body"], schema.schema), media_type, {})
        response["headers"] = {"content-type": [media_type]}
    return {
        "type": "Synchronous/HTTP",
        "description": "",
        "providerStates": [],
        "request": {**request, "matchingRules": rules},
        "response": response,
    }


def _stood_before(operation: Operation, asked: _Asked) -> dict[str, Any]:
    told = asked.entry.detail
    path = {f"{name}Id": value for name, value in _path(operation, told["path"]).items()}
    records = concerned(asked.before, told.get("body"), path, dict(parse_qsl(told.get("query", ""))))
    return {"name": RECORDS_EXIST, "params": {"records": records, "at": asked.entry.at.isoformat()}}


def _message(event: Mapping[str, Any]) -> dict[str, Any]:
    contract = event_types()[event["type"]]
    found = generalised(event, contract.event.schema)
    found.rules["$.type"] = {"combine": "AND", "matchers": [{"match": "equality"}]}
    return {
        "type": "Asynchronous/Messages",
        "description": "",
        "providerStates": [],
        "contents": {"content": found.example, "contentType": EVENT, "encoded": False},
        "metadata": {"contentType": EVENT},
        "matchingRules": {"body": found.rules},
    }


def _part(found: Generalised, media_type: str, rules: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "body": {"content": found.example, "contentType": media_type, "encoded": False},
        "matchingRules": {**rules, "body": found.rules},
    }


def _path(operation: Operation, path: str) -> dict[str, str]:
    pattern = re.sub(r"\{([A-Za-z]+)\}", r"(?P<\1>[^/]+)", operation.path)
    found = re.fullmatch(pattern, path)
    return found.groupdict() if found else {}


def _path_rule(operation: Operation) -> dict[str, str]:
    parts = re.split(r"\{[A-Za-z]+\}", operation.path)
    return {"match": "regex", "regex": "^" + "[^/]+".join(re.escape(part) for part in parts) + "$"}


def _shape(interaction: Mapping[str, Any]) -> str:
    """Which members there are, whatever their values: the paths of all rules."""
    return " ".join(sorted(_paths(interaction)))


def _paths(value: Any, above: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, each in value.items():
            if name == "matchingRules":
                yield from (f"{above}{path}" for path in each.get("body", {}))
            elif name in ("request", "response"):
                yield from _paths(each, name)
