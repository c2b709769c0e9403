"""What a rule of providers is: one thing that a live API must do, beyond the shape of its answers.

A rule is a small class in rules/, whose docstring says what it demands and why. It sees exchanges, one after the other;
one that `repeats` also calls the provider itself, so it is given the first few exchanges of each operation only.
Another package adds its own by an entry point of the group `crossdock.provider_rules`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Protocol

from ...contracts.openapi import Operation
from ...contracts.registry import Registry
from .exchange import Exchange, Reply, Sent


class Bench(Protocol):
    """What a rule may do besides looking."""

    @property
    def expired_token(self) -> str:
        """A token whose time is over; "" when the user gave none."""

    @property
    def foreign_token(self) -> str:
        """A token of another tenant; "" when the user gave none."""

    def lesser_token(self, operation: Operation) -> str:
        """A token of our own client that lacks what the operation needs; "" when there is none to be had."""

    def fresh_key(self) -> str:
        """An Idempotency-Key that was never used."""

    def send(self, sent: Sent, *, patient: bool = True) -> Reply:
        """Call the provider; who is `patient` waits when it is turned away for now (429, 503) and calls again.

        Raises: Unreachable when no answer comes, NotExercised when waiting did not help.
        """

    def methods(self, operation: Operation) -> frozenset[str]:
        """Those that the contract has at the operation's path."""

    def url(self, path: str) -> str:
        """The address of what an answer calls `path`."""

    def readable(self, exchange: Exchange) -> list[str]:
        """Paths of what its answer leads to and can be read, by the links of the contract and by Location."""

    def pause(self, seconds: float) -> None:
        """Wait as an answer asked for."""


class Unreachable(Exception):
    """The provider gave no answer: nothing can be said about it."""


class ProviderRule:
    """Base of all rules. `title` is the rule in a line, `clause` where it stands in a standard, `example` a way to
    break it; `once` is for what is to be tried only once in a run, `any_method` for what also looks at calls by methods
    that a path does not have.
    """

    id: ClassVar[str]
    title: ClassVar[str]
    clause: ClassVar[str]
    example: ClassVar[str] = ""
    repeats: ClassVar[bool] = False
    once: ClassVar[bool] = False
    any_method: ClassVar[bool] = False

    def concerns(self, exchange: Exchange) -> bool:
        """Whether the rule has something to say about it."""
        raise NotImplementedError

    def broken(self, exchange: Exchange, bench: Bench) -> Iterator[str]:
        """In sentences, everything in which the rule is broken.

        Raises: Unreachable, NotExercised when it turns out that nothing could be tried.
        """
        raise NotImplementedError


class NotExercised(Exception):
    """The rule could not be put to the test by this exchange."""


provider_rules: Registry[type[ProviderRule]] = Registry("provider_rule", f"{__package__}.rules")


def provider_rule(kind: type[ProviderRule]) -> type[ProviderRule]:
    """Class decorator: register under its own id."""
    return provider_rules.register(kind.id)(kind)
