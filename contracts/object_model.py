"""What a document of a kind is made of, as a table, and the walk that finds each thing in it once.

A model says of each kind of object which of its members hold which kinds of objects: `{"operation": {"responses":
mapped("response")}}`. The walk follows references, also into other documents, and remembers by which way it came.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from .documents import DocumentError, wrong
from .part import Key, Part

SCHEMA = "schema"
DEEPEST = 200
"""As many objects within each other, references followed, as anybody follows: every reader of a contract recurses."""
ITSELF = "*"
"""The name of the field that stands for all members of an object: a callback is a map of path items."""


class Field(NamedTuple):
    """One object, a list, or a map of objects of a kind."""

    shape: Literal["one", "list", "map"]
    kind: str


Model: TypeAlias = Mapping[str, Mapping[str, Field]]


def one(kind: str) -> Field:
    return Field("one", kind)


def listed(kind: str) -> Field:
    return Field("list", kind)


def mapped(kind: str) -> Field:
    return Field("map", kind)


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """One object of a document.

    `part` is the object itself, `written` where it is named (the reference to it, where there is one); it stands in
    `parent` under `field`, as `name` ("responses", "200"). Where many name the same object, it has the first as parent.
    """

    kind: str
    part: Part
    written: Part
    parent: Node | None
    field: str
    name: str

    def up(self, kind: str) -> Node | None:
        """The nearest object of a kind around this one."""
        node = self.parent
        while node is not None and node.kind != kind:
            node = node.parent
        return node


class Walk:
    """All objects below a root, in the order of the document; `troubles` are the references that lead nowhere."""

    def __init__(self, root: Part, kind: str, model: Model) -> None:
        self.nodes: list[Node] = []
        self.troubles: list[DocumentError] = []
        self._model = model
        self._seen: set[tuple[str, Key]] = set()
        self._depth = 0
        self._too_deep = False
        self._visit(kind, root, None, "", "")

    def _visit(self, kind: str, written: Part, parent: Node | None, field: str, name: str) -> None:
        part = written
        if kind != SCHEMA:  # a schema may say more beside its reference
            try:
                part = written.followed()
            except DocumentError as error:
                self.troubles.append(error)
                return
        if not isinstance(part.value, dict) or (kind, part.key) in self._seen:
            return
        self._seen.add((kind, part.key))
        node = Node(kind, part, written, parent, field, name)
        self.nodes.append(node)
        if self._depth == DEEPEST:
            if not self._too_deep:  # once is enough: below, everything is
                self.troubles.append(wrong(part.document, part.pointer, "its references nest too deep to be followed"))
            self._too_deep = True
            return
        self._depth += 1
        for member, below, below_field, below_name in self._below(node):
            self._visit(member, below, node, below_field, below_name)
        if kind == SCHEMA and isinstance(part.value.get("$ref"), str):
            self._meant(node)
        self._depth -= 1

    def _meant(self, node: Node) -> None:
        try:
            meant = Part(node.part.document, node.part.pointer, {"$ref": node.part.value["$ref"]}).followed()
        except DocumentError as error:
            self.troubles.append(error)
        else:
            self._visit(SCHEMA, meant, node, "$ref", "")

    def _below(self, node: Node) -> Iterator[tuple[str, Part, str, str]]:
        fields = self._model.get(node.kind, {})
        for name in node.part.value:
            field = fields.get(name) or fields.get(ITSELF)
            if field is None:
                continue
            below = node.part.member(name)
            if field.shape == "one" or name not in fields:
                yield field.kind, below, name if name in fields else ITSELF, "" if name in fields else name
            elif isinstance(below.value, dict if field.shape == "map" else list):
                yield from ((field.kind, part, name, token) for token, part in below.members())
