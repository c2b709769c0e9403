"""What a kind of contract document is: OpenAPI, AsyncAPI, JSON Schema, a pact …, and the registry of them.

A kind is one file in kinds/: how to recognise such a document, the schema that it must fit, and, where it has schemas
and examples inside, the model by which they are found. Another package adds its own by an entry point of the group
`crossdock.document_kinds`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from .documents import DocumentError, pointer
from .object_model import Model
from .part import Part
from .registry import Registry

if TYPE_CHECKING:
    from .view import View

JSON_SCHEMA_2020_12 = "https://json-schema.org/draft/2020-12/schema"


class Example(NamedTuple):
    """A value that stands in a document, and the schema that it must fit."""

    part: Part
    schema: Part


class DocumentKind:
    """Base of all kinds. `title` is what one such document is called in a sentence."""

    id: ClassVar[str]
    title: ClassVar[str]
    expected: ClassVar[str]
    """How one is recognised, in words: "`openapi: 3.1.x` at its top"."""
    meta: ClassVar[str]
    """The schema that such a document fits: a document's name, or JSON_SCHEMA_2020_12."""
    model: ClassVar[Model] = {}
    root: ClassVar[str] = "document"
    """The kind of object, in the model, that the whole document is."""

    def recognises(self, content: Any) -> bool:
        """Whether this is meant to be such a document, right or wrong."""
        raise NotImplementedError

    def examples(self, view: View) -> Iterator[Example]:
        """The values in the document that must fit a schema in it."""
        yield from ()

    def unusable(self, view: View) -> Iterator[DocumentError]:
        """What no schema sees of a document of the right shape, and what keeps it from being used."""
        yield from ()

    def references(self, view: View) -> Iterator[Part]:
        """The references in the document, each the part that says it."""
        for place, reference in _references(view.root.value, "", named=False):
            yield Part(view.document, place, reference)


# In a schema or anywhere else, values stand below these: a `$ref` in there is somebody's data.
_DATA = frozenset({"example", "examples", "const", "enum"})
# Below these, names stand: an `example` there is a field of that name.
_NAMES = frozenset({"properties", "patternProperties", "$defs", "definitions", "dependentSchemas"})


def _references(value: Any, place: str, named: bool) -> Iterator[tuple[str, str]]:
    """The pointers of all `$ref`, and what they say; plain values, because every document is walked to its leaves."""
    if isinstance(value, list):
        for index, below in enumerate(value):
            if isinstance(below, (dict, list)):
                yield from _references(below, f"{place}/{index}", named=False)
    elif isinstance(value, dict):
        for name, below in value.items():
            if isinstance(below, str):
                if name == "$ref" and not named:
                    yield f"{place}/$ref", below
            elif not isinstance(below, (dict, list)):
                continue
            elif named or name not in _DATA:
                names_follow = not named and name in _NAMES
                yield from _references(below, place + pointer(name), named=names_follow)
            elif isinstance(below, dict) and name == "examples":
                # In OpenAPI a map of objects that may be references themselves.
                for example, meant in below.items():
                    if isinstance(meant, dict) and meant.keys() == {"$ref"} and isinstance(meant["$ref"], str):
                        yield f"{place}{pointer(name, example)}/$ref", meant["$ref"]


kinds: Registry[type[DocumentKind]] = Registry("document_kind", f"{__package__}.kinds")


def document_kind(kind: type[DocumentKind]) -> type[DocumentKind]:
    """Class decorator: register under its own id."""
    return kinds.register(kind.id)(kind)


def kind_of(content: Any) -> DocumentKind | None:
    """The kind that a document is of; None when it is of none that we know.

    JSON Schema comes last: it is what an object may be that is nothing else.
    """
    found = [kind() for _, kind in kinds.items()]
    found.sort(key=lambda kind: kind.meta == JSON_SCHEMA_2020_12)
    return next((kind for kind in found if kind.recognises(content)), None)
