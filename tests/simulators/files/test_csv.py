"""What is particular to CSV: rows that are wrong, and files that come out of turn."""

from __future__ import annotations

import csv
import io
from typing import Any

from crossdock.tests.simulators.files.correspondent import REQUEST, Correspondent

LINES = [
    {"lineId": "1", "sku": "SKU-1", "quantity": {"value": "1", "uom": "EA"}},
    {"lineId": "2", "sku": "SKU-1", "quantity": {"value": "2", "uom": "EA"}},
]


def file_of(by_csv: Correspondent, *requests: dict[str, Any], number: int = 1) -> tuple[str, str]:
    """Several requests in one file, and its name."""
    texts = []
    name = ""
    for request in requests:
        name, content = by_csv.paper.request(request, "N").write(number, by_csv.clock.now())
        texts.append(content.decode().splitlines())
    rows = [row for text in texts for row in text[2:-1]]
    quantity = sum(float(row["qty_ordered"]) for row in csv.DictReader(io.StringIO("\n".join([texts[0][1], *rows]))))
    hashed = sum(int(text[-1].rsplit(",", 1)[1]) for text in texts)
    return name, "\n".join([*texts[0][:2], *rows, f"TRL,{len(rows)},{quantity:g},{hashed}", ""])


async def tell_of(by_csv: Correspondent, sku: str, facts: dict[str, Any]) -> None:
    outgoing = by_csv.paper.item(sku, facts)
    assert outgoing is not None
    await by_csv.send(outgoing)


async def rows_of(by_csv: Correspondent, kind: str) -> list[dict[str, str]]:
    found = []
    for name, content in (await by_csv.files()).items():
        if name.startswith(kind):
            found += list(csv.DictReader(io.StringIO("\n".join(content.decode().splitlines()[1:-1]))))
    return found


async def test_every_row_is_acknowledged(by_csv: Correspondent) -> None:
    await by_csv.request(lines=LINES)

    rows = await rows_of(by_csv, "pick_ack")
    assert [(row["request_row"], row["line_no"], row["result"]) for row in rows] == [
        ("1", "1", "ACC"),
        ("2", "2", "ACC"),
    ]


async def test_a_row_that_is_wrong_goes_into_an_error_file_and_the_other_requests_live_on(
    by_csv: Correspondent,
) -> None:
    other = {**REQUEST, "fulfilmentId": "FF-T1-000002", "orderId": "CO-2"}
    name, text = file_of(by_csv, {**REQUEST, "lines": LINES}, other)
    await by_csv.put(name, text.replace(",SKU-1,,2,EA", ",SKU-1,,2.x,EA").encode())

    assert [fulfilment.fulfilment_id for fulfilment in by_csv.kept()] == ["FF-T1-000002"]
    (error,) = await rows_of(by_csv, "error_file")
    assert (error["file"], error["row"], error["column"], error["value"]) == (name, "2", "qty_ordered", "2.x")
    assert error["reason"]
    acknowledged = {row["request_row"]: row["result"] for row in await rows_of(by_csv, "pick_ack")}
    assert acknowledged == {"2": "REJ", "3": "ACC"}


async def test_a_fulfilment_of_which_one_row_is_wrong_is_not_carried_out_in_part(by_csv: Correspondent) -> None:
    name, text = file_of(by_csv, {**REQUEST, "lines": LINES})
    await by_csv.put(name, text.replace(",SKU-1,,2,EA", ",SKU-1,,2,E-A").encode())

    assert by_csv.kept() == []


async def test_a_control_total_that_is_wrong_rejects_the_file(by_csv: Correspondent) -> None:
    name, text = file_of(by_csv, REQUEST)
    await by_csv.put(name, text.replace("TRL,1,10,", "TRL,1,11,").encode())

    assert by_csv.kept() == []
    (error,) = await rows_of(by_csv, "error_file")
    assert error["code"] == "total"
    assert error["row"] == ""


async def test_a_number_that_is_left_out_is_noted_and_its_file_still_taken(by_csv: Correspondent) -> None:
    await by_csv.request()
    name, text = file_of(by_csv, {**REQUEST, "fulfilmentId": "FF-T1-000003"}, number=3)
    await by_csv.put(name, text.encode())
    name, text = file_of(by_csv, {**REQUEST, "fulfilmentId": "FF-T1-000002"}, number=2)
    await by_csv.put(name, text.encode())

    assert len(by_csv.kept()) == 3


async def test_a_file_for_somebody_else_is_rejected(by_csv: Correspondent) -> None:
    name, text = file_of(by_csv, REQUEST)
    await by_csv.put(name, text.replace(",CROSSDOCK,WEST,", ",CROSSDOCK,EAST,").encode())

    assert by_csv.kept() == []
    assert by_csv.operations() == [("fail", "unusable")]


async def test_an_item_is_kept_with_everything_in_it(by_csv: Correspondent) -> None:
    each = {"description": "Torque wrench 1/2 in", "baseUom": "EA", "lotTracked": False, "serialTracked": True}
    packs = [
        {"uom": "CA", "quantityPerBase": {"value": "12", "uom": "EA"}, "gtin": "10036000291459"},
        {"uom": "PL", "quantityPerBase": {"value": "480", "uom": "EA"}},
    ]
    facts = {**each, "gtin": "00036000291452", "weight": {"value": "1.25", "uom": "KGM"}, "packs": packs}
    await tell_of(by_csv, "SKU-9", facts)
    await tell_of(by_csv, "SKU-8", {**each, "packs": []})

    kept = by_csv.west("getWarehouseItem", sku="SKU-9")
    assert {name: kept[name] for name in facts} == facts
    assert by_csv.west("getWarehouseItem", sku="SKU-8")["packs"] == []
    assert [(verdict.series, verdict.number, verdict.accepted) for verdict in await by_csv.verdicts()] == [
        ("item_master", 1, True),
        ("item_master", 2, True),
    ]


async def test_an_item_that_is_refused_is_answered_with_the_reason(by_csv: Correspondent) -> None:
    by_csv.west.receive("SKU-1", 1)
    facts = {"description": "Rope", "baseUom": "MTR", "packs": [], "lotTracked": False, "serialTracked": False}
    await tell_of(by_csv, "SKU-1", facts)

    (verdict,) = await by_csv.verdicts()
    assert (verdict.accepted, verdict.code) == (False, "unknown-unit")
