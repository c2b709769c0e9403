"""How staff and carrier will treat a certain order's request: written before it comes, by whoever plays the world.

A warehouse decides nothing by chance. What deviates from "ships it whole, and it arrives" is said here, in advance.
"""

from __future__ import annotations

from decimal import Decimal

import msgspec

from ...contracts.identifiers import CrmOrderId
from ...contracts.objects import Carrier
from ..transaction import Transaction
from .settings import JourneyStep


class Handling(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """Its key is the CRM's order id for the first request of the order that this warehouse accepts, and
    `<order id>/<n>` for the n-th (a backorder, or a second copy of the first); without a record all goes well.

    `shipments`: line id → quantity, in the request's units, of each shipment; a line that is not named is not in it.
    The last one is final: what it leaves open is short-closed. Nothing: one shipment of all that is there. More than
    was requested ships more, as far as there is stock; stock that isn't there is never shipped.

    `journey`: the steps of every parcel of the request, instead of the warehouse's usual ones; `journeys` the same
    for single parcels, by their number within the request (from 1).

    `carrier`: who takes the parcels, instead of the warehouse's usual one for the service level.

    `refuse`: the problem code (contracts/http/v1/problems.yaml) that the order's requests are refused with.

    `hold_h`: business hours that the request lies before anybody begins to pick.
    """

    shipments: tuple[dict[str, Decimal], ...] = ()
    journey: tuple[JourneyStep, ...] | None = None
    carrier: Carrier | None = None
    journeys: dict[int, tuple[JourneyStep, ...]] = {}
    refuse: str = ""
    hold_h: float = 0


USUAL = Handling()


def of(tx: Transaction, order_id: CrmOrderId, request_number: int) -> Handling:
    """How the n-th request (from 1) of an order is to be handled."""
    key = order_id if request_number == 1 else f"{order_id}/{request_number}"
    return tx.find(Handling, key) or USUAL
