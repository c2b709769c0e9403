"""States about customers, items and stock."""

from __future__ import annotations

from ....scenarios.people import ask
from ....scenarios.stock import stock_up
from ....simulators.world import WAREHOUSE
from ..ground import USUAL_CUSTOMER, USUAL_SKU, USUAL_STOCK, Ground
from ..provider_state import StateProblem, Wanted, provider_state


@provider_state(
    "account",
    "an account exists",
    "an account {accountId} exists",
    "the account {accountId} of {customerNumber} exists",
)
def account(ground: Ground, wanted: Wanted) -> None:
    """A customer's account is at the CRM, and the customer at the ERP."""
    ground.customer(wanted.text("customerNumber", USUAL_CUSTOMER), wanted.text("accountId", "ACC-PACT"))


@provider_state("customer", "a customer exists", "a customer {customerNumber} exists")
def customer(ground: Ground, wanted: Wanted) -> None:
    """The customer is at the ERP, and its account at the CRM."""
    ground.customer(wanted.text("customerNumber", USUAL_CUSTOMER))


@provider_state("item", "an item exists", "an item {sku} exists", "{quantity} pieces of the item {sku} exist")
def item(ground: Ground, wanted: Wanted) -> None:
    """The item is at the ERP, the CRM and each warehouse, with so many pieces at each (1000 where nothing is said)."""
    ground.item(wanted.text("sku", USUAL_SKU), wanted.number("quantity", USUAL_STOCK))


@provider_state("stock", "{warehouse} has {quantity} of {sku}", "there are {quantity} of {sku}")
def stock(ground: Ground, wanted: Wanted) -> None:
    """The warehouse, else the provider, has just so many pieces on the shelf, and the ERP in its books."""
    warehouse, sku = _warehouse(ground, wanted), wanted.text("sku", USUAL_SKU)
    ground.item(sku, 0)
    if quantity := wanted.number("quantity", USUAL_STOCK):
        stock_up(ground.world, warehouse, sku, quantity, "stock of a provider state")


@provider_state("out-of-stock", "{warehouse} is out of stock of {sku}", "{sku} is out of stock")
def out_of_stock(ground: Ground, wanted: Wanted) -> None:
    """The warehouse knows the item and has none of it; with no warehouse said, none has any."""
    sku = wanted.text("sku", USUAL_SKU)
    if "warehouse" in wanted.given:
        warehouse = _warehouse(ground, wanted)
        ground.item(sku, 0)
        for other in ground.world.warehouses:
            if other != warehouse:
                stock_up(ground.world, other, sku, USUAL_STOCK, "stock of a provider state")
    else:
        ground.item(sku, 0)


@provider_state("blocked-customer", "the customer {customerNumber} is blocked", "the customer is blocked")
def blocked_customer(ground: Ground, wanted: Wanted) -> None:
    """The customer is known and may not order."""
    number = wanted.text("customerNumber", USUAL_CUSTOMER)
    ground.customer(number)
    ask(ground.world.parties["erp"], "updateCustomer", {"status": "blocked"}, customerNumber=number)


def _warehouse(ground: Ground, wanted: Wanted) -> str:
    """Raises: StateProblem."""
    usual = ground.provider if ground.party.kind == WAREHOUSE else ground.world.warehouses[0]
    name = wanted.text("warehouse", usual)
    if name not in ground.world.warehouses:
        raise StateProblem(
            f"{wanted.state!r}: there is no warehouse {name!r}, there are {', '.join(ground.world.warehouses)}"
        )
    return name
