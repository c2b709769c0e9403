"""crossdock contract pact record: from a journal to a pact that verifies, and that pact-python's mock server serves."""

import json
import math
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from crossdock.harness.access import SCOPES
from crossdock.harness.cli import cli
from crossdock.harness.pacts.chosen_ids import ChosenIds
from crossdock.harness.pacts.ground import TOKEN, Ground
from crossdock.harness.pacts.matchers import generalised
from crossdock.harness.pacts.pact_file import GivenState
from crossdock.harness.pacts.provider_state import find
from crossdock.simulators.access import Token
from crossdock.simulators.channels.http.app import PartyApp
from crossdock.simulators.channels.http.exchange import Answer, Request
from crossdock.simulators.clock import ManualClock
from crossdock.simulators.world import PARTIES, World

SUBMITTED = "crossdock.order.submitted.v1"


def pact(*words: str) -> Result:
    return CliRunner().invoke(cli, ["contract", "pact", *words])


class Layer:
    """Asks the CRM of a world whose journal goes to a run's folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        clock, ids = ManualClock(), ChosenIds("RUN1", 1)
        self._file = (folder / "journal.ndjson").open("wb")
        world = World("run", clock, ids, cast=PARTIES, sink=self._file)
        party = world.parties["crm"]
        party.access.restore([Token(TOKEN, "layer-crm", SCOPES["crm"], math.inf)])
        self.ground = Ground("crm", world, clock, ids)
        self._app = PartyApp(world, party)

    def given(self, state: str, **parameters: str) -> None:
        found, wanted = find(GivenState(state, parameters))
        found.bring_about(self.ground, wanted)

    def ask(self, method: str, path: str, body: Any = None, token: str = TOKEN) -> int:
        octets = b"" if body is None else json.dumps(body).encode()
        headers = {b"authorization": f"Bearer {token}".encode(), b"content-type": b"application/json"}
        answer = self._app.respond(Request(method, path, b"", headers, octets))
        assert isinstance(answer, Answer)
        return answer.status

    def hears(self, event_type: str) -> None:
        """The webhook of the newest event of the type is taken."""
        event = [each for each in self.ground.party.feed.page(None, 100).items if each.type == event_type][-1]
        self.ground.world.journal.append(
            "ok", "crm", "webhook", event_type, exchange=1, detail={"event": event.id, "status": 202}
        )

    def close(self) -> None:
        self._file.close()


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """The folder of a run: two orders, of which the layer reads and reports on one and asks for a third."""
    layer = Layer(tmp_path / "run")
    layer.given("an order CO-1 exists with 2 lines")
    layer.given("an order CO-2 exists", customerNumber="C-2", sku="NUT-2", customerReference="PO-2")
    status = {"status": "accepted", "asOf": "2026-03-02T08:00:00Z", "erpOrderId": "SO-1"}
    assert layer.ask("GET", "/v1/orders/CO-1") == 200
    assert layer.ask("GET", "/v1/orders/CO-2") == 200
    assert layer.ask("GET", "/v1/orders/CO-3") == 404
    assert layer.ask("GET", "/v1/orders/CO-1", token="wrong") == 401
    assert layer.ask("PUT", "/v1/orders/CO-1/status", status) == 200
    layer.hears(SUBMITTED)
    layer.close()
    return tmp_path / "run"


def recorded(run: Path) -> dict[str, dict[str, Any]]:
    """Description → interaction."""
    done = pact("record", str(run), "--out", str(run / "pacts"))
    assert done.exit_code == 0, done.output
    document = json.loads((run / "pacts" / "layer-crm.json").read_text("utf-8"))
    return {each["description"]: each for each in document["interactions"]}


def test_there_is_one_interaction_for_each_operation_status_and_shape(run: Path) -> None:
    assert list(recorded(run)) == [
        "getOrder is answered with 200",
        "getOrder is answered with 404",
        "updateOrderStatus is answered with 200",
        f"{SUBMITTED} is told",
    ]


def test_the_state_has_what_stood_there_before_and_nothing_of_others(run: Path) -> None:
    (state,) = recorded(run)["updateOrderStatus is answered with 200"]["providerStates"]
    records = state["params"]["records"]
    assert list(records["Order"]) == ["CO-1"]
    assert records["Order"]["CO-1"]["status"] == "submitted"


def test_what_is_expected_is_what_the_schema_requires_by_its_rules(run: Path) -> None:
    response = recorded(run)["getOrder is answered with 200"]["response"]
    rules = response["matchingRules"]["body"]
    assert rules["$.lines"]["matchers"] == [{"match": "type", "min": 1}]
    assert rules["$.status"]["matchers"][0]["regex"].startswith("^(submitted|accepted|")
    assert rules["$.orderId"]["matchers"] == [{"match": "regex", "regex": "^[A-Za-z0-9._-]+$"}]
    assert rules["$.createdAt"]["matchers"][0]["match"] == "regex"
    assert len(response["body"]["content"]["lines"]) == 1


def test_what_is_recorded_verifies_and_keeps_the_rules_for_pacts(run: Path) -> None:
    recorded(run)
    done = pact("verify", str(run / "pacts"))
    assert done.exit_code == 0, done.output
    assert "PASS: 4 of 4 interactions in 1 pact" in done.stdout
    checked = CliRunner().invoke(cli, ["contract", "check", str(run / "pacts"), "--fail-on", "warning"])
    assert checked.exit_code == 0, checked.output


@pytest.mark.parametrize(
    ("description", "part", "told"),
    [
        ("getOrder is answered with 200", {"status": 201}, "status: expected 201 but was 200"),
        ("getOrder is answered with 404", {"status": 200}, "status: expected 200 but was 404"),
        ("updateOrderStatus is answered with 200", {"headers": {"x-new": ["1"]}}, "header x-new"),
    ],
)
def test_a_recorded_pact_that_is_changed_fails(run: Path, description: str, part: dict[str, Any], told: str) -> None:
    interaction = recorded(run)[description]
    interaction["response"].update(part)
    changed = {"consumer": {"name": "layer"}, "provider": {"name": "crm"}, "interactions": [interaction]}
    file = run / "changed.json"
    file.write_text(json.dumps({**changed, "metadata": {"pactSpecification": {"version": "4.0"}}}), encoding="utf-8")
    done = pact("verify", str(file))
    assert (done.exit_code, told in done.stdout) == (1, True), done.output


def test_the_mock_server_of_pact_python_serves_what_is_recorded(run: Path) -> None:
    from pact import Pact

    interaction = recorded(run)["getOrder is answered with 200"]
    request, response = interaction["request"], interaction["response"]
    mock = Pact("layer", "crm").with_specification("V4")
    served = mock.upon_receiving("an order is read").with_request(request["method"], request["path"])
    served.with_matching_rules(request["matchingRules"], "Request").will_respond_with(response["status"])
    served.with_body(json.dumps(response["body"]["content"]), "application/json", "Response")
    served.with_matching_rules(response["matchingRules"], "Response")
    with mock.serve() as server, urllib.request.urlopen(f"{server.url}/v1/orders/ANOTHER") as answer:
        assert json.load(answer)["orderId"] == "CO-1"


def test_a_run_without_a_journal_is_answered_with_what_to_name(tmp_path: Path) -> None:
    done = pact("record", str(tmp_path), "--out", str(tmp_path / "pacts"))
    assert (done.exit_code, "holds no journal.ndjson: name the folder of a run" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("schema", "value", "rule"),
    [
        ({"const": "a"}, "a", {"match": "equality"}),
        ({"enum": ["a", "b.c"]}, "a", {"match": "regex", "regex": r"^(a|b\.c)$"}),
        ({"pattern": "^[0-9]+$"}, "1", {"match": "regex", "regex": "^[0-9]+$"}),
        ({"pattern": "^(?!x)"}, "1", {"match": "type"}),
        ({"type": "integer"}, 1, {"match": "integer"}),
        ({"type": "number"}, 1.5, {"match": "number"}),
        ({"type": "boolean"}, True, {"match": "type"}),
        ({"allOf": [{"pattern": "^a$"}]}, "a", {"match": "regex", "regex": "^a$"}),
        ({"$ref": "#/x", "x": {"enum": ["a"]}}, "a", {"match": "regex", "regex": "^(a)$"}),
    ],
)
def test_a_rule_says_what_its_schema_says(schema: dict[str, Any], value: Any, rule: dict[str, Any]) -> None:
    assert generalised(value, schema).rules["$"]["matchers"] == [rule]


def test_what_is_optional_is_expected_of_what_is_sent_only() -> None:
    schema = {"properties": {"a": {"type": "string"}, "b": {"type": "string"}}, "required": ["a"]}
    assert generalised({"a": "1", "b": "2"}, schema).example == {"a": "1"}
    assert generalised({"a": "1", "b": "2"}, schema, whole=True).example == {"a": "1", "b": "2"}
