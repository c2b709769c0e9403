"""X12's codes for the words of the canonical model. Each table is one to one, so that nothing is lost on the way."""

from __future__ import annotations

from ....contracts.objects import AdjustmentReason, Condition, LineStatus, MilestoneCode, StockPart

# Element 368: what became of a line.
LINE_STATUS = {
    LineStatus.COMPLETE: "CC",
    LineStatus.OVER: "CM",
    LineStatus.SHORT_CLOSED: "CP",
    LineStatus.PARTIAL: "PR",
}
IN_ANOTHER_PACKAGE = "SS"  # a part of a line whose end, and status, stands in a later package
# Elements 1650 and 1651: lost has no code of its own, it is a delay because the goods cannot be found.
MILESTONE = {
    MilestoneCode.LABEL_CREATED: ("XB", "NS"),
    MilestoneCode.PICKED_UP: ("AF", "NS"),
    MilestoneCode.IN_TRANSIT: ("X6", "NS"),
    MilestoneCode.OUT_FOR_DELIVERY: ("AJ", "NS"),
    MilestoneCode.DELIVERED: ("D1", "NS"),
    MilestoneCode.ATTEMPTED: ("AH", "NS"),
    MilestoneCode.EXCEPTION: ("SD", "BG"),
    MilestoneCode.RETURNING: ("AP", "NS"),
    MilestoneCode.RETURNED: ("A3", "NS"),
    MilestoneCode.LOST: ("SD", "A5"),
}
# Element 412: how returned goods look.
CONDITION = {
    Condition.GOOD: "07",
    Condition.DAMAGED: "01",
    Condition.DEFECTIVE: "04",
    Condition.WRONG_ITEM: "05",
}
# Element 181: why a count was corrected; element 529: which part of the stock.
ADJUSTMENT_REASON = {
    AdjustmentReason.COUNT: "AA",
    AdjustmentReason.DAMAGED: "AU",
    AdjustmentReason.LOST: "06",
    AdjustmentReason.FOUND: "51",
    AdjustmentReason.DESTROYED: "07",
    AdjustmentReason.HOLD_ON: "05",
    AdjustmentReason.HOLD_OFF: "55",
    AdjustmentReason.OTHER: "AH",
}
STOCK_PART = {StockPart.AVAILABLE: "SA", StockPart.ON_HOLD: "QU", StockPart.DAMAGED: "DM"}
# Element 673: the parts of a position in a snapshot.
ON_HAND, AVAILABLE, ALLOCATED, ON_HOLD, DAMAGED = "17", "33", "27", "QH", "74"
SHORT_STATES = frozenset({"US", "CA"})  # elsewhere element 156 has no codes: N405 and N406 take the region
