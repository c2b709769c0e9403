"""Contract documents: where they are, what is in them, and what their references mean.

A document is a JSON or YAML file. It is named by its path below this folder ("erp/v1/openapi.yaml"), or by an absolute
path for documents that a user brings, or as a revision in git has it ("git:HEAD~1:contracts/erp/v1/openapi.yaml").
Documents are read once and shared: nobody changes what these functions return. Nothing is fetched over a network unless
somebody allows it (document_source.py); `https://contracts.crossdock.example/…` names the files of this folder.

Sources: RFC 3986 (references), RFC 6901 (JSON Pointer), YAML 1.2.2 and RFC 8259.
"""

from __future__ import annotations

import json
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

import msgspec

from . import openapi_3_0

if TYPE_CHECKING:
    from .yaml_document import Position

FOLDER = Path(__file__).resolve().parent
PUBLISHED_AT = "https://contracts.crossdock.example/"
LARGEST_OCTETS = 32 * 1024 * 1024
# Documents of OpenAPI 3.0, and those that they refer to, as far as they were loaded.
_OLD: set[str] = set()
_ELSEWHERE = ("git:", "https://", "http://")


class DocumentError(ValueError):
    """A document cannot be read or used; says in which file, at which line and column (from 1), and what to do."""

    def __init__(self, document: str, problem: str, line: int = 1, column: int = 1, place: str = "") -> None:
        """`place` is the JSON Pointer of what is wrong, where that much is known."""
        super().__init__(f"{document}:{line}:{column}: {problem}")
        self.document = document
        self.problem = problem
        self.line = line
        self.column = column
        self.place = place


class NoDocument(DocumentError):
    """There is none of that name."""


class Target(NamedTuple):
    """What a reference names: the document, the JSON Pointer into it, and what stands there."""

    document: str
    pointer: str
    value: Any


def path_of(document: str) -> Path:
    """The file behind a document's name."""
    path = Path(document)
    return path if path.is_absolute() else FOLDER / path


def is_elsewhere(document: str) -> bool:
    """Whether it is no file, but in git or behind an address."""
    return document.startswith(_ELSEWHERE)


@cache
def load(document: str) -> Any:
    """What the document says, as dicts, lists, strings, numbers, booleans and None; OpenAPI 3.0 as 3.1 has it. Shared:
    do not change it.

    Raises: DocumentError when there is no such file, or it is neither JSON nor YAML.
    """
    content = _read(document)
    if not openapi_3_0.is_old(content):
        return content
    _OLD.add(document)
    return openapi_3_0.renewed(content)


@cache
def _part_of_old(document: str) -> Any:
    """A file that a document of OpenAPI 3.0 refers to: nothing in it says so itself."""
    _OLD.add(document)
    return openapi_3_0.renewed(_read(document))


@cache
def _read(document: str) -> Any:
    octets = octets_of(document)
    if document.endswith(".json"):
        try:
            return _shallow(document, octets, msgspec.json.decode(octets))
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise _json_error(document, octets) from None
        except RecursionError:
            raise _too_deep(document) from None
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
        value = _part_of_old(named) if document in _OLD else load(named)
    except NoDocument as error:
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
    if len(tokens) == 1 and "/" not in (token := str(tokens[0])) and "~" not in token:
        return f"/{token}"  # nearly all that is asked for, some ten thousand times for a document
    texts = [str(token) for token in tokens]
    joined = "/".join(texts)
    if "~" in joined or joined.count("/") >= len(texts):
        joined = "/".join(text.replace("~", "~0").replace("/", "~1") for text in texts)
    return f"/{joined}" if texts else ""


def wrong(document: str, place: str, problem: str) -> DocumentError:
    """The error to raise for what a document says at the JSON Pointer `place`; finds the line and the column."""
    line, column = position(document, place)
    return DocumentError(document, f"{place or 'the document'}: {problem}", line, column, place)


def position(document: str, place: str) -> Position:
    """Line and column, from 1, of what the JSON Pointer `place` names, or of the nearest thing around it."""
    from . import yaml_document

    return yaml_document.nearest(_positions(document), place)


@lru_cache(maxsize=64)  # only documents that something is wrong with are asked about
def _positions(document: str) -> dict[str, Position]:
    from . import yaml_document

    try:
        return yaml_document.positions(octets_of(document))
    except DocumentError:
        return {}


def octets_of(document: str) -> bytes:
    """The document as it is stored.

    Raises: NoDocument when there is none; DocumentError when it cannot be read, or is larger than any contract.
    """
    octets = _stored(document)
    if len(octets) > LARGEST_OCTETS:
        raise DocumentError(document, f"has {len(octets):,} octets, but a document has at most {LARGEST_OCTETS:,}")
    return octets


def _stored(document: str) -> bytes:
    if is_elsewhere(document):
        from . import document_source

        return document_source.read(document)
    path = path_of(document)
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise NoDocument(document, "there is no such file") from None
    except OSError as error:
        raise DocumentError(document, f"cannot be read: {error.strerror}") from None


def _shallow(document: str, octets: bytes, value: Any) -> Any:
    """The value, when it nests no deeper than a document may."""
    from .yaml_document import DEEPEST

    # As many brackets as levels at least: nearly every document is through with that.
    if octets.count(b"{") + octets.count(b"[") > DEEPEST and _depth(value) > DEEPEST:
        raise _too_deep(document)
    return value


def _depth(value: Any) -> int:
    depth, level = 0, [value]
    while level:
        containers = [item for item in level if isinstance(item, (dict, list))]
        level = [below for item in containers for below in (item.values() if isinstance(item, dict) else item)]
        depth += bool(containers)
    return depth


def _too_deep(document: str) -> DocumentError:
    from .yaml_document import DEEPEST

    deep = (at for place, at in _positions(document).items() if place.count("/") >= DEEPEST)
    line, column = next(deep, (1, 1))
    return DocumentError(document, f"more than {DEEPEST} levels deep: no contract nests like that", line, column)


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
        from . import document_source

        if not document_source.network_is_allowed():
            raise _broken(
                document,
                reference,
                "nothing is fetched over a network: keep a copy beside this document and refer to that",
            )
    return beside(document, address)


def beside(document: str, address: str) -> str:
    """The name of the document that an address, relative or not, means where it stands in another."""
    if "://" not in address and not is_elsewhere(document):
        return sibling(document, unquote(address))
    from . import document_source

    return document_source.beside(document, address)


def sibling(path: str, address: str) -> str:
    """The path that a relative address means in a file, without `.`, `..` and empty parts: a document has one name."""
    joined = address if address.startswith("/") else f"{path.rpartition('/')[0]}/{address}"
    parts: list[str] = []
    for part in joined.split("/"):
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return ("/" if path.startswith("/") or address.startswith("/") else "") + "/".join(parts)


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
