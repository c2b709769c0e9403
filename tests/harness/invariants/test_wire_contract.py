"""K1: what goes over the wire keeps its contract."""

from datetime import UTC, datetime

import pytest

from crossdock.contracts import documents
from crossdock.harness.conduct import Conduct
from crossdock.harness.contract_watch import BREACHES, ContractWatch
from crossdock.simulators.journal import Entry
from crossdock.tests.harness.histories import ASKED, DELIVERED, TAKEN, finders, finding, judged
from crossdock.tests.harness.styles import HEALTHY

REFUSED = f"{TAKEN} | refuse east createFulfilmentRequest invalid-request /lines/0/sku *"
EXERCISED = {
    # Each answer to a call of the layer, look-ups and repetitions too.
    "everything is told as it happens": 10,
    "it polls, and skips what it never saw": 12,
    "the order was never told to the layer": 0,
}


@pytest.mark.parametrize(("style", "exercised"), EXERCISED.items())
def test_counts_what_the_parties_answered(style: str, exercised: int) -> None:
    assert judged("K1", HEALTHY[style]).exercised == exercised


def test_each_group_that_was_fetched_counts_once_it_may_be_judged() -> None:
    assert judged("K1", "fetch west SW 7 | acknowledge west SW 7 A").exercised == 1
    assert judged("K1", "fetch west SW 7 | spoil west 997.edi vanish").exercised == 0


def test_a_request_that_breaks_the_schema_is_found_with_its_place() -> None:
    found = finding("K1", REFUSED)
    assert found.key == "K1/CO-A/east/createFulfilmentRequest/invalid-request//lines/0/sku"
    assert found.actual == "invalid-request at /lines/0/sku"


def test_the_same_wrong_again_is_one_finding_that_says_how_often() -> None:
    again = f"{REFUSED} | refuse east createFulfilmentRequest invalid-request /lines/0/sku *"
    assert finding("K1", again).actual == "invalid-request at /lines/0/sku, 2 times"


def test_another_wrong_is_another_finding() -> None:
    assert len(judged("K1", f"{REFUSED} | refuse erp createInvoice idempotency-key-missing").findings) == 2


def test_a_right_request_afterwards_does_not_undo_it() -> None:
    assert finding("K1", f"{REFUSED} | request R1 east F1").actual.startswith("invalid-request")


def test_that_a_version_has_ended_is_news_once_and_who_goes_on_calling_it_is_found() -> None:
    ended = f"{TAKEN} | refuse east getCapacity version-gone"
    assert not judged("K1", ended).findings
    found = finding("K1", f"{ended} | refuse east getCapacity version-gone | refuse east listEvents version-gone")
    assert found.key == "K1/CO-A/east/version-gone/as a whole"
    assert found.actual == "version-gone at as a whole, 2 times"


def test_a_fault_that_spoilt_a_document_is_no_excuse_for_calling_a_version_that_has_ended() -> None:
    gone = "refuse east listEvents version-gone"
    found = finding("K1", f"{TAKEN} | tamper order.submitted CO-A | {gone} | {gone}")
    assert found.actual == "version-gone at as a whole"


@pytest.mark.parametrize("flaw", ["unreadable", "bad-form", "number-used", "wrong-usage"])
def test_a_file_that_can_not_be_used_is_found(flaw: str) -> None:
    found = finding("K1", f"order 1:10 | unusable west {flaw} 940_1.edi *")
    assert found.actual == f"{flaw} at 940_1.edi, set 0001 (940)"


def test_a_number_is_used_twice_only_when_the_content_differs() -> None:
    sent = "send west 000000007 first | unusable west number-used 940_7.edi interchange 000000007"
    assert not judged("K1", f"{sent} first").findings, "the same file again"
    assert finding("K1", f"order 1:10 | {sent} other").actual.startswith("number-used")


def test_a_group_without_a_997_is_lacking_and_comes_right_when_it_comes() -> None:
    found = finding("K1", "order 1:10 | fetch west SW 7 *")
    assert (found.expected, found.actual) == ("a 997 for group SW 7", "none came")
    assert [each.key for each in judged("K1", "fetch west SW 7 of none").missing] == ["K1//west/997/SW/7"]
    assert not judged("K1", "fetch west SW 7 | acknowledge west SW 0007 E").findings


