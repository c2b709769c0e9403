"""What goes into which package, and what stands on its label."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from crossdock.contracts.gs1 import has_valid_check_digit
from crossdock.simulators.clock import ManualClock
from crossdock.tests.simulators.warehouse.conftest import Warehouse


def packages(warehouse: Warehouse, *lines: tuple[str, str, str]) -> list[dict[str, Any]]:
    warehouse.request("FF-1", *lines)
    warehouse.pass_hours(100)
    return [package for shipment in warehouse.shipments() for package in shipment["packages"]]


def contents(package: dict[str, Any]) -> list[tuple[str, str]]:
    return [(item["lineId"], item["quantity"]["value"]) for item in package["items"]]


def test_packages_are_filled_one_after_the_other(west: Warehouse) -> None:
    west.receive("SKU-2", 100)
    found = packages(west, ("1", "SKU-1", "25 EA"), ("2", "SKU-2", "10 EA"))
    assert [contents(package) for package in found] == [[("1", "20")], [("1", "5"), ("2", "10")]]


def test_every_package_has_a_valid_sscc_and_a_tracking_number_of_its_own(west: Warehouse, east: Warehouse) -> None:
    found = packages(west, ("1", "SKU-1", "60 EA")) + packages(east, ("1", "SKU-1", "60 EA"))
    ssccs = [package["sscc"] for package in found]
    assert all(len(sscc) == 18 and has_valid_check_digit(sscc) for sscc in ssccs)
    assert len(set(ssccs)) == len({package["trackingNumber"] for package in found}) == 6


def test_the_weight_is_that_of_the_goods_and_the_package(west: Warehouse) -> None:
    west.receive("SKU-2", 10, weight_kg=Decimal("1.5"))
    (package,) = packages(west, ("1", "SKU-1", "2 EA"), ("2", "SKU-2", "2 EA"))
    assert package["weight"] == {"value": "4.050", "uom": "KGM"}  # 2 × 0.4 + 2 × 1.5 + 0.25


def test_serial_tracked_goods_carry_one_serial_number_per_piece_and_none_twice(west: Warehouse) -> None:
    west.receive("SKU-2", 100, serial_tracked=True)
    found = packages(west, ("1", "SKU-2", "30 EA"))
    serials = [package["items"][0]["serials"] for package in found]
    assert [len(scanned) for scanned in serials] == [20, 10]
    assert len({serial for scanned in serials for serial in scanned}) == 30


def test_lot_tracked_goods_go_out_oldest_lot_first_and_apart(west: Warehouse) -> None:
    west.receive("SKU-2", 3, lot="A1", lot_tracked=True)
    west.receive("SKU-2", 9, lot="B2", lot_tracked=True)
    (package,) = packages(west, ("1", "SKU-2", "5 EA"))
    assert [(item["lot"], item["quantity"]["value"]) for item in package["items"]] == [("A1", "3"), ("B2", "2")]


def test_goods_that_come_without_a_lot_number_get_that_of_the_day(west: Warehouse) -> None:
    assert isinstance(west.world.clock, ManualClock)
    west.world.clock.advance(timedelta(days=1))
    west.receive("SKU-2", 3, lot_tracked=True)
    (package,) = packages(west, ("1", "SKU-2", "3 EA"))
    assert package["items"][0]["lot"] == "L20260303"


def test_a_case_of_several_lots_names_none(west: Warehouse) -> None:
    west.receive("SKU-2", 6, lot="A1", lot_tracked=True, packs={"CA": Decimal(12)})
    west.receive("SKU-2", 6, lot="B2", lot_tracked=True, packs={"CA": Decimal(12)})
    (package,) = packages(west, ("1", "SKU-2", "1 CA"))
    assert "lot" not in package["items"][0]


def test_a_huge_quantity_still_fits_into_the_packages_that_a_shipment_can_hold(west: Warehouse) -> None:
    west.receive("SKU-2", 999_999_999, serial_tracked=True)
    found = packages(west, ("1", "SKU-2", "999999999 EA"))
    assert len(found) <= 500
    assert sum(Decimal(package["items"][0]["quantity"]["value"]) for package in found) == 999_999_999
