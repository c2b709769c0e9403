"""Pacts: what a consumer hands over, so that a provider can be held to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..part import Part
from ..rule import Defect, Rule, Severity, defect, rule
from ..view import View

_HTTP = "Synchronous/HTTP"


@rule
class PactHolds(Rule):
    """A pact has at least one interaction. Verifying one without any passes, and says nothing."""

    id = "pact-holds"
    title = "A pact has interactions"
    kinds = ("pact",)

    def check(self, view: View) -> Iterator[Defect]:
        interactions = view.root.member("interactions")
        if not interactions.value:
            yield defect(
                interactions,
                "has no interaction, so every provider keeps it",
                expected="at least one interaction",
                do="record what the consumer needs",
            )


@rule
class PactDistinct(Rule):
    """No two interactions of a pact have the same description in the same provider states: one would hide the other."""

    id = "pact-distinct"
    title = "The interactions of a pact can be told apart"
    kinds = ("pact",)

    def check(self, view: View) -> Iterator[Defect]:
        taken: dict[str, str] = {}
        for _, each in view.root.member("interactions").members():
            same = json.dumps(
                [each.get("description"), each.get("providerStates") or [], each.get("key")], sort_keys=True
            )
            if same in taken:
                yield defect(
                    each,
                    f"{each.get('description')} in the same states stands at {taken[same]} already",
                    expected="each description once in a state",
                    do="describe what is different about it",
                )
            taken.setdefault(same, each.pointer)


@rule
class PactStates(Rule):
    """An interaction that names something in particular (an id in its path) says in which state the provider has it."""

    id = "pact-states"
    title = "An interaction says what must be there before"
    severity = Severity.WARNING
    kinds = ("pact",)

    def check(self, view: View) -> Iterator[Defect]:
        for _, each in view.root.member("interactions").members():
            path = str(each.member("request").get("path", ""))
            names_something = any(character.isdigit() for character in path.rpartition("/")[2])
            if each.get("type") == _HTTP and names_something and not each.get("providerStates"):
                yield defect(
                    each,
                    f"{each.get('description')} asks for {path} and does not say that it is there",
                    expected="providerStates",
                    do="name the state, such as `an order exists`, with its parameters",
                )


@rule
class PactLenient(Rule):
    """An answer with a body has matching rules: a consumer that demands the very values of an example holds the
    provider to what it does not need.
    """

    id = "pact-lenient"
    title = "An answer is matched by rules, not by its example"
    severity = Severity.WARNING
    kinds = ("pact",)

    def check(self, view: View) -> Iterator[Defect]:
        for _, each in view.root.member("interactions").members():
            for part in _told_to_consumer(each):
                body = part.get("body") or part.get("contents")
                if _is_compound(body) and not (part.get("matchingRules") or {}).get("body"):
                    yield defect(
                        part,
                        f"{each.get('description')} demands the very values of its example",
                        expected="matchingRules for the body",
                        do="match types, and values only where the consumer looks at them",
                    )


def _told_to_consumer(interaction: Part) -> Iterator[Part]:
    if interaction.get("type") == "Asynchronous/Messages":
        yield interaction
    elif isinstance(interaction.get("response"), list):
        yield from (part for _, part in interaction.member("response").members())
    else:
        yield interaction.member("response")


def _is_compound(body: Any) -> bool:
    return isinstance(body, dict) and isinstance(body.get("content"), (dict, list)) and bool(body["content"])


@rule
class PactMediaType(Rule):
    """Every body in a pact says its media type, by which a verifier knows whether to compare values or octets."""

    id = "pact-media-type"
    title = "Every body in a pact has a media type"
    kinds = ("pact",)

    def check(self, view: View) -> Iterator[Defect]:
        for _, each in view.root.member("interactions").members():
            answers = [*_told_to_consumer(each), each.member("request")]
            for part in answers:
                name = "body" if isinstance(part.get("body"), dict) else "contents"
                body = part.member(name)
                if (
                    isinstance(body.value, dict)
                    and body.value.get("content") is not None
                    and not body.get("contentType")
                ):
                    yield defect(
                        body,
                        f"a body of {each.get('description')} has no media type",
                        expected="contentType",
                        do="say it, such as application/json",
                    )
