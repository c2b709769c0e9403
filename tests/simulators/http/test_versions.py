"""ETag and If-Match: nobody's change is overwritten unseen."""

import pytest

from crossdock.tests.simulators.http.site import Reply, Site


async def change(site: Site, case: str, priority: str, if_match: str | None) -> Reply:
    headers = {} if if_match is None else {"If-Match": if_match}
    return await site.ask("PATCH", f"/v1/cases/{case}", {"priority": priority}, headers=headers)


async def opened(site: Site) -> str:
    return str((await site.open_case()).json["caseId"])


async def test_the_etag_is_the_version_wherever_the_object_is_shown(site: Site) -> None:
    created = await site.open_case()
    shown = await site.ask("GET", created.headers["location"])

    assert created.headers["etag"] == shown.headers["etag"] == '"1"'
    assert shown.json["version"] == 1
    assert created.json == shown.json


async def test_a_change_with_the_current_etag_is_made_and_raises_it(site: Site) -> None:
    case = await opened(site)

    reply = await change(site, case, "high", '"1"')

    assert (reply.status, reply.json["priority"], reply.headers["etag"]) == (200, "high", '"2"')


async def test_a_star_matches_whatever_the_version_is(site: Site) -> None:
    assert (await change(site, await opened(site), "high", "*")).status == 200


@pytest.mark.parametrize(
    "if_match", ['"2"', '"0"', 'W/"1"', "1", "abc", '"x"', '"99999999999999999999999"', '"1", "2"']
)
async def test_a_change_with_another_etag_is_refused_and_changes_nothing(site: Site, if_match: str) -> None:
    case = await opened(site)

    reply = await change(site, case, "high", if_match)

    assert (reply.status, reply.code) == (412, "precondition-failed")
    assert (await site.ask("GET", f"/v1/cases/{case}")).json["priority"] == "normal"


async def test_of_two_who_saw_the_same_version_only_the_first_gets_through(site: Site) -> None:
    case = await opened(site)

    first, second = await change(site, case, "high", '"1"'), await change(site, case, "low", '"1"')

    assert (first.status, second.status) == (200, 412)
    assert (await site.ask("GET", f"/v1/cases/{case}")).json["priority"] == "high"


async def test_where_the_etag_is_required_a_change_without_it_is_refused(site: Site) -> None:
    reply = await change(site, await opened(site), "high", None)

    assert (reply.status, reply.code, reply.pointers()) == (428, "precondition-required", ["If-Match"])


async def test_an_object_that_is_not_there_is_not_found_before_its_version_is_looked_at(site: Site) -> None:
    assert (await change(site, "CASE-9", "high", '"1"')).status == 404


async def test_where_the_etag_is_honoured_a_stale_one_is_refused(site: Site) -> None:
    path = f"/v1/cases/{await opened(site)}/comments"

    stale = await site.ask("POST", path, {"text": "hm"}, headers={"If-Match": '"7"'})
    silent = await site.ask("POST", path, {"text": "hm"})

    assert (stale.status, silent.status) == (412, 201)
