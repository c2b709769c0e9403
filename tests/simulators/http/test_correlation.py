"""The correlation id and the trace of a request: kept in its answer, in the journal, and in every event it causes."""

import pytest

from crossdock.simulators.journal import Committed
from crossdock.tests.simulators.http.receiver import Receiver
from crossdock.tests.simulators.http.site import Site

TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
GIVEN = {"X_Correlation_Id": "CORR-1", "traceparent": TRACE}


async def test_they_are_kept_all_the_way_from_the_request_to_the_webhook(site: Site, receiver: Receiver) -> None:
    await site.ask("POST", "/v1/webhook-subscriptions", {"url": receiver.url})

    reply = await site.open_case(**GIVEN)
    await site.until(lambda: site.journal("crossdock.case.changed.v1", "ok"), "the event is delivered")

    assert (reply.headers["x-correlation-id"], reply.headers["traceparent"]) == ("CORR-1", TRACE)
    (delivery,) = receiver.deliveries
    assert (delivery.headers["x-correlation-id"], delivery.headers["traceparent"]) == ("CORR-1", TRACE)
    event = delivery.event
    assert (event["correlationid"], event["causationid"], event["traceparent"]) == ("CORR-1", "CORR-1", TRACE)
    entries = [*site.journal("createCase"), *site.journal("crossdock.case.changed.v1")]
    assert [entry.kind for entry in entries] == ["invoke", "commit", "ok", "invoke", "ok"]
    assert {(entry.correlation, entry.trace) for entry in entries} == {("CORR-1", TRACE)}
    feed = (await site.ask("GET", "/v1/events")).json["items"]
    assert feed == [event]


async def test_they_are_kept_in_a_refusal_too(site: Site) -> None:
    reply = await site.ask("GET", "/v1/nowhere", headers={"X-Correlation-Id": "CORR-1", "traceparent": TRACE})

    assert (reply.headers["x-correlation-id"], reply.headers["traceparent"]) == ("CORR-1", TRACE)
    assert {entry.correlation for entry in site.journal("unknown")} == {"CORR-1"}


@pytest.mark.parametrize(
    "trace",
    [
        "",
        "nonsense",
        TRACE.upper(),
        f"{TRACE}-00",
        TRACE.replace("4bf92f3577b34da6a3ce929d0e0e4736", "0" * 32),
        TRACE.replace("00f067aa0ba902b7", "0" * 16),
    ],
)
async def test_a_trace_that_is_none_is_passed_over_and_the_event_gets_one_of_its_own(site: Site, trace: str) -> None:
    reply = await site.open_case(traceparent=trace)

    assert reply.status == 201
    assert "traceparent" not in reply.headers
    (commit,) = site.journal("createCase", "commit")
    assert commit.trace == ""
    assert isinstance(commit.detail, Committed)
    assert commit.detail.events[0].traceparent not in ("", trace)


async def test_without_a_correlation_id_the_event_is_correlated_by_what_it_is_about(site: Site) -> None:
    case = (await site.open_case()).json["caseId"]

    (event,) = (await site.ask("GET", "/v1/events")).json["items"]
    assert event["correlationid"] == case
    assert "causationid" not in event


async def test_a_replayed_answer_has_the_correlation_id_of_its_own_request(site: Site) -> None:
    await site.open_case(Idempotency_Key="k1", X_Correlation_Id="CORR-1")

    again = await site.open_case(Idempotency_Key="k1", X_Correlation_Id="CORR-2")

    assert again.headers["x-correlation-id"] == "CORR-2"
