"""What a document refers to is there, and is there for everybody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..document_source import network_is_allowed
from ..documents import PUBLISHED_AT, DocumentError, resolve, wrong
from ..part import Part
from ..rule import Defect, Rule, Stage, defect, rule
from ..view import View

_CIRCLE = "back to itself"
_ADVICE = "correct the reference, or add what it means"


def _leaves(reference: str) -> bool:
    return "://" in reference and not reference.startswith(PUBLISHED_AT)


@rule
class ReferenceResolves(Rule):
    """Every reference (`$ref`, and the mapping of a discriminator) leads to something, and not back to itself.

    The meta-schemas do not see this: AsyncAPI's accepts a channel that is nowhere.
    """

    id = "reference-resolves"
    title = "Every reference leads somewhere"
    stage = Stage.SHAPE

    def check(self, view: View) -> Iterator[Defect]:
        told = set()
        for part in view.references:
            if _leaves(part.value) and not network_is_allowed():
                continue  # reference-local speaks of it
            error = _trouble(part)
            if error is not None:
                told.add(error.place)
                yield _defect(part, error)
        for error in view.troubles:
            if error.place not in told and "://" not in error.problem and _CIRCLE not in error.problem:
                yield Defect(error.document, error.place, error.problem, "something at the end of it", _ADVICE)


def _trouble(part: Part) -> DocumentError | None:
    """Why the reference cannot be followed; a circle is told only by the references that are in it."""
    holder = (part.document, part.pointer.removesuffix("/$ref"))
    seen = set()
    reference: Any = part.value
    target = part
    try:
        while isinstance(reference, str) and target.key not in seen:
            seen.add(target.key)
            target = Part(*resolve(reference, target.document))
            if target.key == holder:
                return wrong(part.document, part.pointer, f"the reference {part.value!r} leads {_CIRCLE}")
            reference = target.get("$ref") if part.pointer.endswith("/$ref") else None
    except DocumentError as error:
        return error if target is part else None  # a reference further on tells of itself
    return None


def _defect(part: Part, error: DocumentError) -> Defect:
    what = error.problem.removeprefix(f"{error.place or 'the document'}: ")
    if error.document != part.document:
        what = f"{what}, in {error.document}"
    return defect(part, what, expected="something at the end of the reference", do=_ADVICE)


@rule
class ReferenceLocal(Rule):
    """What a document refers to is a file beside it, never an address that is fetched while somebody reads it.

    An address may be down, may answer something else tomorrow, and tells its owner who reads the contract. Nothing is
    fetched unless `--allow-network` says so.
    """

    id = "reference-local"
    title = "No reference leaves for the network"
    stage = Stage.SHAPE

    def check(self, view: View) -> Iterator[Defect]:
        if network_is_allowed():
            return
        for part in view.references:
            if _leaves(part.value):
                yield defect(
                    part,
                    f"refers to {part.value}, which would have to be fetched",
                    expected="a reference to a file",
                    do="keep a copy beside the document and refer to that, or check with --allow-network",
                )
        for node in view.all("example"):
            if _leaves(str(node.part.get("externalValue", ""))):
                yield defect(
                    node.part.member("externalValue"),
                    f"the example {node.name} is at {node.part.get('externalValue')}",
                    expected="an example in the document",
                    do="write it as `value`",
                )
