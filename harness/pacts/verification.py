"""Pacts verified: against the simulators, or a real provider."""

from __future__ import annotations

import asyncio
import difflib
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

from ...contracts.documents import path_of
from ...contracts.pact_result import Outcome, VerifiedInteraction, VerifiedPact
from ...simulators.channels.http.listener import Listener
from ...simulators.world import PARTIES, WAREHOUSE
from .pact_file import Interaction, Pact
from .provider_state import StateProblem, find
from .stage import Stage
from .verifier import ProviderAccess, VerifierFinding, verify

T = TypeVar("T")


class CannotVerify(Exception):
    """Something is to be put right before anything can be verified; `problems` are sentences."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class VerifyOrder:
    """`played` is provider → the simulator that plays it, where the name alone doesn't say; `provider` is a real one
    that is asked instead. `shown` makes of a document's name what people read.
    """

    pacts: Sequence[Pact]
    played: Mapping[str, str] = field(default_factory=dict)
    provider: ProviderAccess | None = None
    shown: Callable[[str], str] = str


async def verified(order: VerifyOrder) -> list[VerifiedPact]:
    """Raises: CannotVerify when a provider or a state is unknown: nothing has been asked then; NoVerifier."""
    if order.provider is not None:
        return [await _against(order.provider, pact, order) for pact in order.pacts]
    if problems := list(_problems(order)):
        raise CannotVerify(problems)
    return [await _simulated(pact, order) for pact in order.pacts]


def simulator_of(provider: str, played: Mapping[str, str]) -> str:
    """The party that plays a provider. Raises: LookupError, naming the nearest."""
    name = played.get(provider, provider)
    if name in PARTIES:
        return name
    if name == WAREHOUSE:
        return next(party for party, kind in PARTIES.items() if kind == WAREHOUSE)
    near = difflib.get_close_matches(name, PARTIES, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(PARTIES)}"
    raise LookupError(f"there is no simulator {name!r}: {hint} (--as '{provider}=erp' says who plays {provider!r})")


def _problems(order: VerifyOrder) -> Iterator[str]:
    for pact in order.pacts:
        file = order.shown(pact.document)
        try:
            simulator_of(pact.provider, order.played)
        except LookupError as error:
            yield f"{file}: {error}"
        for interaction in pact.interactions:
            for state in interaction.states:
                try:
                    find(state)
                except StateProblem as error:
                    yield f"{file}: {interaction.description!r} ({interaction.place}): {error}"


async def _simulated(pact: Pact, order: VerifyOrder) -> VerifiedPact:
    party = simulator_of(pact.provider, order.played)
    stage = Stage(party, pact.interactions)
    listener = Listener(stage)
    await listener.open()
    try:
        loop = asyncio.get_running_loop()

        def on_loop(call: Callable[..., T]) -> Callable[..., T]:
            """The verifier calls from threads of its own; worlds belong to the loop."""

            def called(*arguments: Any) -> T:
                future: Future[T] = Future()

                def now() -> None:
                    try:
                        future.set_result(call(*arguments))
                    except Exception as error:
                        future.set_exception(error)

                loop.call_soon_threadsafe(now)
                return future.result()

            return called

        access = ProviderAccess(listener.url, on_loop(stage.state), on_loop(stage.message))
        findings = await asyncio.to_thread(verify, path_of(pact.document), pact.provider, access)
    finally:
        await listener.close()
    return _told(pact, party, findings, order, stage.problems)


async def _against(provider: ProviderAccess, pact: Pact, order: VerifyOrder) -> VerifiedPact:
    findings = await asyncio.to_thread(verify, path_of(pact.document), pact.provider, provider)
    return _told(pact, provider.url, findings, order, lambda _index: [])


def _told(
    pact: Pact,
    played_by: str,
    findings: Sequence[VerifierFinding],
    order: VerifyOrder,
    problems: Callable[[int], list[str]],
) -> VerifiedPact:
    """Every interaction, whether or not the verifier has said something of it: silence is no pass."""
    unheard = VerifierFinding("", False, error="the verifier has said nothing of it")
    padded = [*findings, *[unheard] * (len(pact.interactions) - len(findings))]
    return VerifiedPact(
        file=order.shown(pact.document),
        sha256=hashlib.sha256(path_of(pact.document).read_bytes()).hexdigest(),
        consumer=pact.consumer,
        provider=pact.provider,
        played_by=played_by,
        interactions=tuple(
            _interaction(interaction, finding, problems(index))
            for index, (interaction, finding) in enumerate(zip(pact.interactions, padded, strict=True))
        ),
    )


def _interaction(interaction: Interaction, finding: VerifierFinding, problems: list[str]) -> VerifiedInteraction:
    problem = "; ".join(problems) or finding.error
    ours = problem.startswith("a fault of the simulators") or (bool(finding.error) and not problems)
    outcome: Outcome = "PASS" if finding.passed else "FAIL"
    if problem:
        outcome = "HARNESS_ERROR" if ours else "CONFIG_ERROR"
    return VerifiedInteraction(
        description=interaction.description,
        kind=interaction.kind,
        pointer=interaction.place,
        states=tuple(state.name for state in interaction.states),
        outcome=outcome,
        mismatches=() if problem else finding.mismatches,
        problem=problem,
    )
