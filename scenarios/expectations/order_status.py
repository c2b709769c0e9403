"""order-status: how a party sees the order in the end."""

from __future__ import annotations

from typing import Literal

from ..ending import Ending
from ..expectation import Expectation, Unmet, expectations


@expectations.register("order-status")
class OrderStatus(Expectation, kw_only=True, frozen=True):
    """In the end the order has this status in the CRM, or in the ERP (`at: erp`)."""

    status: str
    at: Literal["crm", "erp"] = "crm"

    def described(self) -> str:
        return f"{self.order} is {self.status} in the {self.at.upper()}"

    def unmet(self, ending: Ending) -> Unmet | None:
        known = ending.status.get(self.at)
        if known is not None and known.what == self.status:
            return None
        actual = known.what if known is not None else f"not known to the {self.at.upper()}"
        return Unmet(self.status, actual, (known.seq if known is not None else ending.placed,))
