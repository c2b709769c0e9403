"""Contract documents: where they are, what is in them, and what their references mean.

A document is a JSON or YAML file. It is named by its path below this folder ("erp/v1/openapi.yaml"), or by an absolute
path for documents that a user brings. Documents are read once and shared: nobody changes what these functions return.
Nothing is ever fetched over a network; `https://contracts.crossdock.example/…` names the files of this folder.

Sources: RFC 3986 (references), RFC 6901 (JSON Pointer), YAML 1.2.2 and RFC 8259.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import unquote

import msgspec

FOLDER = Path(__file__).resolve().parent
PUBLISHED_AT = "https://contracts.crossdock.example/"


class DocumentError(ValueError):
    """A document cannot be read or used; says in which file, at which line and column (from 1), and what to do."""

    def __init__(self, document: str, problem: str, line: int = 1, column: int = 1) -> None:
        super().__init__(f"{document}:{line}:{column}: {problem}")
        self.document = document
        self.problem = problem
        self.line = line
        self.column = column


class Target(NamedTuple):
    """What a reference names: the document, the JSON Pointer into it, and what stands there."""

    document: str
    pointer: str
    value: Any


def path_of(document: str) -> Path:
    """The file behind a document's name."""
    path = Path(document)
    return path if path.is_absolute() else FOLDER / path


@cache
def load(document: str) -> Any:
    """What the document says, as dicts, lists, strings, numbers, booleans and None. Shared: do not change it.

    Raises: DocumentError when there is no such file, or it is neither JSON nor YAML.
    """
    octets = _octets(document)
    if document.endswith(".json"):
        try:
            return msgspec.json.decode(octets)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise _json_error(document, octets) from None
    from . import yaml_document

    try:
        return yaml_document.read(octets)
    except yaml_document.YamlError as error:
        raise DocumentError(document, f"not readable as YAML: {error}", error.line, error.column) from None


@cache
def resolve(reference: str, document: str) -> Target:
    """What `reference`, standing in `document`, names. A reference that names another reference isn't followed further.

    Raises: DocumentError when it leads out of the files, or nowhere.
    """
    address, _, fragment = reference.partition("#")
    named = _document_named(address, document, reference) if address else document
    place = unquote(fragment)
    if place and not place.startswith("/"):
        raise _broken(document, reference, f"#{fragment} is no JSON Pointer (RFC 6901): anchors are not used here")
    try:
        value = load(named)
    except DocumentError as error:
        if path_of(named).exists():
            raise
        raise _broken(document, reference, f"there is no file {error.document}") from None
    for token in place.split("/")[1:]:
        token = token.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and token in value:
            value = value[token]
        elif isinstance(value, list) and token.isdecimal() and int(token) < len(value):
            value = value[int(token)]
        else:
            raise _broken(document, reference, f"{named} has nothing at {place}, {token!r} is missing")
    return Target(named, place, value)


def pointer(*tokens: str | int) -> str:
    """A JSON Pointer (RFC 6901): `pointer("paths", "/orders")` → "/paths/~1orders"."""
    return "".join(f"/{str(token).replace('~', '~0').replace('/', '~1')}" for token in tokens)


def wrong(document: str, place: str, problem: str) -> DocumentError:
    """The error to raise for what a document says at the JSON Pointer `place`; finds the line and the column."""
    from . import yaml_document

    try:
        line, column = yaml_document.position(_octets(document), place)
    except DocumentError:
        line, column = 1, 1
    return DocumentError(document, f"{place or 'the document'}: {problem}", line, column)


def _octets(document: str) -> bytes:
    path = path_of(document)
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise DocumentError(document, "there is no such file") from None
    except OSError as error:
        raise DocumentError(document, f"cannot be read: {error.strerror}") from None


def _json_error(document: str, octets: bytes) -> DocumentError:
    try:
        json.loads(octets)
    except json.JSONDecodeError as error:
        return DocumentError(document, f"not readable as JSON: {error.msg}", error.lineno, error.colno)
    except UnicodeDecodeError as error:
        line = octets.count(b"\n", 0, error.start) + 1
        return DocumentError(document, "not readable as JSON: not UTF-8 here", line)
    return DocumentError(document, "not readable as JSON")


def _document_named(address: str, document: str, reference: str) -> str:
    if address.startswith(PUBLISHED_AT):
        return address.removeprefix(PUBLISHED_AT)
    if "://" in address:
        raise _broken(
            document,
            reference,
            "nothing is fetched over a network: keep a copy beside this document and refer to that",
        )
    return _normal(PurePosixPath(document).parent / unquote(address))


def _normal(path: PurePosixPath) -> str:
    """The path without `.` and `..`, so that a document has one name."""
    parts: list[str] = []
    for part in path.parts:
        if part == ".." and parts and parts[-1] not in ("..", "/"):
            parts.pop()
        elif part != ".":
            parts.append(part)
    return str(PurePosixPath(*parts))


def _broken(document: str, reference: str, problem: str) -> DocumentError:
    place = _find(load(document), reference) or ""
    return wrong(document, place, f"the reference {reference!r} cannot be followed: {problem}")


def _find(value: Any, reference: str, place: str = "") -> str | None:
    """Where a reference stands."""
    if isinstance(value, dict):
        if value.get("$ref") == reference:
            return f"{place}/$ref"
        members: list[tuple[str | int, Any]] = list(value.items())
    elif isinstance(value, list):
        members = list(enumerate(value))
    else:
        return None
    for token, item in members:
        if (found := _find(item, reference, place + pointer(token))) is not None:
            return found
    return None
