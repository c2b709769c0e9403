"""What faults do to a request: the caller is misled as ordered, and the journal knows what really happened."""

import asyncio
from dataclasses import dataclass, field

import aiohttp
import pytest

from crossdock.simulators.interference import (
    Answer,
    AnswerEffect,
    Delay,
    Message,
    NoInterference,
    OnTheWire,
    RequestEffect,
    Withhold,
)
from crossdock.simulators.journal import Entry
from crossdock.tests.simulators.http.site import CASE, Reply, Site


@dataclass
class Script(NoInterference):
    """Strikes the creation of cases once: before, or after it was committed."""

    first: RequestEffect | None = None
    then: AnswerEffect | None = None
    asked: list[tuple[str, str, int]] = field(default_factory=list)

    def before(self, message: Message) -> RequestEffect | None:
        if message.name != "createCase":
            return None
        self.asked.append(("before", message.name, 0))
        effect, self.first = self.first, None
        return effect

    def committed(self, message: Message, status: int) -> AnswerEffect | None:
        if message.name != "createCase":
            return None
        self.asked.append(("committed", message.name, status))
        effect, self.then = self.then, None
        return effect


async def strike(site: Site, *, before: RequestEffect | None = None, after: AnswerEffect | None = None) -> Script:
    await site.token()
    site.tokens["crm"] = await site.token()
    site.entries.clear()
    script = Script(before, after)
    site.interfere(script)
    return script


async def post(site: Site, key: str = "k1", timeout_s: float = 5.0) -> Reply:
    headers = {"Idempotency-Key": key}
    return await site.ask("POST", "/v1/cases", CASE, headers=headers, timeout_s=timeout_s)


def outline(site: Site) -> list[str]:
    return [entry.kind for entry in site.entries if entry.channel == "http"]


def last(site: Site, kind: str) -> Entry:
    return site.journal("createCase", kind)[-1]


async def test_interference_is_asked_once_before_anything_is_done_and_once_after_the_commit(site: Site) -> None:
    script = await strike(site)

    await post(site)

    assert script.asked == [("before", "createCase", 0), ("committed", "createCase", 201)]


async def test_interference_hears_of_what_the_party_refuses_but_not_of_who_was_turned_away_at_the_door(
    site: Site,
) -> None:
    script = await strike(site)

    await site.ask("POST", "/v1/cases", {**CASE, "category": "shortShip", "orderId": "ORD-9"})
    await site.ask("POST", "/v1/cases", {**CASE, "subject": 7})
    await site.ask("POST", "/v1/cases", CASE, headers={"Authorization": "Bearer wrong"})

    assert [status for when, _, status in script.asked if when == "committed"] == [422, 422]
    assert len([when for when, _, _ in script.asked if when == "before"]) == 2


async def test_interference_is_told_which_order_a_message_is_about(site: Site) -> None:
    asked: list[Message] = []

    class Watch(NoInterference):
        def before(self, message: Message) -> RequestEffect | None:
            asked.append(message)
            return None

    site.world.lineage.learn("ORD-7", "ORD-7")
    await site.token()
    site.interfere(Watch())

    await site.ask("GET", "/v1/cases?orderId=ORD-7&limit=1")
    await site.ask("GET", "/v1/orders/ORD-7")
    await site.ask("POST", "/v1/cases", {**CASE, "orderId": "ORD-7"})
    await site.ask("GET", "/v1/cases?limit=1")

    about = [(message.name, message.order_id) for message in asked if message.name != "issueToken"]
    assert about == [("listCases", "ORD-7"), ("getOrder", "ORD-7"), ("createCase", "ORD-7"), ("listCases", "")]
    assert {entry.order_id for entry in site.journal("getOrder")} == {"ORD-7"}


async def test_an_answer_before_the_commit_happens_instead_of_it(site: Site) -> None:
    await strike(site, before=Answer(503, "unavailable", headers=(("Retry-After", "2"),)))

    reply = await post(site)

    assert (reply.status, reply.code, reply.headers["retry-after"]) == (503, "unavailable", "2")
    assert "Case" not in site.state()
    assert outline(site) == ["invoke", "fault", "fail"]
    again = await post(site)
    assert (again.status, "idempotent-replayed" in again.headers) == (201, False), "the key was not used up"


