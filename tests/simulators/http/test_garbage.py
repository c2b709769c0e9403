"""Garbage at every operation of every party: a 4xx that says what is wrong, nothing changed, and never a 5xx."""

from collections.abc import Callable
from copy import deepcopy
from functools import cache
from typing import Any
from urllib.parse import quote

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossdock.contracts.openapi import Operation, api
from crossdock.simulators.channels.http.app import PartyApp
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.world import World
from crossdock.tests.simulators.http.contract_check import contract_of
from crossdock.tests.simulators.http.in_process import call

KINDS = {"crm": "crm", "erp": "erp", "east": "warehouse"}
steady = settings(
    max_examples=150, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=6,
)
octets = st.binary(max_size=60)
header_values = st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=40).map(
    lambda text: text.encode("latin-1")
)
known_headers = st.sampled_from(
    [b"authorization", b"content-type", b"if-match", b"idempotency-key", b"traceparent", b"x-correlation-id", b"accept"]
)
headers = st.lists(st.tuples(known_headers | st.just(b"x-odd"), header_values), max_size=4)
segments = st.text(max_size=30).map(lambda text: quote(text, safe="")) | st.sampled_from(
    ["%", "%zz", "%00", "..", "%2F"]
)
queries = octets | st.lists(
    st.tuples(
        st.sampled_from(["limit", "cursor", "updatedSince", "status", "sku", "orderId", ""]) | st.text(max_size=5),
        st.text(max_size=20),
    ),
    max_size=3,
).map(lambda pairs: "&".join(f"{quote(name)}={quote(value)}" for name, value in pairs).encode())


