"""YAML as contract documents are written in it: YAML 1.2, core schema, JSON-compatible, with line and column in errors.

PyYAML's own loaders read YAML 1.1, where `NO` is false, `2026-03-02` is a date and `1:30` is a number: the readers of a
contract in other languages see text there. So libyaml only parses here, and the values are made by the rules of
YAML 1.2.2, 10.3 (core schema). Beyond that, so that every document is also JSON: keys are text, each stands once, and
there are no tags, no merge keys, no infinities; one document in a file.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML was built without libyaml: the same events, ten times as slow
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

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


def position(text: str | bytes, pointer: str) -> tuple[int, int]:
    """Line and column, from 1, of what an RFC 6901 pointer names, or of the nearest thing around it that is there.

    Slow; for error messages. Reads JSON as well, which YAML 1.2 contains.
    """
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError:
        return 1, 1
    mark = node.start_mark if node is not None else None
    for token in pointer.split("/")[1:]:
        token = token.replace("~1", "/").replace("~0", "~")
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == token), None)
            if found is None:
                break
            mark, node = found[0].start_mark, found[1]
        elif isinstance(node, yaml.SequenceNode) and token.isdecimal() and int(token) < len(node.value):
            node = node.value[int(token)]
            mark = node.start_mark
        else:
            break
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)


class _Reader:
    def __init__(self, text: str | bytes) -> None:
        loader = _Loader(text)
        self._next = loader.get_event
        self._anchors: dict[str, Any] = {}

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
        if kind is yaml.ScalarEvent:
            value = self._scalar(event)
        elif kind is yaml.MappingStartEvent:
            value = self._mapping(event)
        elif kind is yaml.SequenceStartEvent:
            value = self._sequence(event)
        elif kind is yaml.AliasEvent:
            if event.anchor not in self._anchors:
                raise _at(event, f"*{event.anchor} has no &{event.anchor} before it")
            return self._anchors[event.anchor]
        else:
            raise _at(event, f"unexpected {kind.__name__}")
        if event.anchor is not None:
            self._anchors[event.anchor] = value
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
        return result

    def _sequence(self, start: Any) -> list[Any]:
        _refuse_tag(start)
        result = []
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            result.append(self._value(event))
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
