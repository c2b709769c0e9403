"""Every operation of every party, called by schemathesis with what its contract allows and with what it does not.

The tool reads the contract for itself, makes up the calls and judges the answers: no 5xx, and nothing that the contract
does not say (status, media type, body, headers). Our own part is only to find out that it really did all that.
"""

import gc
import os
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import msgspec
import pytest
import schemathesis
from schemathesis.engine import from_schema

from crossdock.contracts.openapi import api
from crossdock.simulators.channels.http.app import PartyApp
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.party import Cause, Party
from crossdock.simulators.rules import Call
from crossdock.simulators.world import World
from crossdock.tests.simulators.http.in_process import call

# What an ASGI server hands to an application.
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
# The contracts' own examples speak of the run 7K3F, so what a party makes in such a run is what they refer to.
MARK = "7K3F"
DOCUMENT = "/openapi.json"
BETWEEN_CALLS = timedelta(minutes=30)
SEED = {
    "crm": ("createAccount", "createOrder", "createQuote", "createContact"),
    "erp": ("createItem", "createCustomer", "postStockMovement", "createSalesOrder"),
    "east": ("receiveGoods", "createFulfilmentRequest", "createReturn"),
}
KINDS = {"crm": "crm", "erp": "erp", "east": "warehouse"}
OURS = {
    "receiveGoods": {"sku": "SKU-1001", "quantity": {"value": "100", "uom": "EA"}, "item": {"sku": "SKU-1001"}},
}
PARAMS = {"createContact": {"accountId": f"ACC-{MARK}-000001"}}
# The same code answers these for every party, so they are left to the one party that is asked first.
SHARED = ("/oauth/token", "/events", "/webhook-subscriptions")
# Every operation takes these two headers, and one place reads them.
EVERYWHERE = ("traceparent", "X-Correlation-Id")
# A call that keeps the contract may still be refused, but only for what no schema can say.
NOT_UNDERSTOOD = {
    "malformed-body",
    "invalid-parameter",
    "unsupported-media-type",
    "payload-too-large",
    "method-not-allowed",
    "idempotency-key-missing",
    "precondition-required",
}


@dataclass
class Generated:
    """A party served in process, its clock going on a little with each call."""

    name: str
    world: World = field(init=False)
    party: Party = field(init=False)
    document: dict[str, Any] = field(init=False)
    statuses: Counter[int] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.world = World("test", ManualClock(), Ids(MARK, 1), cast={self.name: KINDS[self.name]})
        self.party = self.world.parties[self.name]
        self.document = _document(self.party.kind)
        self._app = PartyApp(self.world, self.party)
        for operation in SEED[self.name]:
            self._perform(operation)

    def token(self) -> str:
        kind = self.party.kind
        scopes = (f"{kind}.read", f"{kind}.write", f"{kind}.people", "events.read", "webhooks.manage")
        self.world.register_client(self.name, "layer", "s3cret", scopes)
        self.party.access.lifetime_s = 1e9
        return self.party.access.issue("layer", "s3cret", frozenset(), 0).value

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            for word in ("startup", "shutdown"):
                await receive()
                await send({"type": f"lifespan.{word}.complete"})
        elif scope["path"] == DOCUMENT:
            headers = [(b"content-type", b"application/json")]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": msgspec.json.encode(self.document)})
        else:
            assert isinstance(self.world.clock, ManualClock)
            self.world.clock.advance(BETWEEN_CALLS)
            path = scope.get("raw_path") or quote(scope["path"]).encode()
            place = path.partition(b"?")[0].decode("ascii", "replace")
            body = await _body(receive)
            status, headers, said = call(
                self._app, scope["method"], place, scope["query_string"], scope["headers"], body
            )
            self.statuses[status] += 1
            await send({"type": "http.response.start", "status": status, "headers": headers})
            await send({"type": "http.response.body", "body": said})

    def _perform(self, operation: str) -> None:
        body = OURS.get(operation) or _example(api(self.party.kind).document, operation)
        typed = msgspec.convert(body, self.party.rules.operations[operation][1])
        self.party.perform(operation, Call(typed, PARAMS.get(operation, {}), "layer"), Cause("people"))


async def _body(receive: Receive) -> bytes:
    chunks = []
    while (message := await receive())["type"] == "http.request":
        chunks.append(message.get("body", b""))
        if not message.get("more_body", False):
            break
    return b"".join(chunks)


