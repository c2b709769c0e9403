"""D1: no secret is let slip."""

from __future__ import annotations

from ..conduct import Conduct, Leak
from ..invariant import Invariant, Outcome, Terms, invariant
from ..trail import OrderTrail


@invariant
class NoSecrets(Invariant):
    """D1 — no client secret, token, webhook secret or password stands in what the layer sends (bodies, paths, ids, the
    words of a case) or in what it logs; and no personal data of a ship-to in its log, where target.yaml says
    `logs: no-personal-data`.

    The log is read of a target that Crossdock starts. Findings show the place and the words around it, never the
    secret. Example: an error message quotes the request that failed, with its Authorization header, and goes into a
    case.
    """

    id = "D1"
    title = "No secret is let slip"
    clause = "order-to-cash, Conventions (credentials); target.yaml, policies.logs"
    waits = False

    def order(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        self._judge(trail, trail.conduct, outcome)

    def conduct(self, conduct: Conduct, terms: Terms, outcome: Outcome) -> None:
        self._judge(None, conduct, outcome)

    def _judge(self, trail: OrderTrail | None, conduct: Conduct, outcome: Outcome) -> None:
        outcome.judged(conduct.searched)
        told: set[tuple[str, str]] = set()
        for leak in conduct.leaks:
            if (leak.what, leak.place) not in told:
                told.add((leak.what, leak.place))
                self._leaked(trail, outcome, leak)

    def _leaked(self, trail: OrderTrail | None, outcome: Outcome, leak: Leak) -> None:
        outcome.violated(
            self.finding(
                trail,
                f"{leak.what}/{leak.place}",
                f"the {leak.what} stands in {leak.place}",
                expected="nothing that gives it away",
                actual=leak.excerpt,
                because=[
                    f"The {leak.what} is known to the layer and to nobody else but that party.",
                    f"It stands in {leak.place}: “{leak.excerpt}”: D1 is broken.",
                ],
                evidence=[leak.exchange or None],
                consequence="whoever may read that can act in the layer's name, or knows where a customer lives",
            )
        )
