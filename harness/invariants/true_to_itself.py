"""O1: what the layer says of itself is what was seen."""

from __future__ import annotations

from ...contracts.result import Finding
from ..invariant import Invariant, Outcome, Terms, invariant
from ..telemetry.spans_told import Contradiction
from ..telemetry.testimony import Comparison, Testimony


@invariant
class TrueToItself(Invariant):
    """O1 — what the layer's metrics count (`telemetry.metrics` in target.yaml) has grown, from the beginning of a wave
    of the run to its quiet end, by what the parties saw happen; and what the spans that it exports
    (`telemetry.traces`) say of its calls is how these ended.

    Judged as bounds: what the layer must have counted, and what it may have. A call whose answer was lost may be
    counted as a success, as a failure, or not at all; what a layer had counted before it was killed may be lost.
    Example: the layer counts an order as delivered before it looks at the answer; the dashboard is green, and the ERP
    has refused every third one.
    """

    id = "O1"
    title = "What the layer says of itself is what was seen"
    clause = "target.yaml, telemetry"
    waits = False

    def unclaimed(self, terms: Terms) -> str:
        offered = terms.telemetry.metrics.claims or terms.telemetry.traces
        return "" if offered else "target.yaml names no metrics and no traces of the layer"

    def testimony(self, testimony: Testimony, terms: Terms, outcome: Outcome) -> None:
        for each in testimony.comparisons:
            outcome.judged(int(each.is_judged))
            if each.contradicts:
                outcome.violated(self._otherwise(each))
            elif each.said is None and each.least and terms.telemetry.metrics.complete:
                outcome.violated(self._untold(each))
        spans, traces = testimony.spans, terms.telemetry.traces
        if spans is None or traces is None:
            return
        outcome.judged(spans.claims)
        for contradiction in spans.contradictions():
            outcome.violated(self._says_otherwise(contradiction))
        if traces.complete and spans.missing and not testimony.restarted:
            outcome.violated(self._without_span(spans.missing))

    def _otherwise(self, each: Comparison) -> Finding:
        said, told, seen = f"{each.said:g}", each.told, _seen(each)
        grown = f"{told.metric} {'stood at' if each.gauge else 'grew by'} {said}"
        since = "" if each.gauge else f" since exchange {each.scrapes[0]}"
        restarted = ["The layer was started again meanwhile: only what is too much counts."] if each.restarted else []
        return self.finding(
            None,
            f"{told.name}/{told.metric}",
            f"the layer counts {said} of {told.name}, and {seen} were seen",
            expected=seen,
            actual=said,
            because=[
                f"{told.metric} says of {told.name}: {each.title}.",
                f"{grown} (asked in exchange {each.scrapes[1]}{since}).",
                *restarted,
                f"The parties saw {seen}, with all that the layer could not know taken into account: O1 is broken.",
            ],
            evidence=[exchange for exchange in each.scrapes if exchange],
            consequence=f"whoever watches the layer goes by {said} of {told.name} where there were {seen}, and looks in"
            " the wrong place or not at all",
        )

    def _says_otherwise(self, each: Contradiction) -> Finding:
        times = f"{each.count} times" if each.count > 1 else "once"
        where = f"{each.operation} at {each.party}"
        looked = [f"{each.party} saw {each.seen} in exchange {number}." for number in each.exchanges]
        return self.finding(
            None,
            f"span/{each.party}/{each.operation}/{each.said}/{each.seen}",
            f"spans say {each.said} of {where}, and {each.seen} was seen",
            expected=each.seen,
            actual=each.said,
            because=[
                f"A client span of the layer says {each.said} of {where}, {times}.",
                *looked,
                f"What a span says of a call is not how the call ended ({each.seen}): O1 is broken.",
            ],
            evidence=each.exchanges,
            consequence=f"whoever looks into the traces for what went wrong with {where} reads {each.said}, {times}",
        )

    def _without_span(self, missing: int) -> Finding:
        return self.finding(
            None,
            "span/missing",
            f"{missing} calls that are marked as sampled have no span",
            expected="a span for each call whose traceparent says sampled",
            actual=f"none for {missing}",
            because=[
                f"{missing} calls came with the sampled flag in their traceparent.",
                "No span with their ids was exported within telemetry.traces.flush_within_s.",
                "The target promises that each is told (telemetry.traces.complete): O1 is broken.",
            ],
            evidence=[],
            consequence=f"whoever follows one of {missing} calls through the traces loses it",
        )

    def _untold(self, each: Comparison) -> Finding:
        told = each.told
        return self.finding(
            None,
            f"{told.name}/{told.metric}/untold",
            f"the layer says nothing of {told.name}, and {_seen(each)} were seen",
            expected=_seen(each),
            actual=f"no series matches {told.metric}",
            because=[
                f"{told.metric} is to say of {told.name}: {each.title}.",
                f"No series matches it (asked in exchange {each.scrapes[1]}); the parties saw {_seen(each)}.",
                "The target promises that each claim is told (telemetry.metrics.complete): O1 is broken.",
            ],
            evidence=[exchange for exchange in each.scrapes if exchange],
            consequence=f"whoever watches the layer sees nothing of {told.name}, of which there were {_seen(each)}",
        )


def _seen(each: Comparison) -> str:
    """The bounds in words."""
    least, most = each.least, each.most
    if most is None:
        return f"at least {least or 0:,}"
    if least is None:
        return f"at most {most:,}"
    return f"{most:,}" if least == most else f"{least:,} to {most:,}"
