"""How a warehouse works: its hours, its carriers, its capacity. One record per warehouse, under the key "settings"."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from decimal import Decimal

import msgspec

from ...contracts.identifiers import WarehouseId
from ...contracts.objects import Carrier, MilestoneCode, ServiceLevel
from ..transaction import Transaction

KEY = "settings"


class JourneyStep(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """A step on a parcel's way, so many business hours after it was shipped."""

    code: MilestoneCode
    after_h: float
    location: str | None = None
    remark: str | None = None


JOURNEY = (
    JourneyStep(code=MilestoneCode.LABEL_CREATED, after_h=0),
    JourneyStep(code=MilestoneCode.PICKED_UP, after_h=2),
    JourneyStep(code=MilestoneCode.IN_TRANSIT, after_h=8),
    JourneyStep(code=MilestoneCode.OUT_FOR_DELIVERY, after_h=32),
    JourneyStep(code=MilestoneCode.DELIVERED, after_h=40),
)

CARRIERS = {
    ServiceLevel.STANDARD: Carrier(scac="UPSN", name="UPS", service="GROUND"),
    ServiceLevel.EXPRESS: Carrier(scac="FDEG", name="FedEx", service="EXPRESS"),
}


class WarehouseSettings(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """Durations are in business hours (`_h`).

    `daily_capacity` is how many requests may be open (accepted, not yet shipped whole, closed or cancelled) at a
    time. Without `dedupes_fulfilment_ids` a fulfilment that is sent twice is shipped twice. `units_per_package` is
    what fits into one package, in units of the request; `weight_per_unit_kg` and `weight_of_package_kg` make its
    gross weight where the item's own weight is not known. `gs1_company_prefix` begins the SSCCs. `snapshot_every_h` is
    how long after a full count the next is taken by itself; 0 for never.
    """

    warehouse_id: WarehouseId
    accept_to_pick_h: float = 1
    pick_h: float = 1
    pack_h: float = 0.5
    ship_h: float = 0.5
    between_shipments_h: float = 4
    journey: tuple[JourneyStep, ...] = JOURNEY
    carriers: dict[ServiceLevel, Carrier] = msgspec.field(default_factory=lambda: dict(CARRIERS))
    daily_capacity: int = 10_000
    dedupes_fulfilment_ids: bool = True
    units_per_package: int = 20
    weight_per_unit_kg: Decimal = Decimal("0.4")
    weight_of_package_kg: Decimal = Decimal("0.25")
    gs1_company_prefix: str = "9521000"
    snapshot_every_h: float = 0


def initial(party_name: str, warehouses: Sequence[str]) -> Mapping[str, msgspec.Struct]:
    """What a new warehouse begins with. `east` keeps no check of fulfilment ids (docs/explanation/order-to-cash.md).

    The company prefix begins with 952, which GS1 keeps for demonstrations, and differs between warehouses, so that
    no two packages of a world have the same SSCC.
    """
    prefix = f"952{zlib.crc32(party_name.encode()) % 10_000:04d}"
    return {
        KEY: WarehouseSettings(
            warehouse_id=WarehouseId(party_name),
            dedupes_fulfilment_ids=party_name != "east",
            gs1_company_prefix=prefix,
        )
    }


def of(tx: Transaction) -> WarehouseSettings:
    return tx.get(WarehouseSettings, KEY)
