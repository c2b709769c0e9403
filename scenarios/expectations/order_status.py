"""order-status: how a party sees the order in the end."""

from __future__ import annotations

from typing import Literal

from ..ending import Ending, Fact
from ..expectation import Expectation, Unmet, expectations

ENDED_BADLY = frozenset({"rejected", "cancelled"})


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
        proof = known.seq if known is not None else ending.placed
        why = self._why(ending, actual)
        return Unmet(self.status, actual, (proof, why.seq) if why else (proof,), why.what if why else "")

    def _why(self, ending: Ending, actual: str) -> Fact | None:
        """In the party's own words, else in those of the ERP; an end without a word has the last refusal behind it."""
        said = [(party.upper(), ending.why[party]) for party in (self.at, "erp") if party in ending.why]
        if said:
            party, reason = said[0]
            return Fact(f"the {party} says: {reason.what}", reason.seq)
        return ending.refused if actual in ENDED_BADLY else None
