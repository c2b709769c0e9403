"""A part of a document: what stands at a JSON Pointer, and the name of the document, because references start there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from .documents import load, pointer, resolve, wrong

Key: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """`value` is decoded JSON, shared with everybody: do not change it."""

    document: str
    pointer: str
    value: Any

    @classmethod
    def whole(cls, document: str) -> Part:
        """Raises: DocumentError when the document cannot be read."""
        return cls(document, "", load(document))

    @property
    def key(self) -> Key:
        """Tells it from every other part of any document."""
        return self.document, self.pointer

    def get(self, name: str, default: Any = None) -> Any:
        """The value of a member; the default where there is none, or this is no object."""
        return self.value.get(name, default) if isinstance(self.value, dict) else default

    def member(self, *tokens: str | int) -> Part:
        """What stands below; None as value where nothing does."""
        value = self.value
        for token in tokens:
            if isinstance(value, dict):
                value = value.get(token)
            elif isinstance(value, list) and isinstance(token, int) and token < len(value):
                value = value[token]
            else:
                value = None
        return Part(self.document, self.pointer + pointer(*tokens), value)

    def members(self) -> Iterator[tuple[str, Part]]:
        """Name (or place in a list) and part of everything directly below."""
        if isinstance(self.value, dict):
            for name, value in self.value.items():
                yield name, Part(self.document, f"{self.pointer}{pointer(name)}", value)
        elif isinstance(self.value, list):
            for index, value in enumerate(self.value):
                yield str(index), Part(self.document, f"{self.pointer}/{index}", value)

    def followed(self) -> Part:
        """What is meant where this is a reference, however many there are in a row; itself where it is none.

        Raises: DocumentError when a reference leads nowhere, or back to itself.
        """
        part, seen = self, {self.key}
        while isinstance(part.value, dict) and isinstance(reference := part.value.get("$ref"), str):
            part = Part(*resolve(reference, part.document))
            if part.key in seen:
                raise wrong(self.document, self.pointer, f"the reference {reference!r} leads back to itself")
            seen.add(part.key)
        return part
