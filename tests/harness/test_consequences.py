"""What a finding would have led to is told from the data of the case, or the invariant says why not."""

import ast
from pathlib import Path

import pytest

from crossdock.contracts.objects import Quantity
from crossdock.harness.goods import Goods, listed, told
from crossdock.harness.invariant import Invariant, invariants
from crossdock.tests.harness.histories import (
    ASKED,
    AUTHORIZED,
    BILLED,
    CREDITED,
    DELIVERED,
    SHIPPED,
    TAKEN,
    finding,
    history,
    judged,
)
from crossdock.tests.harness.styles import SPLIT

FOLDER = Path(__file__).parents[2] / "harness" / "invariants"
WHO = "customer CUST-1 (their order PO-1)"
TWO_REQUESTS = f"{TAKEN} | request R1 east F1 | request R2 east F1"
COUNTED = "stock east 1:10 | count N1 east 1"

# invariant, what happened, what it would have led to
TOLD = [
    (
        "E1",
        "order 1:10 | erp SO1 | erp SO2 | status accepted",
        (
            "on top of SO1 the ERP has promised 10 EA of SKU-1 from stock for SO2, 9.50 USD gross:"
            f" {WHO} would be sent and billed that as well, and is the first to notice, by a parcel or a bill too many"
        ),
    ),
    (
        "E1",
        "order 1:10 | erp SO1 1:10b10 | erp SO2 1:10b10",
        (
            f"on top of SO1 the ERP looks for stock for SO2, 9.50 USD gross: {WHO} would be sent and"
            " billed that as well, and is the first to notice, by a parcel or a bill too many"
        ),
    ),
    (
        "E1",
        TWO_REQUESTS,
        f"unless somebody stops one of them, 10 EA of SKU-1 (100.00 USD net) leave for {WHO} a second time",
    ),
    (
        "E1",
        f"{TWO_REQUESTS} | ship S1 R1 1:10! | ship S2 R2 1:7!",
        (
            f"7 EA of SKU-1 (70.00 USD net) left although F1 was to go out once: {WHO} gets a parcel too many, that"
            " the ERP"
            " did not release"
        ),
    ),
    (
        "E1",
        f"{ASKED} | ship S1 R1 1:4 | confirm S1 | confirm S1",
        (
            "the book of east is 4 EA of SKU-1 short of what is on the shelf: so much can't be sold until somebody"
            " counts,"
            " and the order looks more complete than it is"
        ),
    ),
    (
        "E1",
        f"{SPLIT} | invoice I2 S1 1:4",
        f"{WHO} is asked for 0.00 USD more than is owed (I2), due on 2026-04-01, and is first to notice",
    ),
    (
        "E1",
        f"{CREDITED} | book-return RC1",
        "the book of east has 4 EA of SKU-1 that are not on the shelf: so much can be sold that nobody has",
    ),
    (
        "E2",
        f"{TAKEN} | request R1 west F1",
        "west is to send 10 EA of SKU-1 (100.00 USD net) that nobody released there",
    ),
    (
        "E2",
        "erp SO1",
        "an order of 9.50 USD gross goes its way that nobody placed",
    ),
    (
        "E3",
        "order 1:10 2:3",
        (
            f"{WHO} waits for 10 EA of SKU-1 and 3 EA of SKU-2 (130.00 USD net) since 2026-03-02 09:00 and nothing is"
            " reserved, sent or billed: the customer notices first"
        ),
    ),
    (
        "E3",
        TAKEN,
        (
            "10 EA of SKU-1 (100.00 USD net) stay reserved at east since 2026-03-02 16:00, so that nobody else is sold"
            f" them, and {WHO} waits for a parcel that nobody packs"
        ),
    ),
    (
        "E3",
        f"{ASKED} | ship S1 R1 1:7!",
        (
            "7 EA of SKU-1 (70.00 USD net) are gone from east since 2026-03-02 23:00, and the ERP's book still has"
            " them:"
            " they can be sold again, and nobody is billed for them"
        ),
    ),
    (
        "E3",
        f"{ASKED} | ship S1 R1 1:7! | confirm S1",
        "7 EA of SKU-1 (70.00 USD net) are given away: no customer complains of a bill that never comes",
    ),
    (
        "E3",
        f"{AUTHORIZED} | come RC1 RMA1 1:4 | book-return RC1",
        f"{WHO} waits for the money: 4 EA of SKU-1 (40.00 USD net) are back since 2026-03-04 07:00",
    ),
    (
        "E3",
        "account AC-1 Canal",
        "customer AC-1 is there since 2026-03-02 09:00, and as long as erp knows nothing orders of it are refused",
    ),
    (
        "Q1",
        f"{ASKED} | ship S1 R1 1:7! | confirm S1 1:10",
        (
            "3 EA of SKU-1 (30.00 USD net) are gone from the book of east and lie on its shelf: nobody can be sold"
            " them, and"
            f" {WHO} is taken to have them"
        ),
    ),
    (
        "Q1",
        f"{ASKED} | ship S1 R1 1:7! | confirm S1 1:5",
        (
            "2 EA of SKU-1 (20.00 USD net) have left east and stand in its book: they can be sold again, and the"
            " order seems"
            " not to be complete"
        ),
    ),
    ("Q1", "order 1:10 | erp SO1 1:8", f"{WHO} ordered 10 EA of SKU-1 and would be sent and billed 8 EA of SKU-1"),
    (
        "M1",
        f"{ASKED} | ship S1 R1 1:7! | confirm S1 | invoice I1 S1 1:10",
        f"{WHO} is asked for 30.00 USD net for 3 of SKU-1 that never left, due on 2026-04-01, and disputes the bill",
    ),
    (
        "M1",
        f"{SHIPPED} | confirm S1 | invoice I1 S1 1:7",
        "30.00 USD net for 3 of SKU-1 are given away: they left, and no customer complains of a bill that is too low",
    ),
    (
        "M1",
        f"{SHIPPED} | confirm S1 | invoice I1 S1 1:10@9.00",
        "10.00 USD net less than was agreed come in by I1, and nobody complains",
    ),
    (
        "M1",
        f"{SHIPPED} | confirm S1 | invoice I1 S1 1:10@12.50",
        f"{WHO} is asked for 25.00 USD net more than was agreed on I1, and notices first",
    ),
    (
        "M2",
        f"{AUTHORIZED} | come RC1 RMA1 1:3 1:1/damaged/scrap | book-return RC1 | credit CM1 RC1 1:4",
        f"{WHO} is paid 10.00 USD net for 1 of line 1 that the warehouse did not accept and nobody can sell",
    ),
    (
        "S1",
        f"{DELIVERED} | status shipped",
        (
            f"from 2026-03-03 22:00 on, and for good, customer service tells {WHO} that order CO-A is shipped, after"
            " it was"
            " delivered: the one who asks is the first to notice"
        ),
    ),
    (
        "S1",
        f"{DELIVERED} | shown T1 in_transit | shown T1 delivered",
        (
            f"from 2026-03-03 22:00 until 2026-03-04 01:00 {WHO} is told that parcel T1 is in_transit, though it is"
            " delivered since 2026-03-03 04:00"
        ),
    ),
    (
        "X1",
        f"{ASKED} | ship S1 R1 1:7!",
        f"{WHO} finds out before customer service does that east left 3 of line 1 out of S1 for good",
    ),
]


