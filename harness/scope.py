"""What a scenario is about: its orders, and the stock, customers and items behind them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..scenarios.engine import Engine
from ..scenarios.placing import account_of
from ..scenarios.plan import PlannedScenario
from .ledgers import Ledgers, Place
from .master_data import CUSTOMER


@dataclass(frozen=True, slots=True)
class Scope:
    """`names` is CRM order id → order name, of the orders that are placed; `accounts` and `skus` of all, placed or
    not.
    """

    names: dict[str, str]
    accounts: frozenset[str]
    skus: frozenset[str]

    def holds(self, key: Place) -> bool:
        """Whether a place's stock, a customer or an item of the ledgers is its affair."""
        return key[1] in (self.accounts if key[0] == CUSTOMER else self.skus)

    def ledger_keys(self, ledgers: Ledgers) -> Iterator[Place]:
        """What the ledgers have of its stock, customers and items."""
        yield from filter(self.holds, ledgers.stocks)
        yield from filter(self.holds, ledgers.master)


def scope_of(planned: PlannedScenario, engine: Engine) -> Scope:
    """As of now: an order may be placed, and a customer entered, while the scenario is played."""
    accounts = (account_of(engine.world, order) for order in planned.orders)
    return Scope(
        names={order_id: name for name, order_id in engine.placed(planned).items()},
        accounts=frozenset(account.account_id for account in accounts if account is not None),
        skus=frozenset(line.sku for order in planned.orders for line in order.lines),
    )
