"""From what is made known to its effect."""

import pytest

from crossdock.tests.harness.histories import ASKED, AUTHORIZED, CREDITED, DELIVERED, TAKEN, fold, history
from crossdock.tests.harness.recovering_styles import BUSY

SHIPPED = f"{ASKED} | ship S1 R1 1:10!"


def done(text: str) -> list[tuple[str, str]]:
    return [(each.workflow, each.key) for each in history(text).transactions]


def test_each_step_of_an_order_is_one() -> None:
    assert done(DELIVERED) == [
        ("intake", "CO-A"),
        ("release", "F1"),
        ("tracking", "T1"),
        ("confirmation", "east/S1"),
        ("billing", "S1"),
        ("tracking", "T1"),
    ]


def test_each_step_of_a_return_is_one() -> None:
    assert done(CREDITED)[len(done(DELIVERED)) :] == [
        ("return", "RR1"),
        ("announcement", "RMA1"),
        ("receipt", "RC1"),
        ("credit", "RC1"),
    ]


def test_what_belongs_to_no_order_is_open_until_it_is_done() -> None:
    assert ("correction", "A1") in fold("stock east 1:9 | adjust A1 east 1:-2").transactions.open
    assert fold("stock east 1:9 | adjust A1 east 1:-2 | book-correction A1").transactions.open == {}


def test_it_knows_who_told_of_it_where_it_ended_and_how_long_it_took() -> None:
    (booked,) = (each for each in history(f"{SHIPPED} | wait 7 | confirm S1").transactions if each.key == "east/S1")
    assert (booked.source, booked.party, booked.order_id) == ("east", "erp", "CO-A")
    assert booked.took_s == 9.0, "seven, and the steps of the call"


def test_all_is_open_that_has_not_come_about() -> None:
    assert set(fold(SHIPPED).transactions.open) == {("confirmation", "east/S1")}
    assert set(fold(TAKEN).transactions.open) == {("release", "F1")}


@pytest.mark.parametrize(
    "text",
    [
        f"{ASKED} | ship S1 R1 1:10! | swallow shipment.shipped S1",  # the layer can't know of it
        f"{TAKEN} | withdraw F1",  # it need not be asked any more
        ASKED,  # all is done
    ],
)
def test_what_is_not_to_be_expected_is_not_open(text: str) -> None:
    assert fold(text).transactions.open == {}


def test_news_of_the_same_thing_takes_the_place_of_older_news() -> None:
    text = f"{ASKED} | ship S1 R1 1:10! | milestone T1 label_created | wait 9 | milestone T1 in_transit"
    (shown,) = (each for each in history(f"{text} | shown T1 in_transit").transactions if each.workflow == "tracking")
    assert shown.took_s < 9


@pytest.mark.parametrize(
    ("text", "disturbed"),
    [
        (f"{SHIPPED} | confirm S1", False),
        (f"{SHIPPED} | {BUSY} | confirm S1", True),
        (f"{SHIPPED} | down crm | confirm S1", True),
        (f"{ASKED} | down crm | ship S1 R1 1:10! | confirm S1", True),
        (f"{ASKED} | down crm | up crm | ship S1 R1 1:10! | confirm S1", False),
    ],
)
def test_it_knows_whether_something_went_wrong_meanwhile(text: str, disturbed: bool) -> None:
    (booked,) = (each for each in history(text).transactions if each.workflow == "confirmation")
    assert booked.disturbed is disturbed


def test_a_refused_return_is_answered() -> None:
    assert ("return", "RR1") in done(f"{DELIVERED} | wish-back RR1 1:4 | fail erp createReturn 422")
    assert AUTHORIZED.startswith(DELIVERED)
