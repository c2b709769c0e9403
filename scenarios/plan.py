"""A plan: scenarios and a seed made into the very orders, stock, handling, actions and faults of one run.

It is written to disk before the run starts, with every name and price in it, so that a replay depends on nothing else;
least of all on the library that made the names up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

import msgspec

from ..contracts.yaml_text import yaml_text
from .amount import PIECE, Amount, exact
from .scenario import HandlingWish, LineWish, OrderWish, Scenario

# Business hours after shipping, by what becomes of the parcel. None: the warehouse's usual journey.
JOURNEYS: dict[str, tuple[tuple[str, float], ...] | None] = {
    "delivered": None,
    "failed": (
        ("label_created", 0),
        ("picked_up", 2),
        ("in_transit", 8),
        ("out_for_delivery", 30),
        ("attempted", 36),
        ("exception", 40),
        ("returning", 44),
    ),
    "returned": (
        ("label_created", 0),
        ("picked_up", 2),
        ("in_transit", 8),
        ("out_for_delivery", 24),
        ("exception", 30),
        ("returning", 36),
        ("returned", 60),
    ),
    "lost": (("label_created", 0), ("picked_up", 2), ("in_transit", 8), ("exception", 30), ("lost", 44)),
    "redelivered": (
        ("label_created", 0),
        ("picked_up", 2),
        ("in_transit", 8),
        ("out_for_delivery", 24),
        ("exception", 28),
        ("in_transit", 36),
        ("delivered", 44),
    ),
    "second-try": (
        ("label_created", 0),
        ("picked_up", 2),
        ("in_transit", 8),
        ("out_for_delivery", 24),
        ("attempted", 30),
        ("out_for_delivery", 48),
        ("delivered", 54),
    ),
}
REGIONS = {
    "east": (
        ("Albany", "NY", "12207"),
        ("Columbus", "OH", "43004"),
        ("Newark", "NJ", "07102"),
        ("Concord", "NH", "03301"),
    ),
    "west": (
        ("Sacramento", "CA", "95814"),
        ("Portland", "OR", "97204"),
        ("Reno", "NV", "89501"),
        ("Olympia", "WA", "98501"),
    ),
    "central": (
        ("Dallas", "TX", "75201"),
        ("Wichita", "KS", "67202"),
        ("Omaha", "NE", "68102"),
        ("Tulsa", "OK", "74103"),
    ),
}
GOODS = ("wrench", "level", "clamp", "lamp", "saw", "plane", "drill", "vise", "ladder", "chisel", "gauge", "pump")
CURRENCY = "USD"
STOCK_FACTOR = 4
MOST_REFERENCE, MOST_SKU = 30, 40  # contracts/canonical/v1/order.json and identifiers.json


class PlannedLine(msgspec.Struct, frozen=True, kw_only=True):
    """`stock` is how many there are at each warehouse when the scenario begins, shared by all orders of the item;
    `case` how many a case of it holds, 0 where there are none. All of it is in `unit`.
    """

    line_id: str
    sku: str
    description: str
    quantity: Amount
    unit_price: str
    stock: Amount
    case: int = 0
    unit: str = PIECE
    tracked: str = "no"


class PlannedOrder(msgspec.Struct, frozen=True, kw_only=True):
    """One order. `reference` is the customer's own number: unique, and what the run knows the order by. `bill_to` is in
    what the address for bills differs; `requested_in_d` days after it is placed the goods are wanted, 0: whenever;
    `instructions` is a word to the packers, which the ERP has on file for the customer.
    """

    name: str
    wish: str
    reference: str
    customer: str
    credit_limit: str
    ship_to: dict[str, str]
    service: str
    partial: str
    from_quote: bool
    freight: str
    lines: tuple[PlannedLine, ...]
    currency: str = CURRENCY
    bill_to: dict[str, str] = {}
    requested_in_d: int = 0
    instructions: str = ""


class PlannedScenario(msgspec.Struct, frozen=True, kw_only=True):
    """A scenario with its orders. The rest is the scenario's own document, but for its actions: one about an order of
    which there are many is there once for each.
    """

    scenario: Scenario
    orders: tuple[PlannedOrder, ...]

    @property
    def twins(self) -> list[tuple[str, str]]:
        """The names of orders that must end in the same state, pair by pair."""
        if not self.scenario.twins:
            return []
        one, other = ([order.name for order in self.orders if order.wish == wish] for wish in self.scenario.twins)
        return list(zip(one, other, strict=True))


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """The run: `mark` goes into every business key, `factor` is business seconds per second.

    `target` is the file that it was drawn for. In `virtual` time `course` tells apart the courses that events may take,
    by how long each message is under way.
    """

    crossdock: int = 1
    seed: int
    mark: str
    factor: float
    start: str
    target: str = ""
    virtual: bool = False
    course: int = 0
    scenarios: tuple[PlannedScenario, ...]


def draw(
    scenarios: Sequence[Scenario], seed: int, mark: str, factor: float, start: str, orders: int | None = None
) -> Plan:
    """Make a plan. `orders` multiplies every order of every scenario that asks for just one."""
    from faker import Faker

    faker = Faker("en_US")
    planned = []
    stems: set[str] = set()
    for scenario in scenarios:
        key = f"{seed}/{scenario.scenario}"
        faker.seed_instance(key)
        random = Random(key)
        stems.add(stem := _stem(scenario.scenario, random, stems))
        planned.append(_scenario(scenario, f"{mark}-{stem}", random, faker, orders))
    return Plan(seed=seed, mark=mark, factor=factor, start=start, scenarios=tuple(planned))


def write(plan: Plan, path: Path) -> None:
    path.write_bytes(yaml_text(msgspec.to_builtins(plan)).encode())


def load(path: Path) -> Plan:
    """Raises: msgspec.DecodeError, msgspec.ValidationError when it is not a plan."""
    return msgspec.yaml.decode(path.read_bytes(), type=Plan)


def remarked(plan: Plan, mark: str) -> Plan:
    """The same plan under other business keys: for a target that may remember those of an earlier run."""

    def under(key: str) -> str:
        return key.replace(plan.mark, mark, 1)

    def order(planned: PlannedOrder) -> PlannedOrder:
        lines = tuple(msgspec.structs.replace(line, sku=under(line.sku)) for line in planned.lines)
        return msgspec.structs.replace(planned, reference=under(planned.reference), lines=lines)

    scenarios = tuple(
        msgspec.structs.replace(planned, orders=tuple(map(order, planned.orders))) for planned in plan.scenarios
    )
    return msgspec.structs.replace(plan, mark=mark, scenarios=scenarios)


def _stem(scenario: str, random: Random, taken: set[str]) -> str:
    """A few letters that tell this scenario's business keys from every other's of the plan."""
    letters = "".join(word[0] for word in re.split("-+", scenario)).upper()[:4]
    while (stem := f"{letters}{random.randrange(1000):03d}") in taken:
        pass
    return stem


def _scenario(scenario: Scenario, mark: str, random: Random, faker: Any, orders: int | None) -> PlannedScenario:
    planned: list[PlannedOrder] = []
    names: dict[str, list[str]] = {}
    for place, (wish_name, wish) in enumerate(scenario.orders.items(), 1):
        count = orders if orders is not None and wish.count == 1 else wish.count
        lines = _lines(wish, f"0{_short(mark, wish_name, str(place), MOST_SKU - 5)}", count, random)
        for number in range(1, count + 1):
            name = wish_name if count == 1 else f"{wish_name}-{number}"
            reference = f"PO-{_short(mark, name, f'{place}-{number}', MOST_REFERENCE - 3)}"
            planned.append(_order(name, wish_name, wish, reference, lines, random, faker))
            names.setdefault(wish_name, []).append(name)
    if scenario.twins:
        planned = _made_alike(planned, *(names[name] for name in scenario.twins))
    actions = tuple(
        {**action, "order": name} for action in scenario.actions for name in names.get(action.get("order", ""), [""])
    )
    return PlannedScenario(scenario=msgspec.structs.replace(scenario, actions=actions), orders=tuple(planned))


def _made_alike(planned: Sequence[PlannedOrder], ones: Sequence[str], others: Sequence[str]) -> list[PlannedOrder]:
    """The others with all that was drawn for the ones, but for names, business keys and items."""
    known = {order.name: order for order in planned}
    for one, other in zip(ones, others, strict=True):
        first, second = known[one], known[other]
        lines = tuple(
            msgspec.structs.replace(line, sku=own.sku) for line, own in zip(first.lines, second.lines, strict=True)
        )
        own = {"name": second.name, "wish": second.wish, "reference": second.reference, "lines": lines}
        known[other] = msgspec.structs.replace(first, **own)
    return list(known.values())


def _short(mark: str, name: str, instead: str, most: int) -> str:
    """A business key that shows the order's name where there is room for it, and never another's."""
    return f"{mark}-{name}" if len(mark) + 1 + len(name) <= most else f"{mark}-{instead}"


def _lines(wish: OrderWish, key: str, count: int, random: Random) -> tuple[PlannedLine, ...]:
    return tuple(
        PlannedLine(
            line_id=str(number),
            sku=f"{key}.{number}",
            description=f"{random.choice(GOODS).capitalize()} no. {random.randrange(10, 99)}",
            quantity=line.quantity,
            unit_price=f"{random.randrange(400, 9_900) / 100:.2f}",
            stock=_stock(line, count),
            case=line.case,
            unit=line.unit,
            tracked=line.tracked,
        )
        for number, line in enumerate(wish.lines, 1)
    )


def _stock(line: LineWish, count: int) -> Amount:
    """What is wished for, or enough; a decimal number as it would be written."""
    if line.stock is not None:
        return line.stock
    enough = exact(line.quantity) * STOCK_FACTOR * count
    return int(enough) if enough == enough.to_integral_value() else float(enough)


def _order(
    name: str,
    wish_name: str,
    wish: OrderWish,
    reference: str,
    lines: tuple[PlannedLine, ...],
    random: Random,
    faker: Any,
) -> PlannedOrder:
    city, region, postal_code = random.choice(REGIONS[wish.region])
    person = faker.name()
    ship_to = {
        "name": person,
        "line1": faker.street_address()[:55],
        "city": city,
        "region": region,
        "postalCode": postal_code,
        "country": "US",
        "email": f"{'.'.join(re.findall('[a-z]+', person.lower()))}@example.com",
        **wish.ship_to,
    }
    limit = wish.credit_limit if wish.credit_limit is not None else 10_000_000
    return PlannedOrder(
        name=name,
        wish=wish_name,
        reference=reference,
        customer=wish.customer or faker.company()[:60],
        credit_limit=f"{limit}.00",
        ship_to=ship_to,
        service=wish.service,
        partial=wish.partial,
        from_quote=wish.from_quote,
        freight="9.50" if wish.service == "standard" else "24.00",
        lines=lines,
        currency=wish.currency,
        bill_to=wish.bill_to,
        requested_in_d=wish.requested_in_d,
        instructions=wish.instructions,
    )


def handling_of(wish: HandlingWish, order: PlannedOrder) -> dict[str, Any]:
    """The warehouse's `Handling` of an order, as JSON."""
    journey = JOURNEYS[wish.journey]
    handling: dict[str, Any] = {
        "shipments": [
            {
                line.line_id: str(exact(quantity))
                for line, quantity in zip(order.lines, shipment, strict=True)
                if quantity
            }
            for shipment in wish.ships
        ],
        "holdH": wish.hold_h,
    }
    if wish.refuses:
        handling["refuse"] = wish.refuses
    if wish.carrier:
        handling["carrier"] = wish.carrier
    if journey is not None:
        handling["journey"] = [{"code": code, "afterH": after} for code, after in journey]
    return handling
