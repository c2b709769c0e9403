"""Goods that will come back (contracts/warehouse/v1, returns): announced under an RMA, once."""

from __future__ import annotations

from datetime import date

import msgspec

from ...contracts.identifiers import CrmOrderId, RmaId
from ...contracts.objects import (
    AnnouncedReturn,
    AnnouncedReturnLine,
    AnnouncedReturnStatus,
    Quantity,
    ReturnRequestLine,
)
from ..line_ids import refuse, repeated
from ..refusal import Refusal
from ..rules import Call
from ..transaction import Transaction
from . import settings
from .registry import rules
from .stock import refuse_foreign_lines


class ReturnAnnouncement(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True, gc=False):
    """What will come back, under the ERP's RMA."""

    rma_id: RmaId
    order_id: CrmOrderId
    expected_by: date | None = None
    lines: tuple[ReturnRequestLine, ...]


@rules.operation("createReturn")
def create_return(tx: Transaction, call: Call[ReturnAnnouncement]) -> AnnouncedReturn:
    """Raises: Refusal `already-exists`, `item-not-stocked`, `unknown-unit`; `invalid-request` for a lineId twice."""
    body = call.body
    if tx.find(AnnouncedReturn, body.rma_id) is not None:
        raise Refusal("already-exists", f"the return {body.rma_id} was announced before", existing=body.rma_id)
    refuse("invalid-request", repeated([line.line_id for line in body.lines]))
    refuse_foreign_lines(tx, body.lines)
    announced = AnnouncedReturn(
        rma_id=body.rma_id,
        warehouse_id=settings.of(tx).warehouse_id,
        order_id=body.order_id,
        expected_by=body.expected_by,
        lines=tuple(
            AnnouncedReturnLine(
                line_id=line.line_id,
                sku=line.sku,
                quantity=line.quantity,
                received_quantity=Quantity.zero(line.quantity.uom),
            )
            for line in body.lines
        ),
        status=AnnouncedReturnStatus.ANNOUNCED,
        receipt_ids=(),
        version=1,
        created_at=tx.now,
        updated_at=tx.now,
    )
    tx.put(announced.rma_id, announced)
    return announced


@rules.operation("getReturn")
def get_return(tx: Transaction, call: Call[None]) -> AnnouncedReturn:
    return tx.get(AnnouncedReturn, call.params["rmaId"])
