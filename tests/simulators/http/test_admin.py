"""The admin API: what a tester may do that no partner could."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from crossdock.contracts.validation import canonical
from crossdock.simulators.admin import AdminApp
from crossdock.simulators.channels.http.listener import Listener
from crossdock.simulators.refusal import Refusal
from crossdock.tests.simulators.http.site import CASE, Reply, Site

GOODS = {"sku": "SKU-1", "quantity": {"value": "100", "uom": "EA"}, "item": {"sku": "SKU-1"}}


@dataclass
class Faults:
    """A fault book that takes one kind of fault."""

    ordered: list[Mapping[str, Any]] = field(default_factory=list)

    def order(self, document: Any) -> Mapping[str, Any]:
        if not isinstance(document, dict) or document.get("fault") != "outage":
            raise Refusal.at("invalid-request", "/fault", "there is only outage")
        self.ordered.append(document)
        return document

    def listed(self) -> list[Mapping[str, Any]]:
        return list(self.ordered)

    def clear(self) -> None:
        self.ordered.clear()


@pytest.fixture
async def with_faults(site: Site) -> Site:
    """The same site, its admin API with a fault book."""
    assert site.host.admin is not None
    await site.host.admin.close()
    site.host.admin = Listener(AdminApp(site.world, "admin-token", Faults()))
    await site.host.admin.open()
    return site


def assert_problem(reply: Reply, status: int, code: str) -> None:
    assert (reply.status, reply.headers["content-type"]) == (status, "application/problem+json"), reply.body
    assert canonical("problem").errors(reply.json) == []
    assert reply.json["code"] == code


@pytest.mark.parametrize("token", ["", "wrong", "admin-toke", "Ümlaut"])
@pytest.mark.parametrize(("method", "path"), [("GET", "/parties"), ("POST", "/reset"), ("GET", "/nowhere")])
async def test_without_the_admin_token_nothing_is_done_or_told(site: Site, token: str, method: str, path: str) -> None:
    await site.open_case()

    reply = await site.admin(method, path, token=token)

    assert_problem(reply, 401, "unauthenticated")
    assert reply.headers["www-authenticate"].startswith("Bearer")
    assert site.state()["Case"] == 1


async def test_a_partners_token_is_none_for_the_admin_api(site: Site) -> None:
    assert_problem(await site.admin("GET", "/parties", token=await site.token()), 401, "unauthenticated")


async def test_the_parties_are_told_with_their_kinds(site: Site) -> None:
    reply = await site.admin("GET", "/parties")

    assert reply.json["items"] == [{"name": "crm", "kind": "crm"}, {"name": "east", "kind": "warehouse"}]


async def test_an_operation_is_performed_as_the_partys_own_people(site: Site) -> None:
    reply = await site.admin("POST", "/parties/crm/perform/createCase", {"body": CASE})

    assert (reply.status, reply.json["subject"]) == (200, CASE["subject"])
    (commit,) = site.journal("createCase", "commit")
    assert (commit.channel, commit.client) == ("admin", "admin")


async def test_parameters_are_given_by_name_and_as_text_or_as_values(site: Site) -> None:
    case = (await site.open_case()).json
    await site.open_case()

    shown = await site.admin("POST", "/parties/crm/perform/getCase", {"params": {"caseId": case["caseId"]}})
    listed = await site.admin("POST", "/parties/crm/perform/listCases", {"params": {"limit": 1, "status": "new"}})

    assert shown.json == case
    assert (listed.json["items"], listed.json["nextCursor"] is None) == ([case], False)


async def test_people_may_do_what_no_partner_is_offered(site: Site) -> None:
    reply = await site.admin("POST", "/parties/east/perform/receiveGoods", {"body": GOODS})

    assert (reply.status, reply.json["onHand"]["value"]) == (200, "100")


@pytest.mark.parametrize(
    ("path", "body", "status", "code", "pointers"),
    [
        ("crm/perform/createCase", {"body": {**CASE, "subject": 7}}, 422, "invalid-request", ["/body/subject"]),
        ("crm/perform/createCase", {"params": {}}, 422, "invalid-request", ["/body"]),
        ("crm/perform/createCase", [CASE], 422, "invalid-request", [""]),
        ("crm/perform/createCase", {"bodi": CASE}, 422, "invalid-request", [""]),
        ("crm/perform/createCase", CASE, 422, "invalid-request", [""]),
        ("crm/perform/getCase", {"body": {}, "params": {"caseId": "C"}}, 422, "invalid-request", ["/body"]),
        ("crm/perform/getCase", {"params": ["C"]}, 422, "invalid-request", ["/params"]),
        ("crm/perform/getCase", {"params": {}}, 400, "invalid-parameter", ["caseId"]),
        ("crm/perform/getCase", {"params": {"caseId": "CASE-9"}}, 404, "not-found", []),
        ("crm/perform/getCase", {"params": {"caseId": []}}, 400, "invalid-parameter", ["caseId"]),
        ("crm/perform/getCase", {"params": {"caseId": {"a": 1}}}, 404, "not-found", ["caseId"]),
        ("crm/perform/listCases", {"params": {"limit": 0}}, 400, "invalid-parameter", ["limit"]),
        ("crm/perform/listCases", {"params": {"colour": "red"}}, 400, "invalid-parameter", ["colour"]),
        ("crm/perform/listCases", {"params": {"limit": [1, 2]}}, 400, "invalid-parameter", ["limit"]),
        ("east/perform/receiveGoods", {"body": {"sku": 7}}, 422, "invalid-request", ["/body"]),
        ("crm/perform/nothing", {}, 404, "not-found", []),
        ("crm/perform/issueToken", {}, 404, "not-found", []),
        ("south/perform/createCase", {}, 404, "not-found", []),
    ],
)
async def test_what_is_wrong_with_a_performance_is_named(
    site: Site, path: str, body: Any, status: int, code: str, pointers: list[str]
) -> None:
    reply = await site.admin("POST", f"/parties/{path}", body)

    assert_problem(reply, status, code)
    assert [error.get("pointer", error.get("parameter")) for error in reply.json.get("errors", ())] == pointers
    assert "Case" not in site.state()


async def test_a_body_that_is_no_json_is_named(site: Site) -> None:
    path = "/parties/crm/perform/createCase"

    assert_problem(await site.admin("POST", path, data=b"{"), 400, "malformed-body")
    assert_problem(await site.admin("POST", path), 400, "malformed-body")


async def test_the_rules_say_no_to_a_tester_too(site: Site) -> None:
    body = {**CASE, "category": "shortShip", "orderId": "ORD-9"}

    reply = await site.admin("POST", "/parties/crm/perform/createCase", {"body": body})

    assert_problem(reply, 422, "unknown-order")


async def test_the_state_is_shown_by_kind_and_key(site: Site) -> None:
    case = (await site.open_case()).json

    reply = await site.admin("GET", "/parties/crm/state")

    assert reply.json["Case"] == {case["caseId"]: case}
    assert_problem(await site.admin("GET", "/parties/south/state"), 404, "not-found")


async def test_the_clock_is_shown_and_what_is_still_going_on(site: Site) -> None:
    quiet = (await site.admin("GET", "/clock")).json
    await site.advance(90)
    await site.ask("POST", "/v1/webhook-subscriptions", {"url": "http://127.0.0.1:9/"})
    site.world.outbox.pause("crm")
    await site.open_case()
    busy = (await site.admin("GET", "/clock")).json

    assert (quiet["wireS"], quiet["busy"]) == (0, None)
    assert (busy["wireS"], busy["busy"]) == (90, "1 events are being delivered")


async def test_the_journal_is_read_from_any_place_in_it(site: Site) -> None:
    await site.open_case()
    await site.open_case()

    first = (await site.admin("GET", "/journal?limit=3")).json
    rest = (await site.admin("GET", f"/journal?after={first['next']}")).json
    end = (await site.admin("GET", f"/journal?after={rest['next']}")).json

    seqs = [entry["seq"] for entry in (*first["items"], *rest["items"])]
    assert len(first["items"]) == 3
    assert seqs == [entry.seq for entry in site.entries]
    assert (end["items"], end["next"]) == ([], rest["next"])


@pytest.mark.parametrize("query", ["after=x", "limit=1.5", "limit=ten"])
async def test_a_place_in_the_journal_that_is_none_is_refused(site: Site, query: str) -> None:
    assert_problem(await site.admin("GET", f"/journal?{query}"), 400, "invalid-parameter")


async def test_a_place_before_the_journal_began_is_its_beginning(site: Site) -> None:
    await site.open_case()

    reply = await site.admin("GET", "/journal?after=-1&limit=-5")

    assert [entry["seq"] for entry in reply.json["items"]] == [site.entries[0].seq]


async def test_a_party_is_taken_down_and_brought_up(site: Site) -> None:
    assert (await site.admin("PUT", "/parties/crm/reachable", False)).json == {"party": "crm", "reachable": False}
    with pytest.raises(OSError, match="Cannot connect"):
        await site.open_case()

    assert (await site.admin("PUT", "/parties/crm/reachable", True)).json == {"party": "crm", "reachable": True}
    assert (await site.admin("PUT", "/parties/crm/reachable", True)).status == 200, "it may be said twice"
    assert (await site.open_case()).status == 201


@pytest.mark.parametrize("body", [1, "true", None, {"reachable": False}])
async def test_reachable_is_true_or_false(site: Site, body: Any) -> None:
    reply = await site.admin("PUT", "/parties/crm/reachable", body)

    assert_problem(reply, 422 if body is not None else 400, "invalid-request" if body is not None else "malformed-body")


async def test_a_reset_empties_the_world_and_the_journal_goes_on(site: Site) -> None:
    await site.open_case(Idempotency_Key="k1")
    length = len(site.entries)

    assert (await site.admin("POST", "/reset")).json == {"reset": True}

    assert "Case" not in site.state()
    assert "WarehouseSettings" in site.state("east"), "a party begins with its settings"
    assert len(site.entries) > length
    assert [entry.name for entry in site.journal() if entry.kind == "note"] == ["reset"]
    assert (await site.ask("GET", "/v1/cases")).status == 401, "tokens are forgotten too"
    site.tokens.clear()
    assert (await site.open_case(Idempotency_Key="k1")).status == 201


async def test_without_a_fault_book_faults_are_not_there(site: Site) -> None:
    for method in ("GET", "POST", "DELETE"):
        assert_problem(await site.admin(method, "/faults", {}), 404, "not-found")


async def test_faults_are_ordered_listed_and_ended(with_faults: Site) -> None:
    ordered = await with_faults.admin("POST", "/faults", {"fault": "outage"})
    listed = await with_faults.admin("GET", "/faults")
    ended = await with_faults.admin("DELETE", "/faults")

    assert ordered.json == {"fault": "outage"}
    assert listed.json == {"items": [{"fault": "outage"}]}
    assert ended.json == {"items": []}
    assert (await with_faults.admin("GET", "/faults")).json == {"items": []}
    assert_problem(await with_faults.admin("POST", "/faults", {"fault": "flood"}), 422, "invalid-request")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/"),
        ("GET", "/nowhere"),
        ("PATCH", "/clock"),
        ("GET", "/parties/crm"),
        ("GET", "/parties/crm/perform/x"),
    ],
)
async def test_what_the_admin_api_does_not_have_is_told_so(site: Site, method: str, path: str) -> None:
    assert_problem(await site.admin(method, path), 404, "not-found")


async def test_a_mistake_of_our_own_is_told_and_kept(site: Site) -> None:
    site.world.busy = lambda: 1 / 0  # type: ignore[method-assign,assignment,return-value]  # a mistake, on purpose

    assert_problem(await site.admin("GET", "/clock"), 500, "internal-error")

    assert site.world.errors == ["admin GET /clock: ZeroDivisionError: division by zero"]
    site.world.errors.clear()
