"""Schemas that every reader reads alike: the subset on which the validators of the field agree."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..object_model import SCHEMA
from ..part import Part
from ..rule import Defect, Rule, Severity, defect, rule
from ..view import View

# An odd number of backslashes before the letter: `\\d` in a pattern is a backslash and a d.
_CLASS = re.compile(r"(?<!\\)(?:\\\\)*\\([dDwWsSpPbB])")
_UNREAD = ("$dynamicRef", "$recursiveRef", "$dynamicAnchor", "$anchor")


def _patterns(view: View) -> Iterator[Part]:
    for node in view.all(SCHEMA):
        if isinstance(node.part.get("pattern"), str):
            yield node.part.member("pattern")


@rule
class PatternPortable(Rule):
    r"""A pattern has no shorthand classes: `[0-9]` in place of `\d`, and neither `\w`, `\s`, `\b` nor `\p{…}`.

    Readers differ: for some `\d` is any digit of Unicode, for others 0 to 9; some refuse `\p{L}` altogether.
    """

    id = "pattern-portable"
    title = "Patterns mean the same to every reader"
    severity = Severity.WARNING

    def check(self, view: View) -> Iterator[Defect]:
        for part in _patterns(view):
            if found := _CLASS.search(part.value):
                yield defect(
                    part,
                    rf"the pattern uses \{found[1]}, which readers take differently",
                    expected="characters and ranges, such as [0-9] or [A-Za-z_]",
                    do="write the range out",
                )


@rule
class PatternReadable(Rule):
    """A pattern is a regular expression, in the part of the language that ECMA-262 and others share."""

    id = "pattern-readable"
    title = "A pattern is a regular expression"

    def check(self, view: View) -> Iterator[Defect]:
        for part in _patterns(view):
            try:
                re.compile(_CLASS.sub("a", part.value))
            except re.error as error:
                yield defect(
                    part,
                    f"the pattern cannot be read: {error}",
                    expected="a regular expression (ECMA-262)",
                    do="correct it",
                )


@rule
class PatternWhole(Rule):
    """A pattern says what the whole text is, from `^` to `$`.

    In JSON Schema a pattern may match anywhere: `[A-Z]{3}` accepts "xxUSDxx".
    """

    id = "pattern-whole"
    title = "A pattern is about the whole text"
    severity = Severity.WARNING

    def check(self, view: View) -> Iterator[Defect]:
        for part in _patterns(view):
            begins_or_ends = part.value.startswith("^") or part.value.endswith("$")
            if not begins_or_ends:
                yield defect(
                    part,
                    f"the pattern {part.value} may match anywhere in the text",
                    expected="a pattern from ^ to $",
                    do=f"write ^{part.value}$, or ^ or $ alone where only a beginning or an end is meant",
                )


@rule
class NumberExact(Rule):
    """A number is a multiple of whole numbers only: no `multipleOf: 0.01`.

    Validators that count in binary fractions say that 19.99 is no multiple of 0.01, others that it is.
    """

    id = "number-exact"
    title = "No multiples of fractions"
    severity = Severity.WARNING

    def check(self, view: View) -> Iterator[Defect]:
        for node in view.all(SCHEMA):
            step = node.part.get("multipleOf")
            if isinstance(step, float) and not step.is_integer():
                yield defect(
                    node.part.member("multipleOf"),
                    f"demands multiples of {step}, on which validators disagree",
                    expected="whole numbers",
                    do="count in the smallest unit (cents), or write decimals as text with a pattern",
                )


@rule
class AmountExact(Rule):
    """An amount, a price or a quantity is no floating-point number: text with a pattern, or a whole number of the
    smallest unit.

    A binary fraction cannot hold 0.10. Somewhere between five systems a cent is lost, and the invoice does not add up.
    """

    id = "amount-exact"
    title = "Amounts and quantities are no floating-point numbers"
    severity = Severity.WARNING

    _WORDS = re.compile(r"(?i)(amount|price|total|tax|freight|cost|fee|discount|quantity|qty|balance|rate|percent)s?$")

    def check(self, view: View) -> Iterator[Defect]:
        for node in view.all(SCHEMA):
            kinds = node.part.get("type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if node.field == "properties" and "number" in kinds and self._WORDS.search(node.name):
                yield defect(
                    node.part.member("type"),
                    f"{node.name} is a number, which cannot hold 0.10",
                    expected=r"text with a pattern (^-?[0-9]+(\.[0-9]{1,4})?$), or whole numbers of the smallest unit",
                    do="write it as decimal text",
                )


@rule
class KeywordPortable(Rule):
    """A schema refers by `$ref` to a file and a pointer, and by nothing else: no `$dynamicRef`, no anchors.

    Several readers of OpenAPI resolve every `#/` against the whole document, and know neither anchors nor `$id` inside.
    """

    id = "keyword-portable"
    title = "Schemas refer by file and pointer only"

    def check(self, view: View) -> Iterator[Defect]:
        for node in view.all(SCHEMA):
            for name in _UNREAD:
                if name in node.part.value:
                    yield defect(
                        node.part.member(name),
                        f"uses {name}, which many readers do not know",
                        expected="`$ref` with a file, a pointer, or both",
                        do="move what is meant under `$defs` or `components/schemas`, and refer to it there",
                    )


@rule
class NullableModern(Rule):
    """What may be null says so in its `type`: `type: [string, "null"]`. OpenAPI 3.0's `nullable` means nothing in 3.1.

    A reader of 3.1 ignores the word, and refuses null.
    """

    id = "nullable-modern"
    title = "Null is one of the types, not `nullable`"
    kinds = ("openapi", "openapi-components")

    def check(self, view: View) -> Iterator[Defect]:
        for node in view.all(SCHEMA):
            if "nullable" in node.part.value:
                yield defect(
                    node.part.member("nullable"),
                    "says `nullable`, which OpenAPI 3.1 does not know",
                    expected='"null" among the types',
                    do='write type: [<the type>, "null"]',
                )
