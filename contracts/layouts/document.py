"""Layout documents: YAML files by contracts/csv/layout.json, read, put on top of what they are based on, and checked.

A document is named as in `contracts.documents`: by its path below contracts/, or by an absolute path.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from .. import documents
from ..documents import DocumentError, pointer
from ..validation import Validator
from . import document_rules
from .definition import Layout

SCHEMA = "csv/layout.json"
FOLDER = "csv/v1"
MOST_ANCESTORS = 8
_NESTED = ("dialect", "dates", "header_record", "column_names", "passed_over", "trailer_record", "sequence", "limits")


class LayoutError(ValueError):
    """A layout that can't be used; `problems` are all that is wrong, each with file, line and column."""

    def __init__(self, *problems: DocumentError) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@cache
def load(document: str) -> Layout:
    """Raises: LayoutError."""
    try:
        content = _merged(document, ())
        found = msgspec.convert({**content, "document": document}, Layout)
    except DocumentError as error:
        raise LayoutError(error) from None
    problems = list(document_rules.problems(found))
    if problems:
        raise LayoutError(*(_placed(document, problem) for problem in problems))
    return found


def problems(document: str) -> list[DocumentError]:
    """Everything that is wrong with a layout document; empty when it may be used."""
    try:
        load(document)
    except LayoutError as error:
        return list(error.problems)
    return []


@cache
def known() -> Mapping[str, str]:
    """The layouts that come with Crossdock: name → document."""
    folder = documents.FOLDER / FOLDER
    return {path.stem: f"{FOLDER}/{path.name}" for path in sorted(folder.glob("*.yaml"))}


def document_named(name: str, beside: str = "") -> str:
    """The document of a layout: by name, or by a path, which is relative to the folder of the document `beside`.

    Raises: LookupError with a sentence that says what there is.
    """
    layouts = known()
    if name in layouts:
        return layouts[name]
    if "/" in name or name.endswith((".yaml", ".yml", ".json")):
        if documents.is_elsewhere(beside):
            return _there(documents.beside(beside, name), name)
        folder = documents.path_of(beside).parent if beside else Path.cwd()
        path = (folder / name).resolve()
        if not path.is_file():
            raise LookupError(f"there is no file {name}")
        below = path.is_relative_to(documents.FOLDER)
        return str(PurePosixPath(path.relative_to(documents.FOLDER))) if below else str(path)
    near = difflib.get_close_matches(name, layouts, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(layouts)}"
    raise LookupError(f"there is no layout {name!r} ({hint}), and a file of your own is named by its path")


def _there(document: str, name: str) -> str:
    try:
        documents.load(document)
    except documents.NoDocument:
        raise LookupError(f"there is no file {name}") from None
    return document


def _merged(document: str, descendants: tuple[str, ...]) -> dict[str, Any]:
    """What the document says, on top of what it is based on. Raises: DocumentError, LayoutError."""
    own = documents.load(document)
    errors = _validator().errors(own)
    if errors:
        raise LayoutError(*(_placed(document, (error.pointer, error.message)) for error in errors))
    if "based_on" not in own:
        return {name: value for name, value in own.items() if name not in ("without", "order")}
    try:
        base = document_named(own["based_on"], document)
    except LookupError as error:
        raise documents.wrong(document, "/based_on", str(error)) from None
    if base in (document, *descendants) or len(descendants) == MOST_ANCESTORS:
        raise documents.wrong(document, "/based_on", "leads in a circle, or too far")
    return _on_top(_merged(base, (*descendants, document)), own, document)


@cache
def _validator() -> Validator:
    return Validator(documents.load(SCHEMA))


def _on_top(base: dict[str, Any], own: dict[str, Any], document: str) -> dict[str, Any]:
    merged = {name: value for name, value in base.items() if name != "layout"}
    merged.setdefault("type", base["layout"])
    for name, value in own.items():
        if name in ("based_on", "without", "order", "columns"):
            continue
        before = merged.get(name)
        if name in _NESTED and isinstance(before, dict) and isinstance(value, dict):
            merged[name] = {**before, **value}
        else:
            merged[name] = value
    merged["columns"] = _columns(base["columns"], own, document)
    return merged


def _columns(base: list[dict[str, Any]], own: Mapping[str, Any], document: str) -> list[dict[str, Any]]:
    columns = {column["name"]: column for column in base}
    for place, name in enumerate(own.get("without", ())):
        if name not in columns:
            raise documents.wrong(document, pointer("without", place), f"there is no column {name!r} to leave out")
        del columns[name]
    seen: set[str] = set()
    for place, column in enumerate(own.get("columns", ())):
        name = column["name"]
        if name in seen:
            raise documents.wrong(document, pointer("columns", place, "name"), f"the column {name!r} stands here twice")
        seen.add(name)
        columns[name] = {**columns.get(name, {}), **column}
        for wanted in ("type", "meaning"):
            if wanted not in columns[name]:
                near = difflib.get_close_matches(name, [each["name"] for each in base], n=1)
                hint = f": did you mean {near[0]}?" if near else ""
                problem = f"{wanted!r} is missing, and the column is none of the base{hint}"
                raise documents.wrong(document, pointer("columns", place), problem)
    if order := own.get("order"):
        for place, name in enumerate(order):
            if name not in columns:
                raise documents.wrong(document, pointer("order", place), f"there is no column {name!r}")
        if missing := [name for name in columns if name not in order]:
            raise documents.wrong(document, "/order", f"must name every column, but lacks {', '.join(missing)}")
        return [columns[name] for name in order]
    return list(columns.values())


def _placed(document: str, problem: tuple[str, str]) -> DocumentError:
    """The problem at its place in the document, or as near as the document has one: the rest is in its base."""
    place, text = problem
    tokens = place.split("/")
    if tokens[1:2] == ["columns"] and len(tokens) > 2 and not tokens[2].isdecimal():
        own = [column.get("name") for column in documents.load(document).get("columns", ())]
        if tokens[2] in own:
            place = "/".join(("", "columns", str(own.index(tokens[2])), *tokens[3:]))
        else:
            place, text = "/columns", f"{tokens[2]}: {text}"
    return documents.wrong(document, place, text)
