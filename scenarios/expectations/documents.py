"""documents: how many of a kind there are about the order."""

from __future__ import annotations

from typing import Literal

from ..ending import Ending
from ..expectation import Expectation, Unmet, expectations


@expectations.register("documents")
class Documents(Expectation, kw_only=True, frozen=True):
    """In the end there are so many documents of a kind about the order: sales orders and invoices at the ERP, pick
    requests and shipments at the warehouses, credit memos at the ERP.
    """

    kind: Literal["sales-order", "request", "shipment", "invoice", "credit-memo"]
    count: int

    def described(self) -> str:
        return f"{self.order} has {self.count} × {self.kind}"

    def unmet(self, ending: Ending) -> Unmet | None:
        there = ending.documents[self.kind]
        if len(there) == self.count:
            return None
        named = ", ".join(fact.what for fact in there)
        actual = f"{len(there)} × {self.kind}" + (f": {named}" if named else "")
        return Unmet(f"{self.count} × {self.kind}", actual, tuple(fact.seq for fact in there) or (ending.placed,))
