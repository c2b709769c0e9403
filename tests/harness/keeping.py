"""What parties and layer do in a history with stock, customers and items (see histories.py)."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from crossdock.contracts.objects import (
    Account,
    Case,
    Customer,
    InventoryAdjustment,
    InventorySnapshot,
    Item,
    Pack,
    Product,
    Quantity,
    SnapshotPosition,
    StockCount,
    WarehouseItem,
)
from crossdock.tests.harness import records
from crossdock.tests.harness.aftersales import AfterSales
from crossdock.tests.harness.records import HERE, NOTHING, START, each, of, sku, usd
from crossdock.tests.harness.statements import options

UNTRACKED = {"lot_tracked": False, "serial_tracked": False}


class Keeping(AfterSales):
    """Corrections and counts of stock; customers and items, and who is told of them."""

    def __init__(self) -> None:
        super().__init__()
        self.corrections: dict[str, tuple[str, str, Quantity, Decimal]] = {}
        self.counts: dict[str, tuple[str, int, Decimal]] = {}
        self.versions: dict[str, int] = {}

    def do_adjust(self, key: str, warehouse: str, word: str, *words: str) -> None:
        """People correct the count of a line's item: `1:-2`, `1:-2CA` in cases of 12; `part damaged`."""
        _, given = options(words, part="available", reason="count")
        name, quantity = _amount(word)
        base = quantity.value * (12 if quantity.uom == "CA" else 1)
        saleable = base if given["part"] == "available" else NOTHING
        self.corrections[key] = (warehouse, name, quantity, saleable)
        written: Any = self.ledger.counted(warehouse, {name: -saleable}, **{given["part"]: base})
        made = of(
            InventoryAdjustment,
            adjustment_id=key,
            warehouse_id=warehouse,
            sku=sku(name),
            part=given["part"],
            quantity=quantity,
            reason=given["reason"],
            balance=each(0),
            occurred_at=START,
            sequence=1,
        )
        written.append(("InventoryAdjustment", key, made))
        self.commit(warehouse, "people", "adjustInventory", written, ("inventory.adjusted", key, made), about="")

    def do_book_correction(self, key: str, value: str = "") -> None:
        """The layer books it, as it was unless `value` says otherwise."""
        warehouse, name, _, saleable = self.corrections[key]
        change = {name: Decimal(value) if value else saleable}
        self.call("erp", "postStockMovement", self.ledger.booked(warehouse, change, reference=key), about="")

    def do_count(self, key: str, warehouse: str, name: str) -> None:
        """The warehouse counts a line's item; each count is newer than the one before."""
        value = self.ledger.count[(warehouse, name)]
        self.counts[key] = (warehouse, len(self.counts) + 1, value)
        parts = {part: each(0) for part in ("allocated", "on_hold", "damaged")}
        position = of(SnapshotPosition, sku=sku(name), on_hand=each(value), available=each(value), **parts)
        made = of(
            InventorySnapshot,
            snapshot_id=key,
            warehouse_id=warehouse,
            as_of=self._counted_at(key),
            sequence=len(self.counts),
            part=1,
            parts=1,
            positions=(position,),
        )
        event = ("inventory.snapshot", f"{warehouse}/{key}", made)
        self.commit(warehouse, "people", "takeInventorySnapshot", [], event, about="")

    def do_tell_count(self, key: str, name: str, value: str = "") -> None:
        """The layer tells the ERP of it."""
        warehouse, sequence, counted = self.counts[key]
        made = of(
            StockCount,
            warehouse_id=warehouse,
            sku=sku(name),
            counted=each(value or counted),
            counted_at=self._counted_at(key),
            snapshot_id=key,
            sequence=sequence,
            book=each(0),
            difference=each(0),
            **records.STORED,
        )
        self.call("erp", "postStockCounts", [("StockCount", f"{warehouse}/{sku(name)}", made)], about="")

    def _counted_at(self, key: str) -> datetime:
        return START + timedelta(hours=self.counts[key][1])

    def _version(self, key: str) -> dict[str, Any]:
        self.versions[key] = self.versions.get(key, 0) + 1
        return {**records.STORED, "version": self.versions[key]}

    def do_account(self, key: str, street: str, *words: str) -> None:
        """Sales enter or change a customer at the CRM; each time it is a newer version."""
        _, given = options(words, number="CUST-1", currency="USD")
        made = of(
            Account,
            account_id=key,
            customer_number=given["number"],
            name="Byrne Tools",
            status="active",
            currency=given["currency"],
            contacts=(),
            bill_to=replace(HERE, line1=street),
            ship_tos=(HERE,),
            **self._version(key),
        )
        event = ("account.changed", key, made)
        self.commit("crm", "people", "updateAccount", [("Account", key, made)], event, about="")

    def do_customer(self, key: str, street: str, *words: str) -> None:
        """The layer tells the ERP of a customer."""
        _, given = options(words, account="AC-1", currency="USD")
        made = of(
            Customer,
            customer_number=key,
            account_id=None if given["account"] == "none" else given["account"],
            name="Byrne Tools",
            status="active",
            currency=given["currency"],
            bill_to=replace(HERE, line1=street),
            tax_exempt=False,
            payment_terms_days=30,
            credit_limit=usd("0"),
            exposure=usd("0"),
            **records.STORED,
        )
        self.call("erp", "updateCustomer", [("Customer", key, made)], about="")

    def do_item(self, name: str, text: str) -> None:
        """The ERP's people enter or change the item of a line, which also comes in cases of 12."""
        case = of(Pack, uom="CA", quantity_per_base=each(12))
        key = sku(name)
        made = of(
            Item,
            sku=key,
            description=text,
            base_uom="EA",
            packs=(case,),
            prices=(usd("10.00"),),
            tax_category="standard",
            active=True,
            **UNTRACKED,
            **self._version(key),
        )
        self.commit("erp", "people", "updateItem", [("Item", key, made)], ("item.changed", key, made), about="")

    def do_product(self, name: str, text: str) -> None:
        """The layer tells the CRM of it."""
        prices = (usd("10.00"),)
        made = of(Product, sku=sku(name), description=text, base_uom="EA", prices=prices, active=True, **records.STORED)
        self.call("crm", "putProduct", [("Product", sku(name), made)], about="")

    def do_place(self, name: str, warehouse: str, text: str) -> None:
        """The layer tells a warehouse of it."""
        packs = (of(Pack, uom="CA", quantity_per_base=each(12)),)
        made = of(
            WarehouseItem,
            sku=sku(name),
            description=text,
            base_uom="EA",
            packs=packs,
            **UNTRACKED,
            **records.STORED,
        )
        self.call(warehouse, "putWarehouseItem", [("WarehouseItem", sku(name), made)], about="")

    def do_complain(self, key: str, status: str = "new", *words: str) -> None:
        """The layer opens a case about a message of no order, or moves it on; `words` are what it says."""
        fields = {"category": "integrationError", "priority": "normal", "subject": " ".join(words) or "set aside"}
        made = of(Case, case_id=key, status=status, **fields, **records.STORED)
        self.call("crm", "createCase", [("Case", key, made)], about="")


def _amount(word: str) -> tuple[str, Quantity]:
    name, _, amount = word.partition(":")
    uom = "CA" if amount.endswith("CA") else "EA"
    return name, Quantity(Decimal(amount.removesuffix("CA")), uom)
