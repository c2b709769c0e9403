"""By which ERP a region's orders are booked, by when they were placed."""

from datetime import UTC, datetime, timedelta

import pytest

from crossdock.contracts.openapi import api
from crossdock.scenarios.erp_table import ErpRow, ErpTable, read, written
from crossdock.simulators.world import CLOUD_ERP, ERP

MOMENT = datetime(2026, 3, 4, 8, tzinfo=UTC)
FLORIDA = ErpRow("FL", CLOUD_ERP, MOMENT)


@pytest.mark.parametrize(
    ("region", "before", "rightful"),
    [
        ("FL", timedelta(hours=30), (ERP,)),
        ("FL", timedelta(hours=1, microseconds=1), (ERP,)),
        ("FL", timedelta(hours=1), (ERP, CLOUD_ERP)),
        ("FL", timedelta(microseconds=1), (ERP, CLOUD_ERP)),
        ("FL", timedelta(0), (CLOUD_ERP,)),
        ("FL", timedelta(days=-300), (CLOUD_ERP,)),
        ("GA", timedelta(days=-300), (ERP,)),
    ],
)
def test_which_erps_may_book_an_order(region: str, before: timedelta, rightful: tuple[str, ...]) -> None:
    table = ErpTable()
    table.learn([FLORIDA])
    assert table.rightful(region, MOMENT - before) == rightful


def test_what_the_layer_is_told_is_what_its_contract_says_and_is_read_again() -> None:
    body = api("layer").operations["setErps"].body
    assert body is not None
    assert not list(body.errors(written([FLORIDA])))
    assert read(written([FLORIDA])) == [FLORIDA]


def test_a_table_of_nothing_is_none() -> None:
    table = ErpTable()
    assert not table
    assert "FL" not in table
    assert table.rightful("FL", MOMENT) == (ERP,)
