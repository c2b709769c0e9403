"""What customer service must look at."""

from typing import Any

import pytest

from crossdock.tests.simulators.contract_channel import refusal_of
from crossdock.tests.simulators.crm.conftest import Crm

STATUSES = ("new", "working", "escalated", "resolved", "closed")
LEGAL = {
    ("new", "working"),
    ("new", "escalated"),
    ("new", "resolved"),
    ("working", "escalated"),
    ("working", "resolved"),
    ("escalated", "working"),
    ("escalated", "resolved"),
    ("resolved", "working"),
    ("resolved", "closed"),
}
WAY = {
    "new": (),
    "working": ("working",),
    "escalated": ("escalated",),
    "resolved": ("resolved",),
    "closed": ("resolved", "closed"),
}


def open_case(crm: Crm, **fields: Any) -> Any:
    return crm("createCase", {"category": "shortShip", "subject": "4 EA missing", "orderId": "CO-t1-000001"} | fields)


def change(crm: Crm, case_id: str, **fields: Any) -> Any:
    how = {name: fields.pop(name) for name in ("if_match",) if name in fields}
    return crm("updateCase", fields, caseId=case_id, **how)


def test_a_case_begins_as_new_and_is_announced(crm: Crm) -> None:
    crm.order()
    case = open_case(crm, lineId="1", reference="FF-1/1")
    assert (case["status"], case["priority"], case["version"]) == ("new", "normal", 1)
    assert crm("getCase", caseId=case["caseId"]) == case
    assert crm.told("case.changed") == [case]
    assert crm.events[-1]["correlationid"] == "CO-t1-000001"


def test_two_calls_open_two_cases(crm: Crm) -> None:
    crm.order()
    assert open_case(crm)["caseId"] != open_case(crm)["caseId"]


def test_a_case_must_be_about_an_order_and_a_line_that_exist(crm: Crm) -> None:
    refusal = refusal_of(lambda: open_case(crm))
    assert (refusal.code, refusal.errors[0].pointer) == ("unknown-order", "/orderId")
    crm.order()
    refusal = refusal_of(lambda: open_case(crm, lineId="7"))
    assert (refusal.code, refusal.errors[0].pointer) == ("unknown-line", "/lineId")


def test_an_integration_error_may_not_know_the_order(crm: Crm) -> None:
    case = crm("createCase", {"category": "integrationError", "subject": "cannot read the event"})
    assert "orderId" not in case


@pytest.mark.parametrize("before", STATUSES)
@pytest.mark.parametrize("after", STATUSES)
def test_a_case_goes_only_the_steps_that_there_are(crm: Crm, before: str, after: str) -> None:
    crm.order()
    case_id = open_case(crm)["caseId"]
    for status in WAY[before]:
        change(crm, case_id, status=status)
    version = crm("getCase", caseId=case_id)["version"]
    if before == after:
        assert change(crm, case_id, status=after)["version"] == version
    elif (before, after) in LEGAL:
        case = change(crm, case_id, status=after)
        assert (case["status"], case["version"]) == (after, version + 1)
        assert crm.told("case.changed")[-1] == case
    else:
        assert refusal_of(lambda: change(crm, case_id, status=after)).code == "case-state"
        assert crm("getCase", caseId=case_id)["status"] == before


def test_a_closed_case_does_not_change_any_more(crm: Crm) -> None:
    crm.order()
    case_id = open_case(crm)["caseId"]
    for status in WAY["closed"]:
        change(crm, case_id, status=status)
    assert refusal_of(lambda: change(crm, case_id, priority="high")).code == "case-state"
    assert refusal_of(lambda: crm("addCaseComment", {"text": "hm"}, caseId=case_id)).code == "case-state"


def test_a_stale_version_is_refused(crm: Crm) -> None:
    crm.order()
    case_id = open_case(crm)["caseId"]
    change(crm, case_id, priority="high", resolution="looked", if_match=1)
    assert refusal_of(lambda: change(crm, case_id, status="resolved", if_match=1)).code == "precondition-failed"


def test_cases_are_found_by_what_they_are_about(crm: Crm) -> None:
    crm.order()
    crm.order()
    first = open_case(crm, reference="ours-1")["caseId"]
    second = open_case(crm, orderId="CO-t1-000002", category="deliveryFailed")["caseId"]
    change(crm, second, status="resolved")

    def ids(**params: Any) -> list[str]:
        return [case["caseId"] for case in crm("listCases", **params)["items"]]

    assert ids() == [first, second]
    assert ids(orderId="CO-t1-000002") == ids(category="deliveryFailed") == ids(status="resolved") == [second]
    assert ids(reference="ours-1") == ids(orderId="CO-t1-000001", reference="ours-1") == [first]
    assert ids(orderId="CO-t1-000002", reference="ours-1") == []


def test_comments_stand_beside_the_case(crm: Crm) -> None:
    crm.order()
    case_id, other = open_case(crm)["caseId"], open_case(crm)["caseId"]
    texts = [f"remark {number}" for number in range(4)]
    for text in texts:
        comment = crm("addCaseComment", {"text": text}, caseId=case_id)
        crm("addCaseComment", {"text": "elsewhere"}, caseId=other)
    assert (comment["author"], comment["caseId"]) == ("layer", case_id)
    assert crm("getCase", caseId=case_id)["version"] == 1
    first = crm("listCaseComments", caseId=case_id, limit=3)
    rest = crm("listCaseComments", caseId=case_id, limit=3, cursor=first["nextCursor"])
    assert [comment["text"] for comment in first["items"] + rest["items"]] == texts
    assert refusal_of(lambda: crm("listCaseComments", caseId="CASE-9")).code == "not-found"
