"""A simulator as a pact's provider: one address, behind which each interaction finds a world of its own.

The verifier says when an interaction begins (its first state is set up) and ends (torn down). Whatever goes wrong in
between is kept for the interaction, and never raised: the verifier would try a state that failed again for two minutes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from ...simulators.channels.http.app import PartyApp
from ...simulators.channels.http.exchange import Reply, Request
from ...simulators.refusal import Refusal
from .ground import TOKEN, Ground, ground
from .pact_file import GivenState, Interaction
from .provider_state import StateProblem, find
from .states.recorded import perform

EVENT_TYPE = "application/cloudevents+json"
_encode = msgspec.json.Encoder().encode


class Stage:
    """Serves the interactions of one pact, in their order (exchange.App). `provider` is the party that plays it."""

    def __init__(self, provider: str, interactions: Sequence[Interaction]) -> None:
        self._provider = provider
        self._interactions = interactions
        self._grounds: list[Ground] = []
        self._over = True
        self._app: PartyApp | None = None

    def problems(self, index: int) -> list[str]:
        """Why an interaction could not be verified, by its place; none when it could."""
        if index >= len(self._grounds):
            return ["the verifier never came to it"]
        ground = self._grounds[index]
        return [*ground.problems, *(f"a fault of the simulators: {error}" for error in ground.world.errors)]

    def state(self, name: str, action: str, parameters: Mapping[str, Any] | None) -> None:
        """What the verifier asks for: a state to be set up, or to be over. "" is the state of what has none."""
        if action == "teardown":
            self._over = True
            return
        if self._over:
            self._begin()
        if name:
            ground = self._grounds[-1]
            try:
                found, wanted = find(GivenState(name, parameters or {}))
                found.bring_about(ground, wanted)
            except StateProblem as error:
                ground.problems.append(str(error))
            except (Refusal, ValueError) as error:
                ground.problems.append(f"{name!r} can't be brought about: {error}")
            except Exception as error:  # raised, it would be tried again for two minutes
                ground.world.errors.append(f"{name!r}: {type(error).__name__}: {error}")

    def message(self, description: str, request: Mapping[str, Any] | None) -> tuple[bytes, str]:
        """What the provider says, and its media type: the newest event of the type that is expected, or the reply to
        a request. Nothing when it has nothing to say: the interaction then has a problem.
        """
        ground, interaction = self._grounds[-1], self._interactions[len(self._grounds) - 1]
        if interaction.kind == "request and reply":
            return self._reply(ground, description, request or {}), "application/json"
        expected = interaction.expected_message()
        wanted = expected.get("type") if isinstance(expected, dict) else None
        told = ground.party.feed.page(None, 1_000_000).items
        event = next((event for event in reversed(told) if event.type == (wanted or description)), None)
        if event is None:
            there = ", ".join(sorted({event.type for event in told})) or "none"
            ground.problems.append(
                f"{self._provider} told no event of the type {wanted or description!r} in this state; it told {there}"
            )
            return b"null", EVENT_TYPE
        return _encode(event), EVENT_TYPE

    def respond(self, request: Request) -> Reply:
        if self._over or self._app is None:
            self._begin()
        assert self._app is not None, "an interaction has begun"
        if self._grounds[-1].authorised:
            request.headers = {**request.headers, b"authorization": f"Bearer {TOKEN}".encode()}
        return self._app.respond(request)

    def not_http(self, client: str) -> bytes:
        return b"this is no HTTP request"

    def begin(self) -> None:
        """A verifier asks one thing at a time."""

    def end(self) -> None:
        """Likewise."""

    def _begin(self) -> None:
        self._over = False
        self._grounds.append(ground(self._provider, len(self._grounds)))
        self._app = PartyApp(self._grounds[-1].world, self._grounds[-1].party)

    def _reply(self, ground: Ground, description: str, request: Mapping[str, Any]) -> bytes:
        """An operation as a request with a reply: its name is the metadata `operation`, else the description."""
        metadata, contents = request.get("metadata") or {}, request.get("contents") or {}
        name = str(metadata.get("operation", description))
        if name not in ground.party.rules.operations:
            known = ", ".join(sorted(ground.party.rules.operations))
            ground.problems.append(f"{self._provider} has no operation {name!r}; it has {known}")
            return b"null"
        try:
            return _encode(perform(ground, name, contents.get("content") or None, metadata))
        except (Refusal, ValueError) as error:
            ground.problems.append(f"{self._provider} refused {name}: {error}")
            return b"null"
