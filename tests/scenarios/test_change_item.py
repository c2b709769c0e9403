"""change-item: what a case holds is changed when nobody can doubt by which number one was counted."""

from types import SimpleNamespace
from typing import Any

import pytest

from crossdock.contracts.objects import InventoryPosition, PhysicalStock, Quantity
from crossdock.scenarios.actions.change_item import _demand_closed_books
from crossdock.simulators.refusal import Refusal

SKU = "SKU-1"


def each(value: str) -> Quantity:
    return Quantity.of(value, "EA")


def world(*, book: str, available: str, allocated: str = "0") -> Any:
    """The ERP with this on hand at east, and east with this on the shelf."""
    position = SimpleNamespace(on_hand=each(book))
    shelf = SimpleNamespace(available=each(available), allocated=each(allocated))
    tables = {InventoryPosition: {f"east/{SKU}": position}, PhysicalStock: {SKU: shelf}}
    party = SimpleNamespace(state=SimpleNamespace(table=tables.get))
    return SimpleNamespace(parties={"erp": party, "east": party})


@pytest.mark.parametrize("shelf", [{"available": "48"}, {"available": "44", "allocated": "4"}])
def test_a_case_may_hold_another_number_when_the_book_has_what_is_on_the_shelf(shelf: dict[str, str]) -> None:
    _demand_closed_books(world(book="48", **shelf), SKU)


def test_it_waits_while_a_correction_is_not_booked() -> None:
    with pytest.raises(Refusal, match="the book has not all yet that moved of SKU-1 at east"):
        _demand_closed_books(world(book="60", available="48"), SKU)
