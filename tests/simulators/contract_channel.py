"""A channel for tests of business rules: what goes in and what comes out is held to the contract, and nothing is sent.

It does what any channel does with a body (check, make it typed, hand it to the rule) and, unlike them, fails the test
when an answer, an event or a refusal is not what the contract of the party says, or when a stored object does not count
its versions.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import msgspec

from crossdock.contracts.documents import load
from crossdock.contracts.objects import Stored
from crossdock.contracts.openapi import Operation, api
from crossdock.contracts.validation import Validator, canonical
from crossdock.simulators.journal import Committed, Entry
from crossdock.simulators.party import Cause, Party
from crossdock.simulators.refusal import Refusal
from crossdock.simulators.rules import Call
from crossdock.simulators.transaction import Page
from crossdock.simulators.world import World

Body = Mapping[str, Any] | None


class ContractBroken(AssertionError):
    """The simulator said something that its contract does not know."""


class ContractChannel:
    """Calls one party's operations; remembers every event that the party announced, as JSON values, oldest first."""

    def __init__(self, world: World, name: str) -> None:
        self.world = world
        self.party: Party = world.parties[name]
        self.api = api(self.party.kind)
        self.events: list[dict[str, Any]] = []
        self._stored: dict[tuple[str, str], Stored] = {}
        world.journal.subscribe(self._watch)

    def __call__(
        self, operation_id: str, body: Body = None, *, if_match: int | None = None, client: str = "layer", **params: Any
    ) -> Any:
        """The answer, as JSON values. Parameters are given as text, as on the wire. Raises: Refusal."""
        operation = self.api.operations[operation_id]
        _, body_type = self.party.rules.operations[operation_id]
        payload = None if body is None else json(body)
        if body is not None:
            assert operation.body is not None, f"{operation_id} takes no body"
            assert operation.body.is_valid(payload), operation.body.errors(payload)
        call = Call(
            None if payload is None else msgspec.convert(payload, body_type),
            self._decoded(operation, params),
            client,
            if_match,
        )
        try:
            result = self.party.perform(operation_id, call, Cause("http", client=client))
        except Refusal as refusal:
            self._check_refusal(operation, refusal)
            raise
        answer = {"items": result.items, "nextCursor": result.next_cursor} if isinstance(result, Page) else result
        said = json(answer)
        validator = operation.response(operation.success)
        assert validator is not None
        if errors := validator.errors(said):
            raise ContractBroken(f"{operation_id} answered what its contract does not know: {errors}")
        return said

    def told(self, *types: str) -> list[dict[str, Any]]:
        """The data of the events of these types (`fulfilment.picking`; none: of all), oldest first."""
        full = {f"crossdock.{name}.v1" for name in types}
        return [event["data"] for event in self.events if not types or event["type"] in full]

    def types(self) -> list[str]:
        """Types of all events so far, short (`fulfilment.picking`)."""
        return [event["type"].removeprefix("crossdock.").removesuffix(".v1") for event in self.events]

    def _decoded(self, operation: Operation, params: Mapping[str, Any]) -> dict[str, Any]:
        known = {parameter.name: parameter for parameter in operation.parameters}
        return {name: known[name].decode(str(text)) for name, text in params.items()}

    def _check_refusal(self, operation: Operation, refusal: Refusal) -> None:
        described = load("http/v1/problems.yaml")["problems"]
        if refusal.code not in described:
            raise ContractBroken(
                f"{operation.id} was refused with a code that nobody knows: {refusal.code}"
            ) from refusal
        status = described[refusal.code]["status"]
        if not operation.documents(status):
            raise ContractBroken(f"{operation.id} does not document {status} ({refusal.code})") from refusal

    def _check_version(self, kind: str, key: str, record: Stored) -> None:
        before = self._stored.get((kind, key))
        expected = 1 if before is None else before.version + 1
        if record.version != expected:
            raise ContractBroken(f"{kind} {key} was stored as version {record.version}, expected {expected}")
        if record.updated_at != self.world.clock.now():
            raise ContractBroken(f"{kind} {key} was changed now, but says {record.updated_at}")
        if before is not None and record.created_at != before.created_at:
            raise ContractBroken(f"{kind} {key} came into being twice")
        self._stored[kind, key] = record

    def _watch(self, entry: Entry) -> None:
        if entry.party != self.party.name or entry.kind != "commit" or not isinstance(entry.detail, Committed):
            return
        for kind, key, record in entry.detail.records:
            if isinstance(record, Stored):
                self._check_version(kind, key, record)
        for event in entry.detail.events:
            said = json(event)
            errors = event_data(said["type"]).errors(said["data"])
            if errors:
                raise ContractBroken(f"{said['type']} carries what its contract does not know: {errors}")
            self.events.append(said)


def json(value: Any) -> Any:
    """As it is on the wire."""
    return msgspec.json.decode(msgspec.json.encode(value))


@cache
def event_data(event_type: str) -> Validator:
    """What the data of an event must be (contracts/events/v1/asyncapi.yaml)."""
    messages = load("events/v1/asyncapi.yaml")["components"]["messages"].values()
    for message in messages:
        parts = message["payload"]["allOf"][1]["properties"]
        if parts["type"]["const"] == event_type:
            names = [schema["$ref"] for schema in parts["data"].get("anyOf", [parts["data"]])]
            stems = [name.rsplit("/", 1)[-1].removesuffix(".json") for name in names]
            return _either([canonical(stem) for stem in stems])
    raise ContractBroken(f"no contract knows events of type {event_type}")


def _either(validators: list[Validator]) -> Validator:
    if len(validators) == 1:
        return validators[0]
    # Which of the alternatives is meant follows from the party; here it is the last, the warehouse's.
    return validators[-1]


def refusal_of(call: Callable[[], Any]) -> Refusal:
    """The refusal that a call meets with."""
    try:
        answer = call()
    except Refusal as refusal:
        return refusal
    raise AssertionError(f"expected a refusal, got {answer}")
