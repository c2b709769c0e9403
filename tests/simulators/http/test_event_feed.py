"""The feed of events: the same documents as the webhooks, for whoever would rather ask."""

from datetime import timedelta

from crossdock.simulators.events import RETENTION, RETENTION_S
from crossdock.tests.simulators.http.site import Reply, Site


async def read(site: Site, cursor: str | None = None, limit: int = 50) -> Reply:
    return await site.ask("GET", f"/v1/events?limit={limit}" + (f"&cursor={cursor}" if cursor else ""))


def subjects(reply: Reply) -> list[str]:
    return [event["subject"] for event in reply.json["items"]]


async def test_a_reader_follows_the_feed_from_its_start_and_on(site: Site) -> None:
    cases = [(await site.open_case()).json["caseId"] for _ in range(3)]

    first = await read(site, limit=2)
    second = await read(site, first.json["nextCursor"], limit=2)
    end = second.json["nextCursor"]
    nothing = await read(site, end)
    cases.append((await site.open_case()).json["caseId"])
    newest = await read(site, nothing.json["nextCursor"])

    assert subjects(first) + subjects(second) + subjects(newest) == cases
    assert (subjects(nothing), nothing.json["nextCursor"]) == ([], end)


async def test_an_event_tells_the_object_as_it_was_then(site: Site) -> None:
    case = (await site.open_case()).json["caseId"]
    await site.ask("PATCH", f"/v1/cases/{case}", {"priority": "high"}, headers={"If-Match": "*"})

    events = (await read(site)).json["items"]

    assert [event["data"]["priority"] for event in events] == ["normal", "high"]
    assert [event["sequence"] for event in events] == [1, 2]


async def test_a_cursor_of_events_that_are_gone_is_refused_with_what_to_do(site: Site) -> None:
    await site.open_case()
    start = (await read(site, limit=1)).json["nextCursor"]
    await site.open_case()
    site.clock._elapsed += max(RETENTION_S, RETENTION / timedelta(seconds=1)) + 1
    site.tokens.clear()
    await site.open_case()

    reply = await read(site, start)

    assert (reply.status, reply.code, reply.pointers()) == (410, "cursor-expired", ["cursor"])
    assert len(subjects(await read(site))) == 1


async def test_the_cursor_of_a_list_is_none_of_the_feed(site: Site) -> None:
    await site.open_case()
    await site.open_case()
    cursor = (await site.ask("GET", "/v1/cases?limit=1")).json["nextCursor"]

    assert (await read(site, cursor)).code == "invalid-cursor"


async def test_the_feed_wants_a_scope_of_its_own(site: Site) -> None:
    token = await site.token("crm", "crm.read", "crm.write", "crm.people", "webhooks.manage")

    reply = await site.ask("GET", "/v1/events", headers={"Authorization": f"Bearer {token}"})

    assert (reply.status, reply.code) == (403, "insufficient-scope")
