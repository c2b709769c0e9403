"""Provider states: what a pact says in words must be so before, and the small function that brings it about.

A state is one function in states/. Its phrases have parameters in braces: `an order {orderId} exists`. A pact gives
them in the words, or as `params` beside them; what it gives in neither has the usual value of the function. Another
package adds its own by an entry point of the group `crossdock.provider_states`.
"""

from __future__ import annotations

import difflib
import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from ...contracts.registry import Registry
from .ground import Ground
from .pact_file import GivenState

_PARAMETER = re.compile(r"\{([A-Za-z]+)\}")


class StateProblem(ValueError):
    """A state that nobody knows or that can't be brought about; says which, why, and what to write instead."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The parameters of a state, as the pact gives them."""

    state: str
    given: Mapping[str, Any]

    def text(self, name: str, usual: str) -> str:
        value = self.given.get(name, usual)
        if not isinstance(value, (str, int)) or isinstance(value, bool):
            raise StateProblem(f"{self.state!r}: {name} is {value!r}, but must be text, such as {usual!r}")
        return str(value)

    def number(self, name: str, usual: int, least: int = 0) -> int:
        value = self.given.get(name, usual)
        try:
            number = int(str(value))
        except ValueError:
            number = least - 1
        if number < least:
            raise StateProblem(f"{self.state!r}: {name} is {value!r}, but must be a whole number from {least}")
        return number

    def mapping(self, name: str) -> Mapping[str, Any]:
        value = self.given.get(name, {})
        if not isinstance(value, Mapping):
            raise StateProblem(f"{self.state!r}: {name} is {value!r}, but must be an object")
        return value

    def demanded(self, name: str) -> str:
        if name not in self.given:
            raise StateProblem(f"{self.state!r}: says no {name}: give it in the words, or as one of the `params`")
        return self.text(name, "")


BringAbout = Callable[[Ground, Wanted], None]
F = TypeVar("F", bound=BringAbout)


@dataclass(frozen=True, slots=True)
class ProviderState:
    """`phrases` are the ways to say it; the docstring of `bring_about` says what is so afterwards."""

    phrases: tuple[str, ...]
    bring_about: BringAbout

    @property
    def because(self) -> str:
        return inspect.getdoc(self.bring_about) or ""

    def match(self, words: str) -> Mapping[str, str] | None:
        """The parameters in the words; None when they are none of its phrases."""
        for phrase in self.phrases:
            if found := re.fullmatch(_pattern(phrase), words.strip(), re.IGNORECASE):
                return found.groupdict()
        return None


provider_states: Registry[ProviderState] = Registry("provider_state", f"{__package__}.states")
"""The states, by id."""


def provider_state(id: str, *phrases: str) -> Callable[[F], F]:
    """Decorator of a function `(ground, wanted) → None`. Raises: ValueError for a phrase that is taken."""

    def add(bring_about: F) -> F:
        state = ProviderState(phrases, bring_about)
        provider_states.register(id)(state)
        return bring_about

    return add


def find(given: GivenState) -> tuple[ProviderState, Wanted]:
    """The state that is meant. Raises: StateProblem, naming the nearest phrase."""
    for state in map(provider_states.__getitem__, provider_states):
        said = state.match(given.name)
        if said is not None:
            return state, Wanted(given.name, {**given.parameters, **said})
    raise StateProblem(_unknown(given.name))


def _unknown(name: str) -> str:
    phrases = [phrase for _, state in provider_states.items() for phrase in state.phrases]
    near = difflib.get_close_matches(name, phrases, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]!r}?" if near else "`crossdock list states` shows those that there are"
    return f"there is no provider state {name!r}: {hint}"


def _pattern(phrase: str) -> str:
    words = _PARAMETER.split(phrase)
    return "".join(rf"(?P<{part}>[^\s,]+)" if index % 2 else re.escape(part) for index, part in enumerate(words))
