"""What goes out to the parties: tokens, tries, keys, and effects that happen once."""

from email.utils import formatdate

import msgspec
import pytest

from crossdock.examples.reference_layer.calls import Call, GaveUp, Refused, Trace
from crossdock.examples.reference_layer.patience import OPENS_AFTER
from crossdock.examples.reference_layer.ports import Response, TimedOut, Unreachable
from crossdock.examples.reference_layer.store import Store
from crossdock.tests.examples.conftest import MakeCalls
from crossdock.tests.examples.virtual import Scripted, VirtualTiming, answer, refusal

TRACE = Trace("CO-1", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
CREATE = Call("erp", "POST", "/v1/sales-orders", TRACE, key="crm-order:CO-1:create")
CREATED = answer(201, {"salesOrderId": "SO-1"})


async def test_every_try_of_an_effect_carries_the_same_key_and_body(make_calls: MakeCalls) -> None:
    http = Scripted(TimedOut(), answer(503), Unreachable(), CREATED)

    assert await make_calls(http).effect(CREATE, {"externalReference": "CO-1"}) == {"salesOrderId": "SO-1"}

    assert len(http.sent) == 4
    assert {sent.headers["idempotency-key"] for sent in http.sent} == {'"crm-order:CO-1:create"'}
    assert {sent.body for sent in http.sent} == {b'{"externalReference":"CO-1"}'}


async def test_an_effect_that_happened_is_not_sent_again_after_a_restart(make_calls: MakeCalls) -> None:
    await make_calls(Scripted(CREATED)).effect(CREATE, {})
    restarted = Scripted(answer(500))

    assert await make_calls(restarted).effect(CREATE, {}) == {"salesOrderId": "SO-1"}
    assert restarted.sent == []


async def test_a_crash_between_effect_and_answer_repeats_the_first_key_and_body(make_calls: MakeCalls) -> None:
    def crash(sent: object) -> Response:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await make_calls(Scripted(crash)).effect(CREATE, {"lines": ["as routed then"]})
    restarted = Scripted(CREATED)
    await make_calls(restarted).effect(CREATE, {"lines": ["as routed now"]})

    assert restarted.sent[0].headers["idempotency-key"] == '"crm-order:CO-1:create"'
    assert msgspec.json.decode(restarted.sent[0].body) == {"lines": ["as routed then"]}


async def test_a_refused_effect_is_tried_anew_under_another_key(make_calls: MakeCalls, store: Store) -> None:
    calls = make_calls(http := Scripted(refusal(422, "unknown-customer"), CREATED))

    with pytest.raises(Refused, match="422 unknown-customer"):
        await calls.effect(CREATE, {"customerNumber": "C-0"})
    assert not calls.begun(CREATE.key), "nothing of it is under way"
    await calls.effect(CREATE, {"customerNumber": "C-1"})

    first, second = http.sent
    assert first.headers["idempotency-key"] != second.headers["idempotency-key"]
    assert msgspec.json.decode(second.body) == {"customerNumber": "C-1"}


async def test_a_refusal_that_says_it_is_done_counts_as_done(make_calls: MakeCalls) -> None:
    http = Scripted(refusal(409, "duplicate-shipment"))
    calls = make_calls(http)

    for _ in range(2):
        await calls.effect(CREATE, {}, done_when=("duplicate-shipment",))
    assert len(http.sent) == 1


async def test_an_expired_token_is_renewed_once(make_calls: MakeCalls) -> None:
    http = Scripted(answer(401), CREATED)
    await make_calls(http).effect(CREATE, {})

    assert [sent.headers["authorization"] for sent in http.sent] == ["Bearer token-1", "Bearer token-2"]


async def test_a_party_that_knows_no_token_is_not_asked_for_ever(make_calls: MakeCalls) -> None:
    http = Scripted(refusal(401, "unauthenticated"))

    with pytest.raises(Refused, match="401"):
        await make_calls(http).effect(CREATE, {})
    assert len(http.sent) == 2


async def test_a_token_is_renewed_before_it_expires(make_calls: MakeCalls, timing: VirtualTiming) -> None:
    http = Scripted(CREATED)
    calls = make_calls(http)
    for seconds in (0, 1_000, 780):
        timing.now += seconds
        await calls.send(CREATE)

    assert [sent.headers["authorization"] for sent in http.sent] == ["Bearer token-1"] * 2 + ["Bearer token-2"]


@pytest.mark.parametrize("as_date", [False, True])
async def test_retry_after_is_honoured(make_calls: MakeCalls, timing: VirtualTiming, as_date: bool) -> None:
    asked = formatdate(timing.unix() + 3, usegmt=True) if as_date else "3"
    await make_calls(Scripted(answer(503, retry_after=asked), CREATED)).send(CREATE)

    assert timing.slept[0] >= 3.0


async def test_a_quota_holds_for_all_calls_to_the_party(make_calls: MakeCalls, timing: VirtualTiming) -> None:
    calls = make_calls(Scripted(answer(429, retry_after="4"), CREATED))
    began = timing.now
    await calls.send(CREATE)

    assert timing.now - began >= 4.0


@pytest.mark.parametrize(
    ("trouble", "uncertain"),
    [
        (Unreachable(), False),
        (TimedOut(), True),
        (answer(502), True),
        (Response(200, {}, b"<html>"), True),
        (Response(201, {}, b""), True),
    ],
)
async def test_giving_up_tells_whether_it_may_have_happened(
    make_calls: MakeCalls, timing: VirtualTiming, trouble: Response | Exception, uncertain: bool
) -> None:
    began = timing.now
    with pytest.raises(GaveUp) as gave_up:
        await make_calls(Scripted(trouble)).effect(CREATE, {})

    assert gave_up.value.uncertain is uncertain
    assert 50 < timing.now - began <= 60, "the whole retry budget was used, and no more"


async def test_an_answer_has_no_body_only_where_its_status_says_so(make_calls: MakeCalls) -> None:
    http = Scripted(Response(201, {}, b""), CREATED)
    assert await make_calls(http).effect(CREATE, {}) == {"salesOrderId": "SO-1"}
    assert (await make_calls(Scripted(Response(204, {}, b""))).send(CREATE)).status == 204


async def test_what_was_uncertain_before_a_restart_stays_uncertain(make_calls: MakeCalls) -> None:
    for trouble in (TimedOut(), Unreachable()):
        with pytest.raises(GaveUp) as gave_up:
            await make_calls(Scripted(trouble)).effect(CREATE, {})

    assert gave_up.value.uncertain


async def test_an_open_circuit_spares_the_party(make_calls: MakeCalls) -> None:
    http = Scripted(Unreachable())
    calls = make_calls(http)
    with pytest.raises(GaveUp):
        await calls.send(CREATE)

    assert OPENS_AFTER < len(http.sent) < 30
    assert calls.unreachable_for_s("erp") > 30
    assert calls.unreachable_for_s("crm") == 0.0, "another party has a circuit of its own"


async def test_waiting_for_an_open_circuit_ends_when_the_caller_says_so(
    make_calls: MakeCalls, timing: VirtualTiming
) -> None:
    began = timing.now
    with pytest.raises(GaveUp) as gave_up:
        await make_calls(Scripted(Unreachable())).effect(CREATE, {}, open_circuit_s=10.0)

    assert not gave_up.value.uncertain
    assert timing.now - began < 20


async def test_the_trace_goes_with_every_call_in_a_span_of_its_own(make_calls: MakeCalls) -> None:
    http = Scripted(CREATED)
    calls = make_calls(http)
    await calls.send(CREATE)
    await calls.send(Call("erp", "POST", "/v1/invoices", TRACE))

    spans = {sent.headers["traceparent"] for sent in http.sent}
    assert len(spans) == 2
    assert {span.split("-")[1] for span in spans} == {"4bf92f3577b34da6a3ce929d0e0e4736"}
    assert {sent.headers["x-correlation-id"] for sent in http.sent} == {"CO-1"}
