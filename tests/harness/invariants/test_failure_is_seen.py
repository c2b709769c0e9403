"""X2: what was acknowledged is kept, and a failure is seen by somebody."""

import pytest

from crossdock.tests.harness.histories import BILLED, DELIVERED, TAKEN, finders, finding, judged
from crossdock.tests.harness.styles import HEALTHY

VANISHED = "order 1:10 | garble order.submitted CO-A ok"


def test_counts_each_delivery_that_could_not_be_used() -> None:
    assert judged("X2", HEALTHY["order.submitted comes as something that is no event"]).exercised == 1
    assert judged("X2", HEALTHY["it acknowledges half an event, and tells somebody"]).exercised == 1
    assert judged("X2", HEALTHY["everything is told as it happens"]).exercised == 0


def test_what_was_acknowledged_and_vanished_is_found_by_nobody_else() -> None:
    assert finders(VANISHED) == {"X2"}
    found = finding("X2", "order 1:10 * | garble order.submitted CO-A ok")
    assert found.summary == "no sales order in the ERP: the layer acknowledged what it could not use"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (f"{TAKEN} | garble fulfilment.released F1 ok", "release/F1"),
        (f"{BILLED.partition('| confirm')[0]} | garble shipment.shipped S1 ok", "shipment/S1"),
    ],
)
def test_it_speaks_of_the_effect_that_the_message_should_have_had(text: str, key: str) -> None:
    assert finding("X2", text).key == f"X2/CO-A/{key}"
    assert finders(text) == {"X2"}


def test_it_comes_right_when_somebody_is_told_or_the_effect_comes_another_way() -> None:
    assert judged("X2", VANISHED).missing
    assert not judged("X2", f"{VANISHED} | case C1 integrationError").findings
    assert not judged("X2", f"{VANISHED} | erp SO1").findings


@pytest.mark.parametrize(
    "text",
    [
        "order 1:10",
        "order 1:10 | deliver order.submitted CO-A",  # good, taken, and lost: E3
        "order 1:10 | garble order.submitted CO-A",  # refused: it comes again
        "order 1:10 | garble order.submitted CO-A info",
        f"{DELIVERED} | garble tracking.milestone T1 ok",
    ],
)
def test_says_nothing_where_nothing_vanished(text: str) -> None:
    assert not judged("X2", text).findings


def test_once_the_whole_event_was_brought_its_loss_is_e3s_affair() -> None:
    text = f"{VANISHED} | deliver order.submitted CO-A"
    assert finders(text) == {"E3"}


def test_a_dead_letter_that_nobody_was_told_of_is_found_by_nobody_else() -> None:
    text = f"{DELIVERED} | letters D1 *"
    found = finding("X2", text)
    assert found.key == "X2/CO-A/silence/D1"
    assert found.summary == "dead letter D1 (crossdock.tracking.milestone.v1 T1) is left over, and nobody was told"
    assert finders(text) == {"X2"}


@pytest.mark.parametrize(
    "text",
    [
        f"{DELIVERED} | case C1 integrationError | letters D1",
        f"{DELIVERED} | letters D1 | case C1 integrationError",
        f"{DELIVERED} | case C1 integrationError | people case C1 closed | letters D1",
        f"{DELIVERED} | complain C1 new event EV-D1 cannot be processed | letters D1",
        f"{DELIVERED} | letters D1 | letters D1/replayed",
        f"{DELIVERED} | letters D1 | letters",
        f"{DELIVERED} | letters D1 | replay D1/replayed | letters D1/replayed",
    ],
    ids=[
        "a case",
        "a case later",
        "people closed it",
        "it is named",
        "replayed",
        "gone",
        "replayed and listed as such",
    ],
)
def test_a_dead_letter_that_people_know_of_or_that_is_gone_is_no_matter(text: str) -> None:
    outcome = judged("X2", text)
    assert outcome.exercised == 1
    assert outcome.findings == []


def test_the_layer_may_not_close_the_case_of_what_is_still_set_aside() -> None:
    text = f"{DELIVERED} | case C1 integrationError | case C1 resolved | letters D1"
    assert [found.key for found in judged("X2", text).missing] == ["X2/CO-A/silence/D1"]


def test_of_what_is_lost_with_its_dead_letter_the_loss_speaks() -> None:
    assert judged("E3", f"{TAKEN} | letters D1").missing
    assert judged("X2", f"{TAKEN} | letters D1").findings == []


def test_where_the_layer_opens_no_cases_its_list_is_what_people_have() -> None:
    assert judged("X2", f"{DELIVERED} | letters D1", cases="people").findings == []


MOVED_TWICE = "account AC-1 Canal | account AC-1 Harbour | customer CUST-1 Harbour"
CORRECTED = "stock east 1:10 | adjust A1 east 1:-2 | book-correction A1"


@pytest.mark.parametrize(
    ("text", "about"),
    [(f"{MOVED_TWICE} | loose AC-1 D1 *", "customer AC-1"), (f"{CORRECTED} | loose A1 D1 *", "SKU-1 at east")],
)
def test_a_dead_letter_about_no_order_that_nobody_was_told_of_is_found_by_nobody_else(text: str, about: str) -> None:
    found = finding("X2", text)
    assert found.key == "X2//silence/D1"
    assert f"of {about} stays where it is" in found.consequence
    assert finders(text) == {"X2"}


@pytest.mark.parametrize(
    "text",
    [
        f"{MOVED_TWICE} | complain C1 | loose AC-1 D1",
        f"{MOVED_TWICE} | complain C1 new AC-1 cannot be processed | loose AC-1 D1",
        f"{MOVED_TWICE} | loose AC-1 D1 | loose AC-1 D1/replayed",
        f"{MOVED_TWICE} | loose AC-1 D1 | letters",
        f"{DELIVERED} | complain C1 new 945_000000001.edi cannot be read | loose - D1",
    ],
    ids=["a case", "it is named", "replayed", "gone", "of something unknown any case may tell"],
)
def test_a_dead_letter_about_no_order_that_people_know_of_or_that_is_gone_is_no_matter(text: str) -> None:
    outcome = judged("X2", text)
    assert outcome.exercised >= 1
    assert outcome.findings == []


def test_a_case_about_something_else_tells_nobody_of_a_customer() -> None:
    text = f"{MOVED_TWICE} | complain C1 new crossdock.item.changed.v1 cannot be processed | loose AC-1 D1"
    assert [found.key for found in judged("X2", text).missing] == ["X2//silence/D1"]


def test_of_something_of_which_nobody_can_tell_what_it_is_about_somebody_must_be_told_all_the_same() -> None:
    assert finding("X2", f"{DELIVERED} | loose - D1 *").key == "X2//silence/D1"


def test_of_a_customer_that_is_lost_with_its_dead_letter_the_loss_speaks() -> None:
    text = "account AC-1 Canal | loose AC-1 D1"
    assert judged("E3", text).missing
    assert judged("X2", text).findings == []


def test_a_dead_letter_that_was_replayed_and_stays_in_the_list_is_found() -> None:
    text = f"{DELIVERED} | case C1 integrationError | letters D1 | replay D1/replayed * | letters D1 *"
    assert finding("X2", text).key == "X2/CO-A/kept/D1"


@pytest.mark.parametrize("end", ["replay D1/setAside | letters D1", "replay D1/replayed | letters D1/setAside/2"])
def test_one_that_failed_again_or_was_set_aside_anew_is_not(end: str) -> None:
    assert judged("X2", f"{DELIVERED} | case C1 integrationError | letters D1 | {end}").findings == []
