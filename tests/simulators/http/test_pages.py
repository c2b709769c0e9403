"""Lists, page by page, with cursors that nothing drifts under."""

from typing import Any

from crossdock.tests.simulators.http.site import CASE, Site


async def open_cases(site: Site, *references: str) -> None:
    for reference in references:
        await site.ask("POST", "/v1/cases", {**CASE, "reference": reference})


async def page(site: Site, **query: Any) -> tuple[list[str], str | None]:
    """The references of a page, and its cursor."""
    asked = "&".join(f"{name}={value}" for name, value in query.items() if value is not None)
    reply = await site.ask("GET", f"/v1/cases?{asked}")
    assert reply.status == 200, reply.json
    return [item["reference"] for item in reply.json["items"]], reply.json["nextCursor"]


async def test_pages_in_the_order_of_creation_until_there_is_no_cursor(site: Site) -> None:
    await open_cases(site, *"abcde")
    seen: list[list[str]] = []
    cursor: str | None = None

    while not seen or cursor is not None:
        items, cursor = await page(site, limit=2, cursor=cursor)
        seen.append(items)

    assert seen == [["a", "b"], ["c", "d"], ["e"]]


async def test_what_is_added_meanwhile_comes_last_and_what_is_changed_keeps_its_place(site: Site) -> None:
    await open_cases(site, *"abc")
    _, cursor = await page(site, limit=2)

    await open_cases(site, "d")
    first = (await site.ask("GET", "/v1/cases?limit=1")).json["items"][0]
    await site.ask("PATCH", f"/v1/cases/{first['caseId']}", {"priority": "high"}, headers={"If-Match": "*"})

    assert await page(site, cursor=cursor) == (["c", "d"], None)


async def test_without_a_limit_there_are_fifty_to_a_page(site: Site) -> None:
    await open_cases(site, *(str(number) for number in range(51)))

    items, cursor = await page(site)

    assert (len(items), cursor is None) == (50, False)


async def test_a_filter_goes_with_the_cursor(site: Site) -> None:
    for number in range(6):
        await open_cases(site, "odd" if number % 2 else "even")

    first, cursor = await page(site, reference="odd", limit=2)
    rest, end = await page(site, reference="odd", limit=2, cursor=cursor)

    assert (first, rest, end) == (["odd", "odd"], ["odd"], None)


async def test_only_what_was_changed_since_then_comes_and_that_very_time_too(site: Site) -> None:
    await open_cases(site, "a")
    await site.advance(60)
    since = site.clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    await open_cases(site, "b")
    await site.advance(60)
    await open_cases(site, "c")

    assert (await page(site, updatedSince=since))[0] == ["b", "c"]


async def test_the_cursor_of_another_list_is_refused(site: Site) -> None:
    await open_cases(site, *"abc")
    _, cursor = await page(site, limit=1)

    reply = await site.ask("GET", f"/v1/accounts?cursor={cursor}")

    assert (reply.status, reply.code, reply.pointers()) == (400, "invalid-cursor", ["cursor"])
