"""Parcels on their way (contracts/warehouse/v1, getTracking): each goes its journey step by step, on business time."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from ...contracts.identifiers import CrmOrderId, FulfilmentId, ShipmentId, TrackingNumber
from ...contracts.objects import Carrier, Shipment, Timestamp, TrackingMilestone
from ..rules import Call
from ..transaction import Transaction
from .registry import rules
from .settings import JourneyStep

MILESTONE = "crossdock.tracking.milestone.v1"


class Tracking(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """A parcel and its way so far; milestones in the order in which they happened."""

    tracking_number: TrackingNumber
    shipment_id: ShipmentId
    fulfilment_id: FulfilmentId
    order_id: CrmOrderId
    carrier: Carrier
    milestones: tuple[TrackingMilestone, ...]


class Journey(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """Where a parcel will go: its steps, earliest first, counted from `shipped_at`. Nobody outside can see it."""

    tracking_number: TrackingNumber
    shipped_at: Timestamp
    steps: tuple[JourneyStep, ...]


@rules.operation("getTracking")
def get_tracking(tx: Transaction, call: Call[None]) -> Tracking:
    return tx.get(Tracking, call.params["trackingNumber"])


def begin_journey(
    tx: Transaction, shipment: Shipment, tracking_number: TrackingNumber, steps: tuple[JourneyStep, ...]
) -> None:
    """A parcel is handed to the carrier. Steps that are due at once are taken at once."""
    parcel = Tracking(
        tracking_number=tracking_number,
        shipment_id=shipment.shipment_id,
        fulfilment_id=shipment.fulfilment_id,
        order_id=shipment.order_id,
        carrier=shipment.carrier,
        milestones=(),
    )
    ordered = tuple(sorted(steps, key=lambda step: step.after_h))
    journey = Journey(tracking_number=tracking_number, shipped_at=tx.now, steps=ordered)
    tx.put(tracking_number, journey)
    _travel(tx, parcel, journey)


@rules.job("milestone")
def reach_milestone(tx: Transaction, tracking_number: str) -> None:
    _travel(tx, tx.get(Tracking, tracking_number), tx.get(Journey, tracking_number))


def _travel(tx: Transaction, parcel: Tracking, journey: Journey) -> None:
    """Take every step that is due by now, and set out for the next."""
    milestones = list(parcel.milestones)
    while len(milestones) < len(journey.steps):
        step = journey.steps[len(milestones)]
        due = journey.shipped_at + timedelta(hours=step.after_h)
        if due > tx.now:
            tx.later(due - tx.now, "milestone", parcel.tracking_number, order_id=parcel.order_id)
            break
        milestones.append(_milestone(parcel, step, due, len(milestones) + 1))
        tx.announce(MILESTONE, parcel.tracking_number, milestones[-1], order_id=parcel.order_id)
    tx.put(parcel.tracking_number, msgspec.structs.replace(parcel, milestones=tuple(milestones)))


def _milestone(parcel: Tracking, step: JourneyStep, occurred_at: Timestamp, sequence: int) -> TrackingMilestone:
    return TrackingMilestone(
        tracking_number=parcel.tracking_number,
        shipment_id=parcel.shipment_id,
        fulfilment_id=parcel.fulfilment_id,
        order_id=parcel.order_id,
        code=step.code,
        occurred_at=occurred_at,
        sequence=sequence,
        location=step.location,
        remark=step.remark,
    )
