"""Why an instance is not what a schema says, in sentences: the value got, and what was expected.

Kept apart from validation because jsonschema takes a tenth of a second to import and is needed only for this.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Any

import jsonschema
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from .documents import pointer
from .validation import SchemaError
from .value_words import LONGEST_VALUE, TYPES, near, plural, shown

_MOST_ERRORS = 200


def explain(schema: Mapping[str, Any], instance: Any) -> list[SchemaError]:
    """What is wrong with the instance, sorted by place, the first 200 things; empty when nothing is."""
    validator = _Explainer(schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)
    # An array of a hundred thousand wrong items is wrong a hundred thousand times over: nobody reads that, and a server
    # that explains it answers nobody else meanwhile.
    errors = islice(validator.iter_errors(instance), _MOST_ERRORS)
    found = {found for error in errors for found in _sentences(error)}
    misformed = {error.pointer for error in found if error.keyword == "format"}
    # Where a format is broken, its pattern says the same again.
    return sorted(error for error in found if error.keyword != "pattern" or error.pointer not in misformed)


def _sentences(error: Any) -> Iterator[SchemaError]:
    place = pointer(*error.absolute_path)
    keyword = str(error.validator)
    if keyword == "required":
        for name in error.validator_value:
            if name not in error.instance:
                yield SchemaError(place + pointer(name), keyword, "is missing")
    elif keyword in ("additionalProperties", "unevaluatedProperties"):
        known = sorted(error.schema.get("properties", {}))
        for name in sorted(set(error.instance) - set(known)):
            yield SchemaError(place + pointer(name), keyword, f"is not a known field{_known(name, known)}")
    elif keyword in _WORDS:
        yield SchemaError(place, keyword, _WORDS[keyword](error))
    else:
        yield SchemaError(place, keyword, error.message)


def _type(error: Any) -> str:
    wanted = error.validator_value
    names = [wanted] if isinstance(wanted, str) else wanted
    return f"is {shown(error.instance)}, but must be {' or '.join(TYPES[name] for name in names)}"


def _enum(error: Any) -> str:
    allowed = error.validator_value
    close = near(error.instance, [value for value in allowed if isinstance(value, str)])
    return f"is {shown(error.instance)}, but must be one of {', '.join(str(value) for value in allowed)}{close}"


def _pattern(error: Any) -> str:
    return f"is {shown(error.instance)}, but must match {error.validator_value}{_meaning(error)}"


def _format(error: Any) -> str:
    return f"is {shown(error.instance)}, but must be a {error.validator_value}{_meaning(error)}"


def _count(error: Any, noun: str, bound: str) -> str:
    size, limit = len(error.instance), error.validator_value
    if size == 0:
        return f"is empty, but must have {bound} {limit} {plural(noun, limit)}"
    return f"has {size} {plural(noun, size)}, but must have {bound} {limit}"


def _alternatives(error: Any) -> str:
    options = error.validator_value
    if error.validator == "oneOf" and not error.context:
        return f"fits more than one of {len(options)} alternatives, but must fit exactly one"
    groups = [option.get("required") for option in options if isinstance(option, dict)]
    if len(groups) == len(options) and all(groups):
        choices = " or else ".join(" and ".join(group) for group in groups if group)
        return f"must have {choices}, and only one of these"
    return f"is {shown(error.instance)}, which fits none of {len(options)} alternatives"


_WORDS: dict[str, Callable[[Any], str]] = {
    "type": _type,
    "enum": _enum,
    "pattern": _pattern,
    "format": _format,
    "const": lambda error: f"is {shown(error.instance)}, but must be {shown(error.validator_value)}",
    "minimum": lambda error: f"is {shown(error.instance)}, but must be at least {error.validator_value}",
    "maximum": lambda error: f"is {shown(error.instance)}, but must be at most {error.validator_value}",
    "exclusiveMinimum": lambda error: f"is {shown(error.instance)}, but must be above {error.validator_value}",
    "exclusiveMaximum": lambda error: f"is {shown(error.instance)}, but must be below {error.validator_value}",
    "minLength": lambda error: _count(error, "character", "at least"),
    "maxLength": lambda error: _count(error, "character", "at most"),
    "minItems": lambda error: _count(error, "item", "at least"),
    "maxItems": lambda error: _count(error, "item", "at most"),
    "minProperties": lambda error: _count(error, "field", "at least"),
    "maxProperties": lambda error: _count(error, "field", "at most"),
    "uniqueItems": lambda _error: "holds the same item twice",
    "oneOf": _alternatives,
    "anyOf": _alternatives,
}


def _meaning(error: Any) -> str:
    """The first sentence of the field's description, which says what the pattern means."""
    sentence, _, _ = str(error.schema.get("description", "")).partition(". ")
    return f" ({sentence.rstrip('.')})" if sentence and len(sentence) <= 2 * LONGEST_VALUE else ""


def _known(name: str, known: list[str]) -> str:
    return near(name, known) or (f"; known are {', '.join(known)}" if known else "")


@cache
def _ecma(pattern: str) -> re.Pattern[str]:
    """The pattern as ECMA-262 and jsonschema-rs read it: `$` is the very end, not also before a last line feed."""
    in_class = escaped = False
    result = []
    for character in pattern:
        if character == "$" and not in_class and not escaped:
            result.append(r"\Z")
            continue
        if not escaped:
            in_class = character == "[" or (in_class and character != "]")
        escaped = character == "\\" and not escaped
        result.append(character)
    return re.compile("".join(result))


def _matches(_validator: Any, pattern: str, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    if isinstance(instance, str) and not _ecma(pattern).search(instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


_Explainer = extend(jsonschema.Draft202012Validator, {"pattern": _matches})  # type: ignore[no-untyped-call]
