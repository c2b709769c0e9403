"""A pact as a file has it, whatever version of the specification it keeps to (2, 3, 4).

Source: github.com/pact-foundation/pact-specification, versions 2 to 4.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ...contracts.documents import load, pointer, wrong

InteractionKind = Literal["http", "message", "request and reply"]
_KINDS: dict[str, InteractionKind] = {
    "Synchronous/HTTP": "http",
    "Asynchronous/Messages": "message",
    "Synchronous/Messages": "request and reply",
}


@dataclass(frozen=True, slots=True)
class GivenState:
    """What must be so at the provider before: in words, with parameters."""

    name: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Interaction:
    """`place` is where it stands in the file, as a JSON Pointer; `content` all that the file says of it."""

    description: str
    kind: InteractionKind
    states: tuple[GivenState, ...]
    place: str
    content: Mapping[str, Any] = field(repr=False)

    def expected_message(self) -> Any:
        """Of a message: what the consumer expects to hear, as the file has it."""
        contents = self.content.get("contents")
        if isinstance(contents, dict) and "content" in contents:  # version 4 wraps it
            return contents["content"]
        return contents


@dataclass(frozen=True, slots=True)
class Pact:
    """`document` is its name as `documents.load` takes it."""

    document: str
    consumer: str
    provider: str
    interactions: tuple[Interaction, ...]


def read(document: str) -> Pact:
    """Raises: DocumentError when it can't be read, is no pact, or expects nothing."""
    content = load(document)
    if not isinstance(content, dict) or not {"consumer", "provider"} <= content.keys():
        raise wrong(document, "", "expected a pact, with `consumer` and `provider` at its top")
    interactions = tuple(_interactions(document, content))
    if not interactions:
        raise wrong(document, "", "this pact has no interaction, so every provider would keep it")
    return Pact(document, _name(document, content, "consumer"), _name(document, content, "provider"), interactions)


def _name(document: str, content: Mapping[str, Any], role: str) -> str:
    named = content[role]
    if not isinstance(named, dict) or not isinstance(named.get("name"), str) or not named["name"]:
        raise wrong(document, pointer(role), f'expected the {role} as an object with its name: {{"name": "…"}}')
    name: str = named["name"]
    return name


def _interactions(document: str, content: Mapping[str, Any]) -> Iterator[Interaction]:
    for member in ("interactions", "messages"):  # version 3 has messages apart
        entries = content.get(member, [])
        if not isinstance(entries, list):
            raise wrong(document, pointer(member), "expected a list")
        for index, entry in enumerate(entries):
            place = pointer(member, index)
            if not isinstance(entry, dict) or not isinstance(entry.get("description"), str):
                raise wrong(document, place, "expected an interaction, with a description in words")
            usual = "Asynchronous/Messages" if member == "messages" else "Synchronous/HTTP"
            kind = _KINDS.get(entry.get("type", usual))
            if kind is None:
                raise wrong(document, place, f"{entry['type']!r} is no type of interaction: there are {list(_KINDS)}")
            yield Interaction(entry["description"], kind, tuple(_states(document, place, entry)), place, entry)


def _states(document: str, place: str, entry: Mapping[str, Any]) -> Iterator[GivenState]:
    if isinstance(single := entry.get("providerState"), str):  # version 2
        yield GivenState(single)
    for state in entry.get("providerStates") or ():
        if not isinstance(state, dict) or not isinstance(state.get("name"), str):
            raise wrong(document, place, "expected each of its providerStates to have a name")
        yield GivenState(state["name"], state.get("params") or {})


def is_pact(document: str) -> bool:
    """Whether a document looks like one. Raises: DocumentError when it can't be read."""
    content = load(document)
    return isinstance(content, dict) and {"consumer", "provider"} <= content.keys()