@pytest.mark.parametrize(
    ("effect", "code"),
    [
        (
            Answer(401, "token-expires", headers=(("WWW-Authenticate", 'Bearer error="invalid_token"'),)),
            "unauthenticated",
        ),
        (Answer(429, "rate-limited", headers=(("Retry-After", "1"),)), "too-many-requests"),
    ],
)
async def test_a_fault_that_the_contract_knows_is_told_as_the_contract_says(
    site: Site, effect: Answer, code: str
) -> None:
    await strike(site, before=effect)

    assert (await post(site)).code == code


async def test_a_fault_says_what_it_was_told_to(site: Site) -> None:
    await strike(site, before=Answer(503, "unavailable", b'{"oops":1}', (("Retry-After", "1"), ("X-Odd", "yes"))))

    async with site.session.post(
        site.url() + "/v1/cases", json=CASE, headers={"Authorization": f"Bearer {site.tokens['crm']}"}
    ) as response:
        assert (response.status, await response.read(), response.headers["X-Odd"]) == (503, b'{"oops":1}', "yes")


async def test_an_error_after_the_commit_misleads_the_caller_and_not_the_journal(site: Site) -> None:
    await strike(site, after=Answer(503, "error-after-commit", headers=(("Retry-After", "1"),)))

    reply = await post(site)

    assert reply.status == 503
    assert site.state()["Case"] == 1
    assert outline(site) == ["invoke", "commit", "fault", "info"]
    assert last(site, "info").detail["status"] == 503
    assert last(site, "info").detail["instead"] == 201
    again = await post(site)
    assert (again.status, again.headers["idempotent-replayed"]) == (201, "true")
    assert site.state()["Case"] == 1


async def test_a_caller_that_gives_up_waiting_can_not_know_that_it_happened(site: Site) -> None:
    await strike(site, after=Withhold(30.0, "no-answer"))

    with pytest.raises(asyncio.TimeoutError):
        await post(site, timeout_s=0.05)
    await site.until(lambda: site.journal("createCase", "info"), "the caller is seen to have left")

    assert site.state()["Case"] == 1
    assert outline(site) == ["invoke", "commit", "fault", "info"]
    detail = last(site, "info").detail
    assert (detail["callerLeft"], detail["withheld"], detail["fault"]) == (True, True, "no-answer")
    assert "status" not in detail
    assert site.clock.wire() == 0, "nobody waited for the time to be over"
    again = await post(site)
    assert (again.status, again.headers["idempotent-replayed"]) == (201, "true")


async def test_a_caller_that_waits_on_is_cut_off_in_the_end(site: Site) -> None:
    await strike(site, after=Withhold(30.0, "no-answer"))
    patient = asyncio.create_task(post(site))
    await site.until(lambda: site.journal("no-answer"), "the answer is withheld")
    assert site.world.busy() == "1 requests are being answered"

    await site.advance(30)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await patient

    assert last(site, "info").detail["callerLeft"] is False
    await site.until(lambda: site.world.busy() is None, "the exchange is over")


async def test_silence_before_the_commit_is_a_certain_failure(site: Site) -> None:
    await strike(site, before=Withhold(30.0, "no-answer"))

    with pytest.raises(asyncio.TimeoutError):
        await post(site, timeout_s=0.05)
    await site.until(lambda: site.journal("createCase", "fail"), "the caller is seen to have left")

    assert "Case" not in site.state()
    assert outline(site) == ["invoke", "fault", "fail"]


async def test_a_delay_before_the_commit_holds_it_up(site: Site) -> None:
    await strike(site, before=Delay(5.0, "slow"))
    waiting = asyncio.create_task(post(site))
    await site.until(lambda: site.journal("slow", "fault"), "the request is held up")

    assert "Case" not in site.state()
    await site.advance(5)

    assert (await waiting).status == 201
    assert outline(site) == ["invoke", "fault", "commit", "ok"]


