"""What the layer must have counted and what it may have, claim by claim."""

import inspect
from pathlib import Path

import pytest

from crossdock.harness.telemetry.claim import claims
from crossdock.harness.telemetry.offered import MetricClaim
from crossdock.harness.transaction import Moment
from crossdock.harness.transactions import Open
from crossdock.simulators.journal import Committed
from crossdock.tests.harness.telemetry.story import Story, counted

PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "metrics-and-traces.md"
ORDER = {
    "specversion": "1.0",
    "id": "EV-1",
    "source": "/parties/crm",
    "type": "crossdock.order.submitted.v1",
    "subject": "CO-1",
    "time": "2026-03-02T00:00:00Z",
    "datacontenttype": "application/json",
    "correlationid": "C-1",
    "traceparent": "00-1-1-01",
    "sequence": 1,
    "data": {"orderId": "CO-1"},
}


@pytest.mark.parametrize("name", claims)
def test_every_claim_is_described_and_stands_in_the_guide(name: str) -> None:
    assert len(inspect.getdoc(claims[name]) or "") > 80
    assert f"| `{name}` |" in PAGE.read_text("utf-8")


def test_calls_are_counted_by_what_was_answered() -> None:
    for outcome, seen in (("succeeded", 2), ("refused", 1), ("failed", 3)):
        story = counted("calls", party="erp", outcome=outcome)
        for status in (200, 503, 404, 201, 500, 502):
            story.call("erp", "createInvoice", status)
        story.call("crm", "createCase", 200)
        story.scrape(("n", {}, seen))
        assert story.seen() == (seen, seen), outcome


def test_a_fault_that_answers_for_a_party_is_an_answer_like_others() -> None:
    story = counted("calls", outcome="failed")
    exchange = story.call("erp", "createInvoice", 503)
    story.fault("erp", "brownout", "http", exchange, operation="createInvoice", effect="answer")
    story.scrape(("n", {}, 1))
    assert story.seen() == (1, 1)


@pytest.mark.parametrize("outcome", ["succeeded", "refused", "failed"])
def test_a_call_of_which_the_answer_may_be_lost_may_be_counted_as_anything_or_not_at_all(outcome: str) -> None:
    story = counted("calls", outcome=outcome)
    story.call("erp", "createInvoice", 201, took_s=1.9)  # so late that the layer may have given up
    story.call("erp", "createInvoice", 201, callerLeft=True)
    story.call("erp", "createInvoice", 0, withheld=True)
    story.call("erp", "createInvoice", 201)
    story.fault("erp", "connection-reset", "http", len(story.entries) - 1, place="relay")
    story.scrape(("n", {}, 1))
    assert story.seen() == (0, 4)


def test_what_is_answered_while_a_party_is_out_of_reach_may_be_lost() -> None:
    story = counted("calls", party="erp", outcome="succeeded")
    story.fault("erp", "one-way-partition", reachable=False)
    story.call("erp", "createInvoice", 201)
    story.call("erp", "createInvoice", 201)
    story.fault("erp", "one-way-partition", reachable=True)
    story.now_s += 5
    story.call("erp", "createInvoice", 201)
    story.scrape(("n", {}, 1))
    assert story.seen() == (1, 3)


def test_of_all_calls_that_were_made_nothing_is_known_at_most_while_a_party_is_away() -> None:
    story = counted("calls")
    story.call("erp", "createInvoice", 503)
    story.scrape(("n", {}, 1))
    assert story.seen() == (1, 1)
    story.testimony.end_wave()
    story.fault("erp", "outage", reachable=False)
    story.scrape(("n", {}, 40))
    assert story.seen() == (0, None)


def test_requests_for_tokens_may_be_counted_or_not() -> None:
    story = counted("calls", outcome="succeeded")
    story.call("erp", "issueToken", 200)
    story.scrape(("n", {}, 0))
    assert story.seen() == (0, 1)


def test_a_delivery_is_counted_once_however_often_it_is_tried() -> None:
    story = counted("deliveries", party="erp")
    story.call("erp", "createInvoice", 503, key="k")
    story.call("erp", "createInvoice", 502, key="k", effect=True)  # it happened, and the answer says otherwise
    story.scrape(("n", {}, 0))
    assert story.seen() == (0, 1)
    story.call("erp", "createInvoice", 201, key="k")  # replayed
    story.call("erp", "getInvoice", 200, method="GET")
    story.call("erp", "issueToken", 200)
    story.scrape(("n", {}, 1))
    assert story.seen() == (1, 1)


def test_what_was_refused_is_no_delivery() -> None:
    story = counted("deliveries")
    story.call("erp", "createInvoice", 403, key="k")
    story.scrape(("n", {}, 1))
    assert story.seen() == (0, 0)
    assert story.compared().contradicts


def test_what_a_document_made_happen_may_be_counted_once_its_acknowledgment_is_read() -> None:
    story = counted("deliveries", party="west")
    exchange = story.tell("invoke", "west", "x12", "createFulfilmentRequest", detail={})
    detail = Committed(records=[])
    story.tell("commit", "west", "x12", "createFulfilmentRequest", exchange=exchange, detail=detail)
    story.scrape(("n", {}, 1))
    assert story.seen() == (0, 1)


