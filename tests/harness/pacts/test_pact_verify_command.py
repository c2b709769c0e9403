"""crossdock contract pact verify on the command line, with pact-python's verifier and real sockets."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from junitparser import JUnitXml

from crossdock.contracts.documents import load
from crossdock.contracts.validation import Validator
from crossdock.harness.cli import cli
from crossdock.tests.harness.pacts.pacts import EXISTS, asked, event_is_told, order_is_read, written

SUBMITTED = "crossdock.order.submitted.v1"
WAS_SUBMITTED = {"name": "an order CO-7 was submitted"}


def verify(*words: str) -> Result:
    return CliRunner().invoke(cli, ["contract", "pact", "verify", *words])


def outcomes(done: Result) -> list[str]:
    return [each["outcome"] for pact in json.loads(done.stdout)["pacts"] for each in pact["interactions"]]


def test_an_interaction_that_the_simulator_keeps_passes(tmp_path: Path) -> None:
    sku = {"match": "regex", "regex": "^SKU-PACT(-2)?$"}
    interaction = order_is_read(
        {"orderId": "CO-10042", "lines": [{"sku": "SKU-PACT"}]},
        rules={"lines": {"match": "type", "min": 2}, "lines[*].sku": sku},
    )
    done = verify(written(tmp_path, interaction))
    assert done.exit_code == 0, done.output
    assert "  PASS           an order is read" in done.stdout
    assert "PASS: 1 of 1 interaction in 1 pact" in done.stdout


def test_what_differs_is_told_with_its_path(tmp_path: Path) -> None:
    done = verify(written(tmp_path, order_is_read({"orderId": "CO-1", "colour": "red"})))
    assert done.exit_code == 1
    assert "given an order CO-10042 exists with 2 lines" in done.stdout
    assert "body $.orderId: Expected 'CO-10042' (String) to be equal to 'CO-1' (String)" in done.stdout
    assert "body $: Actual map is missing the following keys: colour" in done.stdout


def test_each_interaction_finds_a_world_of_its_own(tmp_path: Path) -> None:
    nothing = order_is_read(None, [{"name": "there is nothing"}], status=404)
    done = verify(written(tmp_path, order_is_read({}), nothing), "--json")
    assert outcomes(done) == ["PASS", "PASS"]


def test_a_caller_is_let_in_unless_a_state_says_otherwise(tmp_path: Path) -> None:
    stranger = order_is_read(None, [*EXISTS, {"name": "the caller has no valid token"}], status=401)
    assert outcomes(verify(written(tmp_path, order_is_read({}), stranger), "--json")) == ["PASS", "PASS"]


def test_messages_are_what_the_simulator_tells_in_the_state(tmp_path: Path) -> None:
    told = event_is_told({"type": SUBMITTED, "subject": "CO-7"}, WAS_SUBMITTED)
    other = event_is_told({"type": SUBMITTED, "subject": "CO-8"}, WAS_SUBMITTED)
    done = verify(written(tmp_path, told, other), "--json")
    assert outcomes(done) == ["PASS", "FAIL"]


def test_a_message_that_the_state_does_not_bring_about_is_no_finding_about_the_provider(tmp_path: Path) -> None:
    done = verify(written(tmp_path, event_is_told({"type": "crossdock.case.opened.v1"}, WAS_SUBMITTED)))
    assert done.exit_code == 2
    assert "crm told no event of the type 'crossdock.case.opened.v1' in this state; it told " in done.stdout
    assert SUBMITTED in done.stdout


def test_a_request_with_a_reply_is_an_operation(tmp_path: Path) -> None:
    right = asked("getOrder", None, {"orderId": "CO-7"}, WAS_SUBMITTED, orderId="CO-7")
    wrong = asked("getOrder", None, {"orderId": "CO-8"}, WAS_SUBMITTED, orderId="CO-7")
    assert outcomes(verify(written(tmp_path, right, wrong), "--json")) == ["PASS", "FAIL"]


@pytest.mark.parametrize(
    ("provider", "state", "path", "fields"),
    [
        ("warehouse", "a fulfilment request FF-9 exists", "/v1/fulfilment-requests/FF-9", {"fulfilmentId": "FF-9"}),
        ("west", "a shipment SHP-9 of FF-9 exists", "/v1/shipments/SHP-9", {"fulfilmentId": "FF-9"}),
        ("erp", "a sales order SO-9 exists for CO-9", "/v1/sales-orders/SO-9", {"externalReference": "CO-9"}),
        ("erp", "a customer C-9 exists", "/v1/customers/C-9", {"customerNumber": "C-9"}),
        ("erp", "7 pieces of the item NUT-1 exist", "/v1/items/NUT-1", {"sku": "NUT-1"}),
        ("crm", "an account ACC-9 exists", "/v1/accounts/ACC-9", {"accountId": "ACC-9"}),
        ("crm", "a case CASE-9 exists", "/v1/cases/CASE-9", {"caseId": "CASE-9"}),
    ],
)
def test_older_pacts_and_every_kind_of_provider(
    tmp_path: Path, provider: str, state: str, path: str, fields: dict[str, str]
) -> None:
    second = {
        "description": state,
        "providerState": state,
        "request": {"method": "GET", "path": path},
        "response": {"status": 200, "body": fields},
    }
    done = verify(written(tmp_path, second, provider=provider, version="2.0.0"))
    assert done.exit_code == 0, done.output


def test_unknown_states_and_providers_are_told_all_at_once_before_anything_is_asked(tmp_path: Path) -> None:
    one = written(tmp_path, order_is_read({}, [{"name": "an order CO-1 exist"}, {"name": "full moon"}]))
    two = written(tmp_path, order_is_read({}), provider="earp", name="two.json")
    done = verify(one, two)
    assert done.exit_code == 2
    assert "there is no provider state 'an order CO-1 exist': did you mean 'an order exists'?" in done.stderr
    assert "there is no provider state 'full moon': `crossdock list states` shows those that there are" in done.stderr
    assert "there is no simulator 'earp': did you mean 'erp'?" in done.stderr
    assert "crossdock: nothing was verified" in done.stderr


def test_a_provider_of_another_name_is_played_by_whom_one_says(tmp_path: Path) -> None:
    file = written(tmp_path, order_is_read({}), provider="customer-service")
    assert verify(file, "--as", "customer-service=crm").exit_code == 0


def test_a_state_that_can_not_be_brought_about_is_no_finding_about_the_provider(tmp_path: Path) -> None:
    wrong = order_is_read({}, [{"name": "an order exists", "params": {"orderId": "CO-10042", "lines": "many"}}])
    done = verify(written(tmp_path, wrong))
    assert done.exit_code == 2
    assert "lines is 'many', but must be a whole number from 1" in done.stdout


def test_a_pact_that_expects_nothing_is_refused(tmp_path: Path) -> None:
    done = verify(written(tmp_path))
    assert (done.exit_code, "this pact has no interaction, so every provider would keep it" in done.stderr) == (2, True)


def test_the_documents_for_programs_keep_to_their_schemas(tmp_path: Path) -> None:
    file = written(tmp_path, order_is_read({}), order_is_read({"orderId": "CO-1"}, [*EXISTS]))
    document = json.loads(verify(file, "--json").stdout)
    assert Validator(load("harness/v1/pact-result.json")).errors(document) == []
    junit = tmp_path / "pacts.xml"
    assert verify(file, "--format", "junit", "--output", str(junit)).exit_code == 1
    suite = next(iter(JUnitXml.fromstring(junit.read_bytes())))
    assert (suite.tests, suite.failures, suite.errors) == (2, 1, 0)


@pytest.fixture
def provider() -> Iterator[tuple[str, list[Any]]]:
    """A real provider, that has one order, and what it was told."""
    heard: list[Any] = []

    class Provider(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.headers["authorization"])
            self._answer(b'{"orderId": "CO-10042"}')

        def do_POST(self) -> None:
            heard.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self._answer(b"{}")

        def _answer(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", heard
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_real_provider_is_asked_and_told_of_its_states(tmp_path: Path, provider: tuple[str, list[Any]]) -> None:
    url, heard = provider
    file = written(tmp_path, order_is_read({"orderId": "CO-10042"}, [{"name": "whatever they call it"}]))
    done = verify(file, "--provider", url, "--states", f"{url}/states", "--header", "Authorization: Bearer x")
    assert done.exit_code == 0, done.output
    assert f"played by {url}" in done.stdout
    assert [each["state"] for each in heard if isinstance(each, dict)] == ["whatever they call it"] * 2
    assert "Bearer x" in heard


def test_what_only_a_real_provider_needs_requires_one(tmp_path: Path) -> None:
    done = verify(written(tmp_path, order_is_read({})), "--states", "http://127.0.0.1:1/states")
    assert (done.exit_code, "--states, --messages and --header require --provider" in done.stderr) == (2, True)
