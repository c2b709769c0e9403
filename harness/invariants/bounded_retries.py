"""R2: what fails is tried again in measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import msgspec

from ...contracts.result import Finding
from ...simulators.journal import Entry
from .. import entry_detail
from ..invariant import Invariant, Outcome, Terms, invariant
from ..promises import CircuitBreaker, Retries
from ..trail import OrderTrail
from ..wave import BROKEN, Failure, Wave

AGAIN = BROKEN | {"429"}
ANSWERS = frozenset({"ok", "fail", "info"})
# A clock that is read twice, and a wait that is rounded to milliseconds, must not make a finding.
EARLY_S, EARLY_SHARE = 0.05, 0.02
UNDER_WAY_S = 0.1  # what was sent before the layer had the last answer
PROBE_SHARE = 0.9
SHOWN = 6


@dataclass(frozen=True, slots=True)
class Try:
    """One sending of a request. `failed`: to be tried again, as far as the layer can tell; `asked_wait_s` is the
    Retry-After that it was told, 0 without.
    """

    exchange: int
    asked_s: float
    answered_s: float
    failed: bool
    asked_wait_s: float


@invariant
class BoundedRetries(Invariant):
    """R2 — one and the same request, sent again because it failed, is sent no sooner than Retry-After asked for, no
    more often in any second than `policies.retries.per_second` (10 where nothing is said), and in all no more often
    than `policies.retries.at_most`, where that is promised. A layer that claims a circuit breaker
    (`policies.circuit_breaker`) stops calling a party after so many failures in a row, but for one probe at a time.

    The same is what asks the same of the same party about the same order, under whatever Idempotency-Key. Example: the
    ERP asks for patience, the layer tries again a hundred times a second, and the ERP does not get up again.
    """

    id = "R2"
    title = "What fails is tried again in measure"
    clause = "order-to-cash, Conventions (Retry-After); RFC 9110, 10.2.3; target.yaml, policies"
    waits = False

    def order(self, trail: OrderTrail, terms: Terms, outcome: Outcome) -> None:
        for (party, name), tries in _requests(trail):
            outcome.judged(sum(1 for each in tries if each.failed))
            about = f"{name} at {party}"
            early = [pair for pair in pairwise(tries) if _early(*pair)]
            if early:
                outcome.violated(self._too_early(trail, about, *early[0], len(early)))
            crowd = _crowd(tries, terms.retries.per_second)
            if crowd:
                outcome.violated(self._storm(trail, about, crowd, terms.retries))
            if terms.retries.at_most and len(tries) > terms.retries.at_most:
                outcome.violated(self._too_often(trail, about, tries, terms.retries))

    def wave(self, wave: Wave, terms: Terms, outcome: Outcome) -> None:
        breaker = terms.circuit_breaker
        if breaker is None:
            return
        for party, streak in wave.failing():
            if len(streak) < breaker.opens_after:
                continue
            outcome.judged()
            early = _unasked_for(streak, breaker)
            if early:
                outcome.violated(self._not_open(party, streak, early, breaker))

    def _too_early(self, trail: OrderTrail, about: str, before: Try, after: Try, times: int) -> Finding:
        waited_s = after.asked_s - before.answered_s
        return self.finding(
            trail,
            f"retry-after/{about.replace(' ', '-')}",
            f"{about} was tried again after {waited_s:.2f} s, and Retry-After had asked for {before.asked_wait_s:g}",
            expected=f"no sooner than {before.asked_wait_s:g} s after the answer",
            actual=f"{waited_s:.2f} s" + (f", and so {times} times" if times > 1 else ""),
            because=[
                f"{about} was answered with Retry-After: {before.asked_wait_s:g} in exchange {before.exchange}.",
                f"The same was asked again {waited_s:.2f} s later, in exchange {after.exchange}: R2 is broken.",
            ],
            evidence=[before.exchange, after.exchange],
            consequence=(
                f"a party that asks for {before.asked_wait_s:g} s gets {waited_s:.2f} s, and asks for"
                " more or turns the layer away"
            ),
        )

    def _storm(self, trail: OrderTrail, about: str, crowd: Sequence[Try], retries: Retries) -> Finding:
        took_s = crowd[-1].asked_s - crowd[0].asked_s
        return self.finding(
            trail,
            f"storm/{about.replace(' ', '-')}",
            f"{about} was tried {len(crowd)} times within {took_s:.2f} s",
            expected=f"at most {retries.per_second} times in a second",
            actual=f"{len(crowd)} times in {took_s:.2f} s",
            because=[
                f"{about} failed in exchange {crowd[0].exchange}.",
                f"It was asked {len(crowd) - 1} times more within {took_s:.2f} s, up to exchange {crowd[-1].exchange}.",
                f"{retries.per_second} times in a second are in measure: R2 is broken.",
            ],
            evidence=[each.exchange for each in crowd[:SHOWN]],
            consequence=f"a party that is in trouble gets {len(crowd)} calls within {took_s:.2f} s for one order alone:"
            " it is kept down by those who need it",
        )

    def _too_often(self, trail: OrderTrail, about: str, tries: Sequence[Try], retries: Retries) -> Finding:
        return self.finding(
            trail,
            f"at-most/{about.replace(' ', '-')}",
            f"{about} was tried {len(tries)} times",
            expected=f"at most {retries.at_most} times",
            actual=f"{len(tries)} times",
            because=[
                f"{about} failed in exchange {tries[0].exchange}, and was tried up to exchange {tries[-1].exchange}.",
                f"The target promises to try {retries.at_most} times at most: R2 is broken.",
            ],
            evidence=[each.exchange for each in (*tries[: SHOWN - 1], tries[-1])],
            consequence=(
                f"what did not succeed {retries.at_most} times is tried on, {len(tries)} times so far,"
                " and nobody is told"
            ),
        )

    def _not_open(
        self, party: str, streak: Sequence[Failure], early: Sequence[Failure], breaker: CircuitBreaker
    ) -> Finding:
        opened = streak[breaker.opens_after - 1]
        failed = f"exchanges {streak[0].exchange} to {opened.exchange}"
        return self.finding(
            None,
            f"breaker/{party}",
            f"{party} was called {len(early)} times more than a circuit breaker lets through",
            expected=f"after {breaker.opens_after} failures one request at a time, {breaker.probe_after_s:g} s apart",
            actual=f"{len(streak) - breaker.opens_after} requests after that, {len(early)} of them sooner",
            because=[
                f"{breaker.opens_after} calls in a row had failed at {party} by {opened.answered_s:.2f} s ({failed}).",
                f"{len(early)} later ones were sent sooner than {breaker.probe_after_s:g} s after the failure before.",
                "The target claims a circuit breaker that would have kept them back: R2 is broken.",
            ],
            evidence=[opened.exchange, *(each.exchange for each in early[:SHOWN])],
            consequence=(
                f"{party}, which is down, gets {len(early)} calls more than it could do with: those"
                " who need it keep it down"
            ),
        )


def _requests(trail: OrderTrail) -> Iterator[tuple[tuple[str, str], list[Try]]]:
    """(party, operation) and the tries of each request that was sent again after a failure, up to the first that went
    well: what came after that is another request.
    """
    if not trail.troubles:
        return
    asked = {entry.seq: entry for entry in trail.entries if entry.kind == "invoke" and entry.channel == "http"}
    answered = {entry.exchange: entry for entry in trail.entries if entry.exchange in asked and entry.kind in ANSWERS}
    failed = {_place(asked[exchange]) for exchange, answer in answered.items() if _failed(answer)}
    tries: dict[tuple[str, str, str, bytes], list[Try]] = {}
    for exchange, request in asked.items():
        place = _place(request)
        if place in failed and exchange in answered:
            made = _try(request, answered[exchange])
            tries.setdefault((*place, _body(request)), []).append(made)
    for (party, name, _, _), each in tries.items():
        first = next((number for number, made in enumerate(each) if made.failed), len(each))
        same = _until_success(each[first:])
        if len(same) > 1:
            yield (party, name), same


def _place(request: Entry) -> tuple[str, str, str]:
    return request.party, request.name, entry_detail.text(request, "path")


def _until_success(tries: Sequence[Try]) -> list[Try]:
    """The tries up to the first that went well; each failed one in it was followed by another."""
    ended = next((place for place, each in enumerate(tries) if not each.failed), len(tries) - 1)
    return list(tries[: ended + 1])


def _failed(answer: Entry) -> bool:
    return answer.kind == "info" or (answer.kind == "fail" and entry_detail.text(answer, "status") in AGAIN)


def _try(request: Entry, answer: Entry) -> Try:
    told = "" if entry_detail.member(answer, "callerLeft") else entry_detail.text(answer, "retryAfter")
    wait_s = float(told) if told.isdigit() else 0.0
    return Try(request.seq, request.wire_s, answer.wire_s, _failed(answer), wait_s)


def _body(request: Entry) -> bytes:
    return msgspec.json.encode(entry_detail.member(request, "body"))


def _early(before: Try, after: Try) -> bool:
    wait_s = before.asked_wait_s * (1 - EARLY_SHARE) - EARLY_S
    return before.failed and wait_s > 0 and after.asked_s < before.answered_s + wait_s


def _crowd(tries: Sequence[Try], per_second: int) -> Sequence[Try]:
    """More tries than are allowed in a second, the fullest second of all; nothing when there is none."""
    fullest: Sequence[Try] = ()
    first = 0
    for last, each in enumerate(tries):
        while each.asked_s - tries[first].asked_s >= 1.0:
            first += 1
        if last - first + 1 > max(per_second, len(fullest)):
            fullest = tries[first : last + 1]
    return fullest


def _unasked_for(streak: Sequence[Failure], breaker: CircuitBreaker) -> list[Failure]:
    """The calls that a breaker of this kind would have kept back."""
    ended_s = streak[breaker.opens_after - 1].answered_s
    early: list[Failure] = []
    later = [each for each in streak if each.asked_s > ended_s + UNDER_WAY_S]
    for each in sorted(later, key=lambda failure: failure.asked_s):
        if each.asked_s - ended_s < breaker.probe_after_s * PROBE_SHARE:
            early.append(each)
        ended_s = max(ended_s, each.answered_s)
    return early