async def test_a_delay_after_the_commit_holds_up_only_the_answer(site: Site) -> None:
    await strike(site, after=Delay(5.0, "slow"))
    waiting = asyncio.create_task(post(site))
    await site.until(lambda: site.journal("slow", "fault"), "the answer is held up")

    assert site.state()["Case"] == 1
    assert (await post(site)).headers["idempotent-replayed"] == "true", "what was done is known to a repetition"
    assert not waiting.done()
    await site.advance(5)

    assert (await waiting).status == 201
    assert last(site, "ok").detail["fault"] == "slow"


async def test_two_faults_may_strike_one_exchange_and_both_are_told(site: Site) -> None:
    await strike(site, before=Delay(1.0, "slow"), after=Answer(503, "error", headers=(("Retry-After", "1"),)))
    waiting = asyncio.create_task(post(site))
    await site.until(lambda: site.journal("slow", "fault"), "the request is held up")
    await site.advance(1)

    assert (await waiting).status == 503
    assert [entry.name for entry in site.journal() if entry.kind == "fault"] == ["slow", "error"]
    assert {entry.detail["operation"] for entry in site.journal() if entry.kind == "fault"} == {"createCase"}


async def test_a_fault_on_a_refusal_leaves_it_a_failure(site: Site) -> None:
    await strike(site, after=Answer(503, "error", headers=(("Retry-After", "1"),)))

    reply = await site.ask("POST", "/v1/cases", {**CASE, "category": "shortShip", "orderId": "ORD-9"})

    assert reply.status == 503
    assert last(site, "fail").detail["instead"] == 422


async def test_a_mistake_of_our_own_is_a_500_that_can_not_be_counted_against_the_layer(site: Site) -> None:
    class Broken(NoInterference):
        def before(self, message: Message) -> RequestEffect | None:
            raise ZeroDivisionError("a mistake")

    site.tokens["crm"] = await site.token()
    site.interfere(Broken())
    async with site.session.get(
        site.url() + "/v1/cases", headers={"Authorization": f"Bearer {site.tokens['crm']}"}
    ) as response:
        assert response.status == 500
        assert (await response.json(content_type="application/problem+json"))["code"] == "internal-error"

    assert site.journal("listCases", "info"), "whether anything was changed is not known"
    (error,) = site.world.errors
    assert error.startswith("crm.listCases, exchange ")
    assert error.endswith("ZeroDivisionError: a mistake")
    site.world.errors.clear()


async def test_what_meets_its_fate_on_the_wire_is_answered_and_told_by_the_wire_alone(site: Site) -> None:
    await strike(site, after=OnTheWire("cut-response"))

    assert (await post(site)).status == 201

    assert outline(site) == ["invoke", "commit", "info"]
    assert last(site, "info").detail["fault"] == "cut-response"


async def test_what_is_refused_stays_refused_on_the_wire_too(site: Site) -> None:
    await strike(site, after=OnTheWire("cut-response"))

    await site.ask("POST", "/v1/cases", {**CASE, "category": "shortShip", "orderId": "ORD-9"})

    assert outline(site) == ["invoke", "fail"]


async def test_interference_is_told_the_exchange_of_a_request_and_where_its_connection_comes_from(site: Site) -> None:
    asked: list[Message] = []

    class Watch(NoInterference):
        def before(self, message: Message) -> RequestEffect | None:
            asked.append(message)
            return None

    await site.token()
    site.interfere(Watch())
    await post(site)

    message = asked[-1]
    assert message.exchange == last(site, "invoke").seq
    assert message.connection is not None
    assert message.connection.get_extra_info("peername")[0] == "127.0.0.1"  # type: ignore[attr-defined]  # a transport


async def test_a_request_that_breaks_the_contract_is_known_as_such_before_anything_strikes_it(site: Site) -> None:
    seen: list[tuple[bool, int]] = []

    class Watch(NoInterference):
        def before(self, message: Message) -> RequestEffect | None:
            seen.append((message.in_vain, 0))
            return None

        def committed(self, message: Message, status: int) -> AnswerEffect | None:
            seen.append((message.in_vain, status))
            return None

    site.tokens["crm"] = await site.token()
    site.interfere(Watch())
    headers = {"Idempotency-Key": "k9"}
    await site.ask("POST", "/v1/cases", {**CASE, "category": "none of these"}, headers=headers)
    await site.ask("POST", "/v1/cases", CASE, headers=headers)

    assert seen == [(True, 0), (True, 422), (False, 0), (False, 201)]
