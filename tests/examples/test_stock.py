"""What warehouses correct and count."""

from decimal import Decimal
from typing import Any

import pytest

from crossdock.examples.reference_layer.calls import Refused
from crossdock.examples.reference_layer.documents import Quantity
from crossdock.examples.reference_layer.job import NotYet
from crossdock.examples.reference_layer.units import written
from crossdock.tests.examples.conftest import MakeCalls
from crossdock.tests.examples.desk import Desk, pieces
from crossdock.tests.examples.virtual import refusal

BOOK, TELL = "POST erp/v1/stock-movements", "POST erp/v1/stock-counts"


def adjustment(value: int, uom: str = "EA", part: str = "available", reason: str = "count") -> dict[str, Any]:
    return {
        "adjustmentId": "ADJ-1",
        "warehouseId": "east",
        "sku": "A",
        "part": part,
        "quantity": pieces(value, uom),
        "reason": reason,
    }


def snapshot(sequence: int, *positions: tuple[str, int, int], part: int = 1) -> dict[str, Any]:
    return {
        "snapshotId": f"SNAP-{sequence}",
        "warehouseId": "east",
        "asOf": f"2026-03-02T{sequence:02}:00:00Z",
        "sequence": sequence,
        "part": part,
        "parts": 2,
        "positions": [
            {
                "sku": sku,
                "onHand": pieces(99),
                "available": pieces(available),
                "allocated": pieces(allocated),
                "onHold": pieces(0),
                "damaged": pieces(0),
            }
            for sku, available, allocated in positions
        ],
    }


@pytest.fixture
def desk(make_calls: MakeCalls) -> Desk:
    made = Desk(make_calls)
    made.replies["GET erp/v1/items/A"] = {"packs": [{"uom": "CA", "quantityPerBase": pieces(12)}]}
    return made


@pytest.mark.parametrize(
    ("said", "kind", "booked"),
    [
        (adjustment(-2), "adjustment", pieces(-2)),
        (adjustment(3, reason="found"), "adjustment", pieces(3)),
        (adjustment(-2, "CA", reason="damaged"), "scrap", pieces(-24)),
        (adjustment(1, reason="damaged"), "adjustment", pieces(1)),
    ],
)
async def test_a_correction_is_booked_with_its_sign_in_the_base_unit(
    desk: Desk, said: dict[str, Any], kind: str, booked: dict[str, str]
) -> None:
    await desk.take(desk.parts.corrections, "east", said)
    (body,) = desk.sent(BOOK)
    assert (body["kind"], body["quantity"], body["reference"]) == (kind, booked, "ADJ-1")
    assert (body["warehouseId"], body["sku"]) == ("east", "A")


async def test_a_correction_that_is_told_again_is_booked_once(desk: Desk) -> None:
    for _ in range(3):
        await desk.take(desk.parts.corrections, "east", adjustment(-2))
    assert len(desk.sent(BOOK)) == 1


@pytest.mark.parametrize("part", ["onHold", "damaged"])
async def test_what_is_not_for_sale_is_in_no_book(desk: Desk, part: str) -> None:
    await desk.take(desk.parts.corrections, "east", adjustment(3, part=part))
    assert desk.asked() == []


async def test_a_replayed_correction_looks_whether_it_is_booked(desk: Desk) -> None:
    desk.replies["GET erp/v1/stock-movements"] = {"items": [{"movementId": "MOV-1"}]}
    await desk.take(desk.parts.corrections, "east", adjustment(-2), replays=1)
    assert desk.asked() == []


async def test_a_correction_waits_until_the_book_has_what_it_takes_away(desk: Desk) -> None:
    desk.replies[BOOK] = refusal(409, "no-stock")
    with pytest.raises(NotYet):
        await desk.take(desk.parts.corrections, "east", adjustment(-2))
    desk.replies[BOOK] = refusal(422, "unknown-item")
    with pytest.raises(Refused):
        await desk.take(desk.parts.corrections, "east", adjustment(-2))


async def test_a_count_is_told_as_what_can_be_sold(desk: Desk) -> None:
    await desk.take(desk.parts.counts, "east", snapshot(1, ("A", 7, 2), ("B", 0, 0)))
    (body,) = desk.sent(TELL)
    assert body["lines"] == [{"sku": "A", "counted": pieces(9)}, {"sku": "B", "counted": pieces(0)}]
    assert (body["snapshotId"], body["sequence"], body["asOf"]) == ("SNAP-1", 1, "2026-03-02T01:00:00Z")


async def test_an_older_count_is_told_only_of_what_no_newer_one_told_of(desk: Desk) -> None:
    await desk.take(desk.parts.counts, "east", snapshot(2, ("A", 7, 0)))
    await desk.take(desk.parts.counts, "east", snapshot(1, ("A", 9, 0), ("B", 4, 0)))
    await desk.take(desk.parts.counts, "east", snapshot(2, ("A", 7, 0)))
    assert [[line["sku"] for line in body["lines"]] for body in desk.sent(TELL)] == [["A"], ["B"]]


async def test_every_part_of_a_count_is_told(desk: Desk) -> None:
    await desk.take(desk.parts.counts, "east", snapshot(1, ("A", 7, 0)))
    await desk.take(desk.parts.counts, "east", snapshot(1, ("B", 4, 0), part=2))
    assert len(desk.sent(TELL)) == 2


@pytest.mark.parametrize(
    ("value", "text"), [("24", "24"), ("24.000", "24"), ("0.50", "0.5"), ("-1200", "-1200"), ("0.0", "0")]
)
def test_a_quantity_is_written_without_exponent_and_trailing_zeros(value: str, text: str) -> None:
    assert written(Quantity(value=Decimal(value), uom="EA")) == {"value": text, "uom": "EA"}