def test_a_retry_is_the_same_request_after_one_that_failed() -> None:
    story = counted("retries", party="erp")
    story.call("erp", "createInvoice", 503, key="k")
    story.call("erp", "createInvoice", 503, key="k")
    story.call("erp", "createInvoice", 201, key="k")
    story.call("erp", "createInvoice", 201, key="other")
    story.scrape(("n", {}, 2))
    assert story.seen() == (2, 2)


def test_a_retry_may_follow_in_a_later_wave() -> None:
    story = counted("retries")
    story.call("erp", "createInvoice", 503, key="k")
    story.scrape(("n", {}, 0))
    assert story.seen() == (0, 1)
    story.testimony.end_wave()
    story.call("erp", "createInvoice", 201, key="k")
    story.scrape(("n", {}, 1))
    assert story.seen() == (1, 1)


def test_an_order_is_taken_in_at_the_latest_when_it_stands_in_the_erp() -> None:
    story = counted("orders")
    for _ in range(3):
        story.tell("commit", "crm", "people", "createOrder", detail={"records": [], "events": [ORDER]})
    story.call("erp", "createSalesOrder", 201, key="k", effect=True)
    story.scrape(("n", {}, 2))
    assert story.seen() == (1, 3)


def test_webhooks_are_counted_by_what_the_layer_answered() -> None:
    for outcome, seen in (("succeeded", (1, 2)), ("refused", (2, 3)), ("", (3, 4))):
        story = counted("webhooks", party="erp", outcome=outcome)
        story.webhook("ok", 202)
        story.webhook("fail", 401)
        story.webhook("fail", 415)
        story.webhook("info", None)
        story.scrape(("n", {}, seen[0]))
        assert story.seen() == seen, outcome


def test_documents_are_counted_by_their_kind_and_the_same_again_may_be() -> None:
    story = counted("documents", kind="940")
    story.file("940", "940", digest="a")
    story.file("940", "940", digest="a")
    story.file("940", digest="b", confirmed=False)
    story.file("997", digest="c")
    story.file(digest="d", layout="item_master")
    story.scrape(("n", {}, 2))
    assert story.seen() == (2, 5)


def test_a_session_that_ends_may_take_the_news_of_a_file_with_it() -> None:
    story = counted("documents", party="west")
    story.file("940", digest="a")
    story.fault("west", "upload-told-failed", "sftp", effect="hang-up")
    story.scrape(("n", {}, 0))
    assert story.seen() == (0, None)


def test_a_backlog_must_be_gone_once_nothing_is_due() -> None:
    story = Story(MetricClaim(claim="backlog", metric="n"))
    story.scrape(("n", {}, 3))
    assert story.compared().contradicts
    story.transactions.open["intake", "CO-1"] = Open("crm", "erp", "CO-1", Moment(1, 0.0), "EV-1", "", False)
    story.scrape(("n", {}, 3))
    assert story.seen() == (None, None), "something is due: nobody can tell how much waits"
    story.transactions.open.clear()
    story.fault("erp", "brownout", "http", 1, effect="answer")
    story.scrape(("n", {}, 3))
    assert story.seen() == (None, None), "it may still be busy with what went wrong"


def test_dead_letters_are_held_against_the_layers_own_list() -> None:
    story = Story(MetricClaim(claim="dead-letters", metric="n"))
    for cursor, letters in (("", ["setAside", "replayed"]), ("?cursor=2", ["setAside"])):
        exchange = story.tell("invoke", "layer", "people", "listDeadLetters", detail={"url": f"/letters{cursor}"})
        body = {"items": [{"status": each} for each in letters]}
        story.tell("ok", "layer", "people", "listDeadLetters", exchange=exchange, detail={"body": body})
    story.scrape(("n", {}, 0))
    assert story.seen() == (2, 2)
    story.tell("commit", "erp", "people", "createItem", detail=Committed(records=[]))
    story.scrape(("n", {}, 0))
    assert story.seen() == (None, None), "since then more may have been set aside"


def test_whoever_asks_the_same_again_has_not_heard_that_it_succeeded() -> None:
    story = counted("calls", outcome="succeeded")
    story.call("erp", "createInvoice", 201, key="k")
    story.call("erp", "createInvoice", 201, key="k")
    story.scrape(("n", {}, 1))
    assert story.seen() == (1, 2)


def test_what_happens_while_the_machine_is_too_busy_may_be_lost_everywhere() -> None:
    for claim, seen in (("calls", (1, None)), ("retries", (0, None)), ("documents", (0, None)), ("deliveries", (1, 3))):
        story = counted(claim)
        story.call("erp", "createInvoice", 201, effect=True)
        story.now_s += 5
        story.file("940", digest="a")
        story.call("erp", "createInvoice", 201, effect=True)
        story.tell("note", "", "run", "too-busy", detail={"lateS": 2.5})
        story.call("crm", "createCase", 201, effect=True)
        story.scrape(("n", {}, 1))
        assert story.seen() == seen, claim


def test_a_delivery_that_was_heard_at_the_second_asking_is_counted() -> None:
    story = counted("deliveries")
    story.call("erp", "createInvoice", 201, key="k", effect=True, callerLeft=True)
    story.call("erp", "createInvoice", 201, key="k")
    story.call("erp", "updateInvoice", 200, key="other")  # changes nothing
    story.fault("erp", "connection-reset", "http", place="relay")
    story.scrape(("n", {}, 1))
    assert story.seen() == (1, 2)
