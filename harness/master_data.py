"""What is known of one customer or item: the owner's record, and what it is elsewhere.

A copy is compared by the facts that its owner tells of, never by what the holder adds (terms, credit, versions). Which
currency a customer trades in is M3's affair.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import msgspec

from ..contracts.objects import Account, Customer, Item, Product, WarehouseItem
from .complaints import Complaints
from .seen import Seen
from .set_aside import SetAside

CUSTOMER, ITEM = "customer", "item"
MOST_SHOWN = 120
Owned: TypeAlias = Account | Item
Copy: TypeAlias = Customer | Product | WarehouseItem
# What each kind of copy takes from its owner's record.
FACTS: dict[type[Copy], tuple[str, ...]] = {
    Customer: ("name", "status", "bill_to"),
    Product: ("description", "base_uom", "prices", "active"),
    WarehouseItem: ("description", "base_uom", "gtin", "packs", "weight", "lot_tracked", "serial_tracked"),
}


@dataclass(slots=True)
class MasterRecord:
    """`kind` is `customer` or `item`; `versions` the owner's record, oldest first; `copies` party → the record there,
    each time that its facts changed; `identities` customer number → that customer of the ERP, as its tie was made.
    `unheard` are the versions whose event a fault swallowed; `complaints` the cases that name no order, `set_aside`
    what the layer lists as dead letters of it.
    """

    kind: str
    key: str
    complaints: Complaints = field(default_factory=Complaints)
    versions: list[Seen[Owned]] = field(default_factory=list)
    copies: dict[str, list[Seen[Copy]]] = field(default_factory=dict)
    identities: dict[str, Seen[Any]] = field(default_factory=dict)
    unheard: set[int] = field(default_factory=set)
    set_aside: dict[str, SetAside] = field(default_factory=dict)

    def owned(self, seen: Seen[Owned]) -> None:
        self.versions.append(seen)

    def copied(self, seen: Seen[Copy]) -> None:
        """A copy was written; one whose facts are as they were is no news."""
        if isinstance(seen.what, Customer):
            tied = self.identities.get(seen.what.customer_number)
            if tied is None or tied.what.account_id != seen.what.account_id:
                self.identities[seen.what.customer_number] = seen
        known = self.copies.setdefault(seen.party, [])
        if not known or facts(known[-1].what) != facts(seen.what):
            known.append(seen)

    @property
    def newest(self) -> Seen[Owned] | None:
        """The last version of which the layer could hear."""
        return next((seen for seen in reversed(self.versions) if seen.what.version not in self.unheard), None)

    def version_of(self, copy: Seen[Copy]) -> Seen[Owned] | None:
        """The version that a copy shows: the newest one that was there by then and says the same."""
        told = facts(copy.what)
        kind = type(copy.what)
        return next(
            (seen for seen in reversed(self.versions) if seen.seq < copy.seq and facts_for(kind, seen.what) == told),
            None,
        )

    def setbacks(self) -> Iterator[tuple[Seen[Copy], Seen[Owned], Seen[Copy], Seen[Owned]]]:
        """(copy, the older version that it shows, the copy it was put over, the newer version that showed)."""
        for copies in self.copies.values():
            best: tuple[Seen[Copy], Seen[Owned]] | None = None
            for copy in copies:
                version = self.version_of(copy)
                if version is None:
                    continue
                if best is not None and version.what.version < best[1].what.version:
                    yield (copy, version, *best)
                else:
                    best = (copy, version)


def facts(copy: Copy) -> dict[str, Any]:
    """The facts that a copy takes from its owner's record."""
    return {name: getattr(copy, name) for name in FACTS[type(copy)]}


def facts_for(kind: type[Copy], owned: Owned) -> dict[str, Any]:
    """The same facts as the owner has them."""
    return {name: getattr(owned, name) for name in FACTS[kind]}


def differences(copy: Copy, owned: Owned) -> Iterator[tuple[str, str, str]]:
    """(fact, as the owner has it, as the copy has it) for each that differs, in words; of an address the lines."""
    told = msgspec.to_builtins(facts(copy))
    for name, value in msgspec.to_builtins(facts_for(type(copy), owned)).items():
        if isinstance(value, dict) and isinstance(told[name], dict):
            for member in sorted(value.keys() | told[name].keys()):
                if value.get(member) != told[name].get(member):
                    yield f"{name}.{member}", shown(value.get(member)), shown(told[name].get(member))
        elif value != told[name]:
            yield name, shown(value), shown(told[name])


def shown(value: Any) -> str:
    """A fact in a few words."""
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"
