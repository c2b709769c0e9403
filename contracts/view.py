"""A document as rules look at it: its parts by what they are, its examples, and the schemas ready to validate by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from functools import cached_property

from .bundling import Bundle
from .documents import DocumentError
from .kind import DocumentKind, Example
from .object_model import Node, Walk
from .part import Key, Part
from .shape import Misshapen, misshapen
from .validation import Validator
from .waiver import Waiver


class View:
    """One document. Everything is made when first asked for."""

    def __init__(
        self, document: str, kind: DocumentKind | None, today: date, elsewhere: Collection[str] = frozenset()
    ) -> None:
        """`kind` is None where none is known; `elsewhere` are documents that have a view of their own.

        Raises: DocumentError when the document cannot be read.
        """
        self.document = document
        self.kind = kind
        self.today = today
        self.unused_waivers: Sequence[Waiver] = ()
        self.root = Part.whole(document)
        self._elsewhere = frozenset(elsewhere) - {document}
        self._validators: dict[Key, Validator] = {}

    def all(self, kind: str) -> Sequence[Node]:
        """The objects of a kind, each once: of this document, and of those meant by it that have no view of their
        own.
        """
        return self._by_kind[kind]

    @cached_property
    def misshapen(self) -> Sequence[Misshapen]:
        """What the schema of its kind refuses of the document."""
        return misshapen(self.root.value, self.kind.meta) if self.kind else []

    @property
    def troubles(self) -> Sequence[DocumentError]:
        """The references that could not be followed on the way to the parts."""
        return self._walk.troubles

    @cached_property
    def references(self) -> Sequence[Part]:
        return list(self.kind.references(self)) if self.kind else []

    @cached_property
    def examples(self) -> Sequence[Example]:
        return list(self.kind.examples(self)) if self.kind else []

    def validator(self, schema: Part) -> Validator:
        """Of a schema anywhere. It compiles at its first use, and may raise DocumentError then."""
        if schema.key not in self._validators:
            # A schema may be just true or false, which a bundle knows only within another.
            written = schema.value if isinstance(schema.value, dict) else {"allOf": [schema.value]}
            self._validators[schema.key] = Validator(lambda: self._bundle.self_contained(written, schema.document))
        return self._validators[schema.key]

    def put_together(self, schema: Part) -> None:
        """Follow everything that a schema refers to. Raises: DocumentError where that cannot be done."""
        self._bundle.schema(schema.value, schema.document)

    def fits(self, examples: Sequence[Example]) -> bool:
        """Whether all of them are what their schemas say. Raises: as a validator does.

        All at once, because compiling a schema for each takes most of the time that a check has.
        """
        schemas = self._bundle.one_after_another((schema.value, schema.document) for _, schema in examples)
        return Validator(schemas).is_valid([part.value for part, _ in examples])

    @cached_property
    def _bundle(self) -> Bundle:
        return Bundle(self.document if isinstance(self.root.value, dict) and "openapi" in self.root.value else "")

    @cached_property
    def _walk(self) -> Walk:
        return Walk(self.root, self.kind.root, self.kind.model) if self.kind else Walk(self.root, "", {})

    @cached_property
    def _by_kind(self) -> dict[str, list[Node]]:
        found: dict[str, list[Node]] = defaultdict(list)
        for node in self._walk.nodes:
            if node.part.document not in self._elsewhere:
                found[node.kind].append(node)
        return found
