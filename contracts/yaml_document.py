"""YAML as contract documents are written in it: YAML 1.2, core schema, JSON-compatible, with line and column in errors.

PyYAML's own loaders read YAML 1.1, where `NO` is false, `2026-03-02` is a date and `1:30` is a number: the readers of a
contract in other languages see text there. So libyaml only parses here, and the values are made by the rules of
YAML 1.2.2, 10.3 (core schema). Beyond that, so that every document is also JSON: keys are text, each stands once, and
there are no tags, no merge keys, no infinities; one document in a file.

A document that nests deeper than `DEEPEST`, or that its aliases blow up beyond `LARGEST` values, is refused: whoever
walks it afterwards may be recursive, and may visit what is shared as often as it is used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import yaml

try:
    from yaml import CSafeDumper as _Dumper
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML was built without libyaml: the same events, ten times as slow
    from yaml import SafeDumper as _Dumper  # type: ignore[assignment]
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

DEEPEST = 128
LARGEST = 2_000_000
Position: TypeAlias = tuple[int, int]

_CONSTANTS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_MAY_BE_NUMBER = frozenset("-+.0123456789")


class YamlError(ValueError):
    """The text is not such a document. `line` and `column` count from 1."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


def read(text: str | bytes) -> Any:
    """The document as dicts, lists, strings, numbers, booleans and None.

    Raises: YamlError.
    """
    reader = _Reader(text)
    try:
        return reader.document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        problem = " ".join(part for part in (error.context, error.problem) if part)
        raise YamlError(problem or "not YAML", line, column) from None
    except (yaml.reader.ReaderError, UnicodeDecodeError) as error:
        raise YamlError(f"unreadable characters: {error.reason}", 1, 1) from None


def write(value: Any) -> str:
    """A document that says the value, in block style, for people to read and for `read` to take back.

    `value` is made of dicts, lists, tuples, strings, numbers, booleans and None; keys keep their order.
    """
    text: str = yaml.dump(value, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=118)
    return text


def position(text: str | bytes, pointer: str) -> Position:
    """Line and column, from 1, of what an RFC 6901 pointer names, or of the nearest thing around it that is there.

    Slow; for error messages. Reads JSON as well, which YAML 1.2 contains.
    """
    return nearest(positions(text), pointer)


def nearest(places: Mapping[str, Position], pointer: str) -> Position:
    """The position of what the pointer names in a map made by `positions`, or of the nearest thing around it."""
    while pointer and pointer not in places:
        pointer = pointer[: pointer.rindex("/")] if "/" in pointer else ""
    return places.get(pointer, (1, 1))


def positions(text: str | bytes) -> dict[str, Position]:
    """Pointer → line and column of everything in the document that can be read; of a member, those of its key."""
    places: dict[str, Position] = {}
    try:
        for pointer, mark in _marks(text):
            places.setdefault(pointer, (mark.line + 1, mark.column + 1))
    except yaml.YAMLError:
        pass  # what stands before the error has its place all the same
    return places


def _marks(text: str | bytes) -> Iterator[tuple[str, Any]]:
    """By events and a stack of our own, because libyaml's composer recurses until the process dies of it."""
    next_event = _Loader(text).get_event
    open_nodes: list[_OpenNode] = []
    # Not deeper than anything is read, because libyaml takes ever longer for each level of mappings in flow style.
    while len(open_nodes) <= DEEPEST and type(event := next_event()) is not yaml.StreamEndEvent:
        if not isinstance(event, (yaml.NodeEvent, yaml.CollectionEndEvent)):
            continue
        if isinstance(event, yaml.CollectionEndEvent):
            open_nodes.pop()
            continue
        if open_nodes and open_nodes[-1].awaits_key(event):
            yield open_nodes[-1].next_pointer, event.start_mark
            continue
        pointer = open_nodes[-1].entered() if open_nodes else ""
        yield pointer, event.start_mark
        if isinstance(event, yaml.CollectionStartEvent):
            open_nodes.append(_OpenNode(pointer, isinstance(event, yaml.MappingStartEvent)))