def _example(document: dict[str, Any], operation: str) -> Any:
    """The first example of an operation's body."""
    described = [
        method
        for item in document["paths"].values()
        for method in item.values()
        if isinstance(method, dict) and method.get("operationId") == operation
    ]
    examples = described[0]["requestBody"]["content"]["application/json"]["examples"]
    return next(iter(examples.values()))["value"]


def _document(kind: str) -> dict[str, Any]:
    """The contract of a kind as the tool is given it, less what would only take its time."""
    text = msgspec.json.encode(api(kind).document).replace(b"CO-7K3F-", b"CO-7K3F-")
    document: dict[str, Any] = _without_ceilings(msgspec.json.decode(text))
    if kind != "crm":
        document["paths"] = {path: item for path, item in document["paths"].items() if not path.startswith(SHARED)}
    for path, item in document["paths"].items():
        for method in item.values() if not path.startswith(SHARED) else ():
            if isinstance(method, dict) and "parameters" in method:
                method["parameters"] = [each for each in method["parameters"] if each["name"] not in EVERYWHERE]
    return document


def _without_ceilings(value: Any) -> Any:
    """Arrays may be of any length: to fill each one to its last item takes the tool longer than all the rest."""
    if isinstance(value, dict):
        return {
            key: _without_ceilings(item)
            for key, item in value.items()
            if not (key == "maxItems" and isinstance(item, int))
        }
    return [_without_ceilings(item) for item in value] if isinstance(value, list) else value


def _config(token: str) -> schemathesis.Config:
    few = {"max-examples": 2, "database": "none", "mode": "all"}
    return schemathesis.Config.from_dict(
        {
            "seed": 20_260_302,
            "workers": 1,
            "headers": {"Authorization": f"Bearer {token}"},
            "generation": few,
            # 428 is what RFC 6585 has for a missing If-Match.
            "checks": {"missing_required_header": {"expected-statuses": ["400", "401", "403", "415", "422", "428"]}},
            "phases": {
                "examples": {"enabled": True},
                # Other methods than these are tried by hand (test_problems).
                "coverage": {"enabled": True, "unexpected-methods": ["TRACE"]},
                "fuzzing": {"enabled": True},
                "stateful": {"enabled": True, "max-steps": 5},
            },
        }
    )


def _code(interaction: Any) -> str:
    try:
        return str(msgspec.json.decode(interaction.response.content)["code"])
    except (msgspec.DecodeError, KeyError, TypeError, AttributeError):
        return ""


def _findings(recorder: Any) -> Iterator[str]:
    for case_id, checks in recorder.checks.items():
        for check in checks:
            if check.failure_info is None:
                continue
            if check.name == "positive_data_acceptance" and _code(recorder.interactions[case_id]) not in NOT_UNDERSTOOD:
                continue
            failure = check.failure_info.failure
            what = f"{recorder.label}: {check.name}: {failure.title}: {failure.message}"
            yield f"{what}\n{check.failure_info.code_sample}"


@pytest.fixture(autouse=True)
def _lean(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The tool looks through the whole environment with each call, and makes much garbage that is none."""
    for name in set(os.environ) - {"HOME", "PATH", "LANG", "PYTEST_CURRENT_TEST"}:
        monkeypatch.delenv(name)
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 20)
    yield
    gc.set_threshold(*before)


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
def test_whatever_is_called_is_answered_as_the_contract_says(name: str) -> None:
    served = Generated(name)
    schema: Any = schemathesis.openapi.from_asgi(DOCUMENT, served, config=_config(served.token()))
    findings: list[str] = []
    called: Counter[str] = Counter()
    phases: dict[str, str] = {}

    events: Iterator[Any] = iter(from_schema(schema).execute())
    for event in events:
        kind = type(event).__name__
        if kind in ("NonFatalError", "FatalError"):
            findings.append(f"the tool itself failed: {event}")
        elif kind == "PhaseFinished":
            phases[event.phase.name.value] = event.status.value
        if recorder := getattr(event, "recorder", None):
            called[recorder.label] += len(recorder.interactions)
            findings.extend(_findings(recorder))

    assert findings == [], "\n\n".join(findings[:10])
    assert served.world.errors == []
    operations = {f"{method.upper()} {path}" for path, item in served.document["paths"].items() for method in item}
    assert operations <= called.keys(), f"never called: {sorted(operations - called.keys())}"
    assert {2, 4} == {status // 100 for status in served.statuses}, served.statuses
    wanted = {"examples", "coverage", "fuzzing", "stateful"}
    assert {phase for phase, status in phases.items() if status in ("success", "failure")} >= wanted, phases
