"""Guides from their documents: a set of the standard, or what a trading partner makes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .. import documents
from ..documents import FOLDER, NoDocument, is_elsewhere, load, path_of, pointer, wrong
from .dictionary import Dictionary, checked, extended
from .guide import HEADING, Guide, LoopPlace, Place, SegmentPlace
from .restriction import restricted

DEEPEST = 8


def load_guide(document: str | Path) -> Guide:
    """The guide of a document: "004010/940" and the like name ours, anything else is the path of a file.

    Raises: DocumentError with the first thing that is wrong: file, line, column, what, and what would be right.
    """
    return guide_of(_named(str(document)))


def guide_of(document: str) -> Guide:
    """The guide of a document by its name (see documents.py). Raises: DocumentError, as load_guide does."""
    return _guide(document, ())


def _named(name: str, beside: str = "") -> str:
    if (FOLDER / "x12" / f"{name}.yaml").is_file():
        return f"x12/{name}.yaml"
    if is_elsewhere(beside):
        return documents.beside(beside, name)
    base = path_of(beside).parent if beside else Path()
    return str((base / name).resolve())


def _guide(document: str, derived: tuple[str, ...]) -> Guide:
    content = load(document)
    if not isinstance(content, dict) or "based_on" not in content:
        return _set_guide(document)
    content = checked(document, "PartnerGuide")
    based_on = _named(content["based_on"], beside=document)
    if based_on in (document, *derived) or len(derived) > DEEPEST:
        raise wrong(document, "/based_on", f"{content['based_on']} is based on this guide in turn")
    try:
        load(based_on)
    except NoDocument:
        raise wrong(document, "/based_on", f"there is no guide {content['based_on']!r}: {_standard_sets()}") from None
    return restricted(_guide(based_on, (document, *derived)), document, content)


def _standard_sets() -> str:
    names = (
        path.relative_to(FOLDER / "x12").with_suffix("") for path in sorted((FOLDER / "x12").glob("*/[0-9]*.yaml"))
    )
    return f"there are {', '.join(name.as_posix() for name in names)}, and files by their path"


def _set_guide(document: str) -> Guide:
    content = checked(document, "SetGuide")
    words = extended(document, content)
    structure = tuple(
        _place(document, ("structure", index), said, words) for index, said in enumerate(content["structure"])
    )
    ends = [
        place.segment.id if isinstance(place, SegmentPlace) else place.id for place in (structure[0], structure[-1])
    ]
    if ends != ["ST", "SE"]:
        raise wrong(
            document, "/structure", f"a set begins with ST and ends with SE, this one with {' and '.join(ends)}"
        )
    return Guide(
        version=content["version"],
        set_id=content["set"],
        name=content["name"],
        functional_group=content["functional_group"],
        structure=structure,
        purpose=content.get("purpose", ""),
        source=document,
        known_segments=frozenset(words.segments),
    )


def _place(document: str, at: tuple[str | int, ...], said: dict[str, Any], words: Dictionary) -> Place:
    most = None if said.get("max", 1) == "many" else int(said.get("max", 1))
    if "loop" in said:
        of = tuple(_place(document, (*at, "of", index), part, words) for index, part in enumerate(said["of"]))
        if not isinstance(of[0], SegmentPlace):
            raise wrong(document, pointer(*at, "of", 0), "a loop begins with a segment, not with another loop")
        if said["loop"].lower() == HEADING:
            raise wrong(
                document, pointer(*at, "loop"), f"no loop is called {HEADING}: that is what lies outside of all"
            )
        return LoopPlace(said["loop"], of, said.get("required", False), most)
    segment = words.segments.get(said["segment"])
    if segment is None:
        raise wrong(
            document,
            pointer(*at, "segment"),
            f"there is no segment {said['segment']}: define it under `segments` first",
        )
    return SegmentPlace(segment, said.get("required", False), most, said.get("position", ""))