class _OpenNode:
    """A mapping or sequence whose members are being passed by."""

    __slots__ = ("_count", "_has_key", "_is_mapping", "_pointer", "next_pointer")

    def __init__(self, pointer: str, is_mapping: bool) -> None:
        self._pointer, self._is_mapping = pointer, is_mapping
        self._has_key, self._count = False, 0
        self.next_pointer = ""

    def awaits_key(self, event: Any) -> bool:
        """Whether the event is a key, which is kept; the event after it is the value."""
        if not self._is_mapping or self._has_key:
            return False
        key = str(getattr(event, "value", "")).replace("~", "~0").replace("/", "~1")
        self.next_pointer = f"{self._pointer}/{key}"
        self._has_key = type(event) is yaml.ScalarEvent or type(event) is yaml.AliasEvent
        return self._has_key

    def entered(self) -> str:
        """The pointer of the value that begins now."""
        if self._is_mapping:
            self._has_key = False
            return self.next_pointer
        self._count += 1
        return f"{self._pointer}/{self._count - 1}"


class _Writer(_Dumper):
    """Quotes text that would be a number by the rules of 1.2, such as the postal code 02108, which is none in 1.1."""


def _text(writer: _Writer, value: str) -> yaml.ScalarNode:
    taken_otherwise = value in _CONSTANTS or _INTEGER.fullmatch(value) or _FLOAT.fullmatch(value)
    return writer.represent_scalar("tag:yaml.org,2002:str", value, style='"' if taken_otherwise else None)


_Writer.add_representer(str, _text)
_Writer.add_representer(tuple, _Dumper.represent_list)


class _Reader:
    def __init__(self, text: str | bytes) -> None:
        loader = _Loader(text)
        self._next = loader.get_event
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._depth = self._size = 0

    def document(self) -> Any:
        event = self._next()
        while isinstance(event, (yaml.StreamStartEvent, yaml.DocumentStartEvent)):
            event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            raise _at(event, "the document is empty")
        value = self._value(event)
        self._next()  # the end of the document
        event = self._next()
        if not isinstance(event, yaml.StreamEndEvent):
            raise _at(event, "a second document begins here: one file holds one document")
        return value

    def _value(self, event: Any) -> Any:
        kind = type(event)
        before = self._size
        self._size += 1
        if kind is yaml.ScalarEvent:
            value = self._scalar(event)
        elif kind is yaml.MappingStartEvent:
            value = self._mapping(self._one_deeper(event))
        elif kind is yaml.SequenceStartEvent:
            value = self._sequence(self._one_deeper(event))
        elif kind is yaml.AliasEvent:
            return self._anchored(event)
        else:
            raise _at(event, f"unexpected {kind.__name__}")
        if event.anchor is not None:
            self._anchors[event.anchor] = value, self._size - before
        return value

    def _one_deeper(self, event: Any) -> Any:
        self._depth += 1
        if self._depth > DEEPEST:
            raise _at(event, f"more than {DEEPEST} levels deep: no contract nests like that")
        return event

    def _anchored(self, event: Any) -> Any:
        if event.anchor not in self._anchors:
            raise _at(event, f"*{event.anchor} has no &{event.anchor} before it")
        value, size = self._anchors[event.anchor]
        self._size += size
        if self._size > LARGEST:
            raise _at(event, f"its aliases make more than {LARGEST:,} values of it: write out what is meant")
        return value

    def _mapping(self, start: Any) -> dict[str, Any]:
        _refuse_tag(start)
        result: dict[str, Any] = {}
        while type(event := self._next()) is not yaml.MappingEndEvent:
            if type(event) is not yaml.ScalarEvent:
                raise _at(event, "a key must be text")
            key = event.value
            if key in result:
                raise _at(event, f"the key {key!r} stands twice in the same mapping")
            if key == "<<" and event.implicit[0]:
                raise _at(event, "merge keys (<<) are not YAML 1.2: write the members out")
            result[key] = self._value(self._next())
        self._depth -= 1
        return result

    def _sequence(self, start: Any) -> list[Any]:
        _refuse_tag(start)
        result = []
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            result.append(self._value(event))
        self._depth -= 1
        return result

    def _scalar(self, event: Any) -> Any:
        _refuse_tag(event)
        text = event.value
        if not event.implicit[0]:  # quoted, or a block
            return text
        if text in _CONSTANTS:
            return _CONSTANTS[text]
        if text[0] in _MAY_BE_NUMBER:
            if _INTEGER.fullmatch(text):
                return int(text, 0) if text[:2] in ("0o", "0x") else int(text)
            if _FLOAT.fullmatch(text):
                return float(text)
        return text


def _refuse_tag(event: Any) -> None:
    if event.tag is not None:
        raise _at(event, f"tags ({event.tag}) have no place in a contract document")


def _at(event: Any, message: str) -> YamlError:
    return YamlError(message, event.start_mark.line + 1, event.start_mark.column + 1)