@pytest.mark.parametrize(("invariant", "text", "so"), TOLD)
def test_a_finding_tells_from_the_case_what_it_would_have_led_to(invariant: str, text: str, so: str) -> None:
    assert finding(invariant, text).consequence == so


def test_a_status_that_was_never_true_is_told_as_whoever_asks_would_hear_it() -> None:
    parcel, status = judged("C1", f"{BILLED} | milestone T1 delivered").findings
    assert parcel.consequence == (
        f"whoever asks about CO-A of {WHO} hears that the CRM shows label_created; parcel T1 is delivered since"
        " 2026-03-03 13:00"
    )
    assert status.consequence.startswith(f"whoever asks about CO-A of {WHO} hears that the CRM shows shipped")


def test_nobody_is_said_to_be_unpaid_who_was_paid() -> None:
    lost = f"{AUTHORIZED} | come RC1 RMA1 1:4"
    assert finding("E3", lost).consequence == (
        f"4 EA of SKU-1 are back at east since 2026-03-04 07:00, and the ERP knows nothing of it: {WHO} is not paid"
    )
    assert finding("E3", f"{lost} | credit CM1 RC1 1:4").consequence.endswith("and the ERP knows nothing of it")


def test_the_value_is_left_out_where_a_line_has_no_price_in_that_unit() -> None:
    cases = Goods("1", "SKU-1", Quantity.of(2, "CA"))
    assert told(history(SHIPPED), [cases]) == "2 CA of SKU-1"


def test_many_items_are_named_only_in_part() -> None:
    some = [Goods(str(line), f"SKU-{line}", Quantity.of(1)) for line in range(1, 6)]
    assert listed(some) == "1 EA of SKU-1, 1 EA of SKU-2, 1 EA of SKU-3 and 2 more items"


@pytest.mark.parametrize("invariant", invariants)
def test_an_invariant_uses_fixed_words_for_a_reason_only(invariant: str) -> None:
    law = invariants[invariant]
    fixed = [where for where, value in _consequences(law) if isinstance(value, ast.Constant)]
    if law.general_words:
        assert len(law.general_words) > 20, f"{invariant}: say why the data of the case says nothing more"
        assert fixed, f"{invariant} tells all from the case: general_words is out of date"
    else:
        assert not fixed, f"{invariant}, line {fixed}: tell it from the case, or say in general_words why not"


def _consequences(law: type[Invariant]) -> list[tuple[int, ast.expr]]:
    """Where its module says what comes of a finding, and how."""
    tree = ast.parse((FOLDER / f"{law.__module__.rpartition('.')[2]}.py").read_text("utf-8"))
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    told = [word for call in calls for word in call.keywords if word.arg == "consequence"]
    assert told, f"{law.id} says of no finding what comes of it"
    return [(word.value.lineno, word.value) for word in told]
