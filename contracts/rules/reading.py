"""A document can be read, is a contract, and has the shape that its standard demands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..documents import octets_of
from ..kind import kinds
from ..rule import Defect, Rule, Stage, defect, rule
from ..view import View


@rule
class DocumentReadable(Rule):
    """A document is UTF-8, and JSON (RFC 8259) or YAML 1.2 that is also JSON: text as keys, each key once, no tags, no
    merge keys, one document in a file, no deeper than 128 levels, no larger than 32 MB.

    Two readers of one document must see the same. A key that stands twice is read as the first by one and as the last
    by another; `NO` without quotes is text in YAML 1.2 and false in 1.1.
    """

    id = "document-readable"
    title = "A document can be read, by every reader alike"
    stage = Stage.READ

    def check(self, view: View) -> Iterator[Defect]:
        """JSON keys that stand twice; all else is told by the reader, which then has nothing to show to a rule."""
        if not view.document.endswith(".json"):
            return
        twice: list[str] = []

        def pairs(members: list[tuple[str, Any]]) -> dict[str, Any]:
            names = [name for name, _ in members]
            twice.extend(name for name in dict.fromkeys(names) if names.count(name) > 1)
            return dict(members)

        json.loads(octets_of(view.document), object_pairs_hook=pairs)
        for name in twice:
            yield defect(
                view.root,
                f"the key {name} stands twice in the same object",
                expected="each key once, because readers differ in which of the two they keep",
                do="remove one of them",
            )


@rule
class DocumentKnown(Rule):
    """A document is a contract of a kind that Crossdock knows, and says so at its top: `openapi: 3.1.0`, `asyncapi:
    3.0.0`, `$schema` of JSON Schema 2020-12, a pact's `consumer` and `provider`.

    A file in a folder that is no contract is passed over, and told as a note; one that was named is an error.
    """

    id = "document-known"
    title = "A document is a contract of a known kind"
    stage = Stage.READ

    def check(self, view: View) -> Iterator[Defect]:
        if view.kind is None:
            wanted = ", ".join(kind.title for _, kind in kinds.items())
            yield defect(
                view.root,
                "is no contract of a known kind",
                expected=f"one of {wanted}",
                do="say at its top what it is, for example `openapi: 3.1.0`",
            )


@rule
class DocumentShape(Rule):
    """A document is what its standard says a document is: the published meta-schema of OpenAPI 3.1, AsyncAPI 3.0 or
    JSON Schema 2020-12 accepts it, or ours a pact of version 4, a CSV layout, an X12 guide.

    Until it is, its other rules are not judged: they would speak of what was never meant.
    """

    id = "document-shape"
    title = "A document has the shape that its standard demands"
    stage = Stage.SHAPE

    def check(self, view: View) -> Iterator[Defect]:
        if view.kind is None:
            return
        for place, what, expected in view.misshapen:
            yield Defect(view.document, place, what, expected, f"make it {view.kind.title}")


@rule
class DocumentUsable(Rule):
    """A CSV layout or an X12 guide can be used: the columns, segments and elements that it speaks of are there, its
    options mean something where they stand, and what it is based on allows what it says.

    Schemas see the shape of one document only. Whoever reads files by it finds the rest when the first file comes.
    """

    id = "document-usable"
    title = "A layout or guide can be used"
    kinds = ("csv-layout", "x12-elements", "x12-guide", "x12-segments")
    stage = Stage.SHAPE

    def check(self, view: View) -> Iterator[Defect]:
        if view.kind is None or view.misshapen:
            return
        for error in view.kind.unusable(view):
            what = error.problem.removeprefix(f"{error.place or 'the document'}: ")
            expected = f"{view.kind.title} that can be used"
            yield Defect(error.document, error.place, what, expected, "correct it at this place")
