"""D1: no secret is let slip."""

from __future__ import annotations

from ..conduct import Conduct, Leak, Unproven
from ..invariant import Invariant, Outcome, Terms, invariant
from ..trail import OrderTrail

_MOST_SHOWN = 5
_SHOWN = {
    "expired": "a certificate that has expired",
    "wrong-host": "a certificate for another host",
    "unknown-ca": "a certificate of an authority that nobody was told to trust",
    "host-key": "a host key that nobody has agreed upon",
}


@invariant
class NoSecrets(Invariant):
    """D1 — no client secret, token, webhook secret or password stands in what the layer sends (bodies, paths, ids, the
    words of a case) or in what it logs; and no personal data of a ship-to in its log, where target.yaml says
    `logs: no-personal-data`. And nothing is sent to a server whose certificate does not prove that it is the party: one
    that has expired, is for another host, or comes from an authority that nobody was told of.

    The log is read of a target that Crossdock starts. Findings show the place and the words around it, never the
    secret. Example: an error message quotes the request that failed, with its Authorization header, and goes into a
    case.
    """

    id = "D1"
    title = "No secret is let slip"
    clause = "order-to-cash, Conventions (credentials); target.yaml, policies.logs"
    general_words = "a secret is described no closer than by the place where it was found"
    waits = False

    def order(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        self._judge(trail, trail.conduct, outcome)

    def conduct(self, conduct: Conduct, terms: Terms, outcome: Outcome) -> None:
        self._judge(None, conduct, outcome)

    def _judge(self, trail: OrderTrail | None, conduct: Conduct, outcome: Outcome) -> None:
        outcome.judged(conduct.searched + conduct.refused_servers + len(conduct.unproven))
        told: set[tuple[str, str]] = set()
        for leak in conduct.leaks:
            if (leak.what, leak.place) not in told:
                told.add((leak.what, leak.place))
                self._leaked(trail, outcome, leak)

        for party, certificate in dict.fromkeys((each.party, each.certificate) for each in conduct.unproven):
            same = [each for each in conduct.unproven if (each.party, each.certificate) == (party, certificate)]
            self._trusted(trail, outcome, same)

    def _trusted(self, trail: OrderTrail | None, outcome: Outcome, same: list[Unproven]) -> None:
        first = same[0]
        outcome.violated(
            self.finding(
                trail,
                f"{first.party}/{first.certificate}",
                f"{first.used} was sent to a server that only says it is {first.party}",
                expected="the connection is broken off, and nothing is sent over it",
                actual=f"{len(same)} connections were used, the first for {first.used}",
                because=[
                    f"The server at the address of {first.party} showed {_SHOWN[first.certificate]}.",
                    f"The layer sent it {first.used}, with what it needs to be let in there: D1 is broken.",
                ],
                evidence=[each.seq for each in same[:_MOST_SHOWN]],
                consequence="whoever gets between the two has its tokens, and can answer in the party's name",
            )
        )

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