class Served:
    """A party in process. Nothing in it waits for anything, so a call is over as soon as it is begun."""

    def __init__(self, name: str) -> None:
        self.world = World("test", ManualClock(), Ids("T1", 1), cast={name: KINDS[name]})
        self.party = self.world.parties[name]
        self.world.outbox.pause(name)  # whom to deliver to is part of the garbage
        self.world.register_client(name, "layer", "s3cret", self._scopes())
        self.party.access.lifetime_s = 1e9
        self.token = self.party.access.issue("layer", "s3cret", frozenset(), 0).value.encode()
        self._app = PartyApp(self.world, self.party)

    def call(
        self, method: str, path: str, query: bytes, sent: list[tuple[bytes, bytes]], body: bytes
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of the answer, which must be one that the contract knows."""
        status, fields, said = call(self._app, method, path, query, sent, body)
        answered = {name.decode(): value.decode("latin-1") for name, value in fields}
        contract_of(self.party.kind).check(method, path, status, answered, said)
        return status, answered, said

    def records(self) -> dict[str, dict[str, Any]]:
        return {kind.__name__: dict(table) for kind, table in self.party.state.tables().items()}

    def _scopes(self) -> list[str]:
        kind = self.party.kind
        return [f"{kind}.read", f"{kind}.write", f"{kind}.people", "events.read", "webhooks.manage"]


@cache
def served(name: str) -> Served:
    return Served(name)


def operations(name: str) -> list[Operation]:
    return list(api(KINDS[name]).operations.values())


def filled(operation: Operation, fill: Callable[[str], str]) -> str:
    return "/".join(fill(part[1:-1]) if part.startswith("{") else part for part in operation.path.split("/"))


def bearer(name: str) -> list[tuple[bytes, bytes]]:
    return [(b"authorization", b"Bearer " + served(name).token)]


def json_headers(name: str, key: str) -> list[tuple[bytes, bytes]]:
    return [*bearer(name), (b"content-type", b"application/json"), (b"idempotency-key", key.encode())]


@pytest.mark.parametrize("name", KINDS)
@steady
@given(data=st.data())
def test_garbage_in_every_part_of_a_call_is_refused(name: str, data: st.DataObject) -> None:
    party = served(name)
    operation = data.draw(st.sampled_from(operations(name)), "operation")
    method = data.draw(st.just(operation.method) | st.sampled_from(["GET", "PUT", "POST", "HEAD", "BREW"]), "method")
    path = filled(operation, lambda _name: data.draw(segments))
    before = party.records()

    status, _, _ = party.call(
        method, path, data.draw(queries, "query"), data.draw(headers, "headers"), data.draw(octets, "body")
    )

    assert 400 <= status < 500
    assert party.records() == before
    assert party.world.errors == []


@pytest.mark.parametrize("name", KINDS)
@steady
@given(data=st.data())
def test_garbage_from_a_client_that_may_do_everything_is_refused_or_harmless(name: str, data: st.DataObject) -> None:
    party = served(name)
    operation = data.draw(st.sampled_from(operations(name)), "operation")
    path = filled(operation, lambda _name: data.draw(segments))
    kind = data.draw(st.sampled_from([b"application/json", b"text/plain", b"application/x-www-form-urlencoded", b""]))
    sent = [*data.draw(headers, "headers"), *bearer(name), (b"content-type", kind)]
    body = data.draw(octets | json_values.map(msgspec.json.encode), "body")
    before = party.records()

    status, _, _ = party.call(operation.method, path, data.draw(queries, "query"), sent, body)

    assert status < 500
    if status >= 400:
        assert party.records() == before
    assert party.world.errors == []


@pytest.mark.parametrize("name", KINDS)
@steady
@given(data=st.data())
def test_a_good_body_with_something_spoilt_is_refused_or_understood(name: str, data: st.DataObject) -> None:
    party = served(name)
    candidates = [each for each in operations(name) if each.body is not None and each.id != "issueToken"]
    operation = data.draw(st.sampled_from(candidates), "operation")
    body = deepcopy(data.draw(st.sampled_from(_examples(name, operation.id)), "example"))
    for _ in range(data.draw(st.integers(1, 3), "how often")):
        body = spoil(body, data)
    key = data.draw(st.text("abc", min_size=1, max_size=8), "key")
    before = party.records()

    status, _, _ = party.call(
        operation.method,
        filled(operation, lambda parameter: f"{parameter[:3].upper()}-1"),
        b"",
        [*json_headers(name, key), (b"if-match", b"*")],
        msgspec.json.encode(body),
    )

    assert status < 500
    if status >= 400:
        assert party.records() == before
    assert party.world.errors == []


def spoil(value: Any, data: st.DataObject) -> Any:
    """Change, drop or add something somewhere in a JSON value."""
    if isinstance(value, dict) and value and data.draw(st.integers(0, 3)):
        key = data.draw(st.sampled_from(sorted(value)))
        what = data.draw(st.sampled_from(["inside", "inside", "drop", "add"]))
        if what == "inside":
            return {**value, key: spoil(value[key], data)}
        if what == "add":
            return {**value, data.draw(st.text(max_size=10)): data.draw(json_values)}
        return {name: item for name, item in value.items() if name != key}
    if isinstance(value, list) and value and data.draw(st.integers(0, 3)):
        place = data.draw(st.integers(0, len(value) - 1))
        return [*value[:place], spoil(value[place], data), *value[place + data.draw(st.integers(0, 1)) :]]
    return data.draw(json_values)


@cache
def _examples(name: str, operation_id: str) -> list[Any]:
    for item in api(KINDS[name]).document["paths"].values():
        for method in item.values():
            if method["operationId"] == operation_id:
                examples = method["requestBody"]["content"]["application/json"]
                return [each["value"] for each in examples.get("examples", {}).values()] or [examples["example"]]
    raise AssertionError(f"{operation_id} has no example")


@pytest.mark.parametrize("name", KINDS)
def test_every_operation_refuses_a_body_of_every_wrong_kind(name: str) -> None:
    party = served(name)
    bodies = [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"0",
        b'"text"',
        b"\x00",
        b"{",
        b'{"a":',
        b"[" * 2000,
        b"\xff\xfe",
        b'"\\ud800"',
    ]
    for operation in operations(name):
        before = party.records()
        for body in bodies:
            path = filled(operation, lambda _name: "X-1")
            status, _, _ = party.call(operation.method, path, b"", json_headers(name, "k1"), body)
            if operation.body is not None and operation.body_required:
                assert 400 <= status < 500, f"{operation.id} took {body!r}"
            assert status < 500
        if operation.method == "GET":
            assert party.records() == before
    assert party.world.errors == []