def test_all_that_a_warehouse_waits_for_about_an_order_is_one_finding() -> None:
    found = finding(
        "K1", "order 1:10 | fetch west SW 7 * | fetch west QM 8 * | fetch west QM 9 | acknowledge west QM 9 A"
    )
    assert found.summary == "groups SW 7, QM 8 of west were fetched and never acknowledged"
    two = "fetch west SW 7 of none | fetch regional SW 7 of none"
    assert [each.key for each in judged("K1", two).missing] == ["K1//west/997/SW/7", "K1//regional/997/SW/7"]


def test_of_many_groups_the_first_are_named() -> None:
    many = " | ".join(f"fetch west QM {number}" for number in range(1, 9))
    (found,) = judged("K1", f"order 1:10 | {many}").missing
    assert found.summary == "groups QM 1, QM 2, QM 3, QM 4, QM 5 and 3 more of west were fetched and never acknowledged"


def test_who_has_a_file_before_anybody_knows_may_acknowledge_it_so_early() -> None:
    early = "acknowledge west SW 7 A | fetch west SW 7"
    assert not judged("K1", f"open west 7.edi | {early}").findings
    assert judged("K1", early).findings, "it can't know the group"


def test_a_good_group_that_is_rejected_is_found() -> None:
    found = finding("K1", "order 1:10 | fetch west SW 7 * | acknowledge west SW 7 R *")
    assert (found.expected, found.actual) == ("AK901 A or E", "AK901 R")


@pytest.mark.parametrize(
    "text",
    [
        f"{TAKEN} | refuse east createFulfilmentRequest capacity-exceeded",
        f"{TAKEN} | refuse erp confirmShipment unknown-line /lines/0/lineId",
        f"{TAKEN} | refuse crm getOrder not-found | refuse erp issueToken unauthenticated | fail erp getItem 412",
        f"{TAKEN} | fail erp createInvoice 503 unavailable",
        # What it was told had been changed on the way: what it makes of that is not its own.
        f"{TAKEN} | tamper fulfilment.released F1 | refuse east createFulfilmentRequest invalid-request /lines/0/sku",
        # The file was broken on its way there.
        f"{ASKED} | spoil west 940_1.edi cut-transfer | unusable west bad-form 940_1.edi",
        f"{ASKED} | unusable west repeated 940_1.edi | unusable west torn 940_1.edi",
        # The group was spoilt before it was fetched: nobody can say what is right of it.
        "spoil west 7.edi cut-transfer | fetch west SW 7 | acknowledge west SW 7 R",
        "alter west 7.edi | fetch west SW 7 | acknowledge west SW 7 P",
        "fetch west SW 7 | acknowledge west SW 7 A | acknowledge west SW 7 A",
        "acknowledge west SW 9 R",  # of a group that nobody knows
    ],
)
def test_says_nothing_where_the_contract_is_kept_or_a_fault_broke_it(text: str) -> None:
    assert not judged("K1", text).findings


def test_a_document_that_only_came_late_is_still_to_be_acknowledged_as_it_is() -> None:
    found = finding("K1", "order 1:10 | alter west 7.edi late | fetch west SW 7 * | acknowledge west SW 7 R *")

    assert "SW 7" in found.summary


def test_what_was_spoilt_later_excuses_nothing() -> None:
    assert finding("K1", f"{REFUSED} | tamper fulfilment.released F1").key.startswith("K1/CO-A/east/")


def test_a_missing_997_is_found_by_nobody_else() -> None:
    assert finders(f"{DELIVERED} | fetch east SW 7") == {"K1"}


def test_each_code_that_counts_is_one_of_the_contract() -> None:
    assert documents.load("http/v1/problems.yaml")["problems"].keys() >= BREACHES


@pytest.mark.parametrize(("client", "breaches"), [("", 0), ("layer-crm", 1)])
def test_what_is_not_even_http_is_held_against_the_layer_only_on_a_line_of_its_own(client: str, breaches: int) -> None:
    """A port may be asked by anybody: a scanner, a health check, a program that has an old address."""
    conduct = Conduct()
    answer = {"status": 400, "body": {"code": "malformed-body", "detail": "this is no HTTP request"}}

    ContractWatch(lambda _: conduct).answered(
        Entry(
            seq=2,
            at=datetime(2026, 3, 2, tzinfo=UTC),
            wire_s=1.0,
            party="crm",
            kind="fail",
            channel="http",
            name="unknown",
            exchange=1,
            client=client,
            detail=answer,
        )
    )

    assert len(conduct.breaches) == breaches
