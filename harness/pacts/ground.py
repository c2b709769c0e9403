"""What provider states are brought about on: a world that nothing has happened in yet, and its manual clock."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from ...contracts.identifiers import CustomerNumber, Sku
from ...contracts.objects import Account, Address, Item, Money
from ...scenarios.seeding.entering import enter_customer, enter_item
from ...scenarios.seeding.world_data import NewCustomer, NewItem
from ...simulators.access import Token
from ...simulators.clock import ManualClock
from ...simulators.party import Party
from ...simulators.world import PARTIES, World
from ..access import SCOPES
from .chosen_ids import ChosenIds

MARK = "PACT"
TOKEN = "the-token-of-a-pact"
CURRENCY = "USD"
USUAL_CUSTOMER, USUAL_SKU, USUAL_STOCK = "C-PACT", "SKU-PACT", 1000
_ADDRESS = Address(
    name="Pact Customer", line1="1 Contract Road", city="Memphis", region="TN", postal_code="38103", country="US"
)


@dataclass(slots=True)
class Ground:
    """One world for one interaction. `party` is the provider; `authorised`: its requests come with a valid token."""

    provider: str
    world: World
    clock: ManualClock
    ids: ChosenIds
    authorised: bool = True
    problems: list[str] = field(default_factory=list)

    @property
    def party(self) -> Party:
        return self.world.parties[self.provider]

    def customer(self, number: str = USUAL_CUSTOMER, account_id: str = "") -> None:
        """Have this customer at the CRM and the ERP; nothing when it is there. Raises: Refusal."""
        accounts = self.world.parties["crm"].state.table(Account).values()
        if any(account.customer_number == number for account in accounts):
            return
        if account_id:
            self.ids.choose("ACC", account_id)
        limit = Money.rounded(Decimal(1_000_000), CURRENCY)
        enter_customer(
            self.world,
            NewCustomer(
                customer_number=CustomerNumber(number),
                name="Pact Customer",
                currency=CURRENCY,
                bill_to=_ADDRESS,
                credit_limit=limit,
            ),
        )

    def item(self, sku: str = USUAL_SKU, stock: int = USUAL_STOCK, warehouse: str = "") -> None:
        """Have this item everywhere, with so many of it at one warehouse or at each; nothing when it is there. Raises:
        Refusal.
        """
        if sku in self.world.parties["erp"].state.table(Item):
            return
        places = self.world.warehouses if not warehouse else [warehouse]
        enter_item(
            self.world,
            NewItem(
                sku=Sku(sku),
                description=f"Item {sku}",
                prices=(Money.rounded(Decimal(10), CURRENCY),),
                stock=dict.fromkeys(places, stock),
            ),
        )

    def pass_hours(self, hours: float) -> None:
        """Let business time pass, and happen what is due."""
        self.clock.advance(timedelta(hours=hours))

    def reach(self, time: datetime) -> None:
        """Let it be this time, where it isn't later already."""
        self.clock.advance(max(timedelta(0), time - self.clock.now()))


def ground(provider: str, number: int) -> Ground:
    """A new one; `number` tells it from the others of a verification."""
    clock = ManualClock()
    ids = ChosenIds(MARK, f"{MARK}/{number}")
    world = World(MARK.lower(), clock, ids, cast=PARTIES)
    party = world.parties[provider]
    scopes = SCOPES[party.kind] | {f"{party.kind}.people"}
    party.access.restore([Token(TOKEN, "consumer", scopes, math.inf)])
    return Ground(provider, world, clock, ids)
