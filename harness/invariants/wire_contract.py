"""K1: what goes over the wire keeps its contract."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ..conduct import Breach, Conduct, Owed
from ..invariant import Invariant, Outcome, Terms, invariant
from ..trail import OrderTrail

# AK901, what a 997 says of a group (X12 004010, element 715): accepted, accepted with errors.
ACCEPTED = frozenset({"A", "E"})
SHOWN = 5


@invariant
class WireContract(Invariant):
    """K1 — each request and each part of a file that the layer sends is one that its contract allows, and each
    functional group that it fetched is acknowledged by a 997 that accepts it.

    A request that was refused for its form is a breach even if the layer sends a right one later; the same wrong again
    is the same breach. What the business refuses is none. Example: the layer reads the shipments of an X12 warehouse
    and never sends a 997; the warehouse's people think that nothing arrived, and send all of it again.
    """

    id = "K1"
    title = "What goes over the wire keeps its contract"
    clause = "contracts/*/v1/openapi.yaml; warehouse files, the parts of a file and the 997; order-to-cash, Conventions"
    general_words = "what a partner makes of a message that breaks its contract is known to that partner alone"

    def order(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        self._judge(trail, trail.conduct, outcome)

    def conduct(self, conduct: Conduct, terms: Terms, outcome: Outcome) -> None:
        self._judge(None, conduct, outcome)

    def _judge(self, trail: OrderTrail | None, conduct: Conduct, outcome: Outcome) -> None:
        outcome.judged(conduct.requests)
        for key, breach in conduct.breaches.items():
            self._breached(trail, outcome, "/".join(key[:3]), breach)
        silent: defaultdict[str, list[Owed]] = defaultdict(list)
        for owed in conduct.owed:
            if owed.excused and not owed.answers:
                continue
            outcome.judged()
            if not owed.answers:
                silent[owed.fetched.party].append(owed)
            elif not any(code in ACCEPTED for _, code in owed.answers):
                self._refused(trail, outcome, owed)
        for groups in silent.values():
            self._unacknowledged(trail, outcome, groups)

    def _breached(self, trail: OrderTrail | None, outcome: Outcome, what: str, breach: Breach) -> None:
        places = ", ".join(filter(None, breach.pointers)) or "as a whole"
        times = f", {len(breach.exchanges)} times" if len(breach.exchanges) > 1 else ""
        sent = "a file" if breach.operation == "file" else breach.operation
        outcome.violated(
            self.finding(
                trail,
                f"{what}/{places}",
                f"{breach.party} can't take {sent}: {breach.detail or breach.code}",
                expected="what the contract allows",
                actual=f"{breach.code} at {places}{times}",
                because=[
                    f"The layer sent {sent} to {breach.party} (exchange {breach.exchanges[0]}{times}).",
                    f"{breach.party} says: {breach.detail or breach.code}.",
                    f"It is {breach.code} at {places}: K1 is broken.",
                ],
                evidence=breach.exchanges[:SHOWN],
                consequence="a partner that is less patient cuts the connection, and what was meant never arrives",
            )
        )

    def _unacknowledged(self, trail: OrderTrail | None, outcome: Outcome, groups: Sequence[Owed]) -> None:
        first = groups[0]
        party, several = first.fetched.party, len(groups) > 1
        numbers = ", ".join(f"{owed.functional_id} {owed.control_number}" for owed in groups[:SHOWN])
        more = f" and {len(groups) - SHOWN} more" if len(groups) > SHOWN else ""
        what = f"groups {numbers}{more}" if several else f"group {numbers}"
        outcome.lacking(
            self.finding(
                trail,
                f"{party}/997/{first.functional_id}/{first.control_number}",
                f"{what} of {party} {'were' if several else 'was'} fetched and never acknowledged",
                expected=f"a 997 for {'each of ' if several else ''}{what}",
                actual="none came",
                because=[
                    *(
                        f"The layer fetched {owed.fetched.what} of {party} whole (journal {owed.fetched.seq})."
                        for owed in groups[:SHOWN]
                    ),
                    f"By the deadline no 997 named {what}: K1 is broken.",
                ],
                evidence=[owed.fetched for owed in groups[:SHOWN]],
                consequence=f"{party} does not know that it arrived, sends it again, and then telephones",
            )
        )

    def _refused(self, trail: OrderTrail | None, outcome: Outcome, owed: Owed) -> None:
        group, party = f"group {owed.functional_id} {owed.control_number}", owed.fetched.party
        seq, code = owed.answers[-1]
        outcome.violated(
            self.finding(
                trail,
                f"{party}/997/{owed.functional_id}/{owed.control_number}",
                f"{group} of {party} was right, and the layer rejected it",
                expected="AK901 A or E",
                actual=f"AK901 {code}",
                because=[
                    f"The layer fetched {owed.fetched.what} of {party} as it was written (journal {owed.fetched.seq}).",
                    f"Its 997 says {code} of {group} (journal {seq}): K1 is broken.",
                ],
                evidence=[owed.fetched, seq],
                consequence=f"{party} looks for a mistake that is not there",
            )
        )
