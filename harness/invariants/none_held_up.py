"""R3: what can't be processed holds up nothing else."""

from __future__ import annotations

from ..invariant import Invariant, Outcome, Terms, invariant
from ..lanes import Poison
from ..lost import Lost, waits_behind
from ..trail import OrderTrail
from .nothing_lost import NothingLost


@invariant
class NoneHeldUp(Invariant):
    """R3 — when a message, a document or an order can't be processed, because a party refused it for good or could not
    use it, the others go on: their effects come by their own deadline.

    An effect that is missing is held up when the same kind of call at the same party was refused for another order, and
    nothing got through since; E3 leaves it to this. Example: an import stops at the first order with a deleted item,
    tries it again every minute, and all orders behind it wait for ever.
    """

    id = "R3"
    title = "What can't be processed holds up nothing else"
    clause = "order-to-cash, steps 2 to 6; target.yaml, deadlines.settle_within_s"

    def order(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        outcome.judged(trail.past_poison)
        if trail.order is None or not trail.lanes.stuck:
            return
        for lost in NothingLost().untold(trail, terms, Outcome("E3")):
            poison = waits_behind(trail, lost)
            if poison is not None:
                outcome.judged()
                self._held_up(trail, outcome, lost, poison)

    def _held_up(self, trail: OrderTrail, outcome: Outcome, lost: Lost, poison: Poison) -> None:
        cause = lost.cause
        outcome.lacking(
            self.finding(
                trail,
                lost.key,
                f"{lost.missing}, since {poison.what} can't get through",
                expected="the effect, whatever becomes of the other order",
                actual=f"{lost.missing}, and no open case",
                because=[
                    f"{poison.what} was refused for good (exchange {poison.exchange}).",
                    f"{cause.party} made this one known at {cause.at:%Y-%m-%d %H:%M} (journal {cause.seq}).",
                    f"Nothing of that kind has got through since; by the deadline {lost.missing}: R3 is broken.",
                ],
                evidence=[poison.exchange, cause],
                consequence=f"one order that can't be processed holds up others: {lost.consequence}",
            )
        )
