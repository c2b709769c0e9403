"""How things are named: fields, operations, paths, parameters, values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from ..api_operation import operations
from ..object_model import SCHEMA, Node
from ..rule import Defect, Rule, Severity, defect, rule
from ..view import View

_STYLES = {
    "camelCase": re.compile(r"[a-z][a-z0-9]*([A-Z][a-z0-9]*)*"),
    "snake_case": re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*"),
    "kebab-case": re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*"),
    "PascalCase": re.compile(r"([A-Z][a-z0-9]*)+"),
    "UPPER_CASE": re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*"),
}


def fits(style: str, name: str) -> bool:
    return _STYLES[style].fullmatch(name) is not None


def prevailing(names: Iterable[str], styles: Iterable[str]) -> str:
    """The style that most of the names have that tell styles apart; the first of the styles where none does."""
    wanted = list(styles)
    votes = Counter(found[0] for name in names if len(found := [style for style in wanted if fits(style, name)]) == 1)
    return max(wanted, key=lambda style: votes[style])


@rule
class FieldNames(Rule):
    """The fields of all objects are named in one style throughout a document: camelCase or snake_case, the one that
    most of them have.

    Two styles in one document mean that nobody can write a field's name without looking it up. Headers, and the fields
    of OAuth 2 (`access_token`), are named by others.
    """

    id = "field-names"
    title = "Fields are named in one style"
    severity = Severity.WARNING

    # RFC 6749 and RFC 7521.
    _OAUTH = frozenset(
        (
            *("access_token", "assertion", "client_assertion", "client_assertion_type", "client_id", "client_secret"),
            *("error_description", "error_uri", "expires_in", "grant_type", "redirect_uri", "refresh_token"),
            *("response_type", "token_type"),
        )
    )

    def check(self, view: View) -> Iterator[Defect]:
        fields = [node for node in view.all(SCHEMA) if node.field == "properties" and self._is_ours(node)]
        style = prevailing((node.name for node in fields), ("camelCase", "snake_case"))
        for node in fields:
            if not fits(style, node.name):
                yield defect(
                    node,
                    f"the field {node.name} is not written in {style}, as the others are",
                    expected=style,
                    do="rename it before anybody uses it; later that is a breaking change",
                )

    def _is_ours(self, node: Node) -> bool:
        in_headers = node.parent is not None and node.parent.field == "headers"
        return not (in_headers or node.name.startswith("$") or node.name in self._OAUTH)


@rule
class TimeNames(Rule):
    """A field named `…At` is a `date-time`, one named `…Date` or `…On` is a `date`, and their types say so.

    Whether 2026-03-02 means midnight in Albany or in Reno is not something that each reader should decide.
    """

    id = "time-names"
    title = "Times and dates are named and typed as such"
    severity = Severity.WARNING

    # What is based or depends on something says so by its name, too, and is no day.
    _DATE = re.compile(r"[a-z](Date|(?<!based)(?<!depends)On)$|_date$|(?<!based)(?<!depends)_on$")
    _WANTED = ((re.compile(r"[a-z]At$|_at$"), "date-time"), (_DATE, "date"))

    def check(self, view: View) -> Iterator[Defect]:
        for node in view.all(SCHEMA):
            schema = node.part.followed() if node.field == "properties" else node.part
            kinds = schema.get("type")
            is_text = kinds == "string" or (isinstance(kinds, list) and "string" in kinds)
            for ending, wanted in self._WANTED if node.field == "properties" and is_text else ():
                if ending.search(node.name) and schema.get("format") != wanted:
                    yield defect(
                        node,
                        f"{node.name} has {schema.get('format') or 'no'} format",
                        expected=f"format: {wanted}",
                        do=f"add it; where it is no {wanted}, name it otherwise",
                    )


@rule
class ValueNames(Rule):
    """The values of one `enum` are written in one style: all camelCase, or all UPPER_CASE, ….

    A reader that must tell `inTransit` from `in_transit` will one day not.
    """

    id = "value-names"
    title = "The values of an enum are written in one style"
    severity = Severity.WARNING

    def check(self, view: View) -> Iterator[Defect]:
        for node in view.all(SCHEMA):
            values = [
                (index, value) for index, value in enumerate(node.part.get("enum") or ()) if isinstance(value, str)
            ]
            # Codes of others (EA, R02, en-GB) follow their own rules: only words that are in some style are compared.
            words = [value for _, value in values if any(fits(style, value) for style in _STYLES)]
            if any(all(fits(style, value) for value in words) for style in _STYLES):
                continue
            style = prevailing(words, _STYLES)
            for index, value in values:
                if value in words and not fits(style, value):
                    yield defect(
                        node.part.member("enum", index),
                        f"the value {value} is not written in {style}, as the others are",
                        expected=style,
                        do="write it as the others",
                    )


@rule
class OperationNames(Rule):
    """An operation is named by a verb and what it is done to, in camelCase: `createSalesOrder`, `listShipments`.

    Clients are generated with these names, links and pacts refer to them, reports speak of them.
    """

    id = "operation-names"
    title = "An operationId is a verb and a noun in camelCase"
    severity = Severity.WARNING
    kinds = ("openapi",)

    _NAME = re.compile(r"[a-z]+([A-Z][a-z0-9]*)+")

    def check(self, view: View) -> Iterator[Defect]:
        for operation in operations(view.root):
            name = operation.part.get("operationId")
            if isinstance(name, str) and not self._NAME.fullmatch(name):
                yield defect(
                    operation.part.member("operationId"),
                    f"{operation.label} is named {name}",
                    expected="a verb and a noun in camelCase, such as createSalesOrder",
                    do="rename it before anybody uses it",
                )


@rule
class PathNames(Rule):
    """A path is written in kebab-case, its placeholders in camelCase, without a slash at its end, a file ending or a
    query: `/sales-orders/{salesOrderId}/hold-release`.
    """

    id = "path-names"
    title = "Paths are written in kebab-case"
    severity = Severity.WARNING
    kinds = ("openapi",)

    _SEGMENT = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*|\{[a-z][A-Za-z0-9]*\}|\.well-known")

    def check(self, view: View) -> Iterator[Defect]:
        for path, part in view.root.member("paths").members():
            segments = path.removeprefix("/").split("/")
            wrong = [segment for segment in segments if not self._SEGMENT.fullmatch(segment)]
            if wrong and path != "/":
                yield defect(
                    part,
                    f"the path {path} has {wrong[0] or 'an empty segment'} in it",
                    expected="segments in kebab-case, placeholders in camelCase",
                    do="rename it before anybody calls it",
                )


@rule
class PathNouns(Rule):
    """A path names things, not what is done to them: `POST /orders`, never `/createOrder` or `/get-orders`. The
    method is the verb; where it does not suffice, what is done is a thing of its own below the other
    (`/orders/{orderId}/hold-release`).
    """

    id = "path-nouns"
    title = "A path names things, the method is the verb"
    severity = Severity.WARNING
    kinds = ("openapi",)

    _VERB = re.compile(r"(get|list|create|add|update|delete|remove|set|fetch|post|put)([-_A-Z][A-Za-z0-9_-]*)?")

    def check(self, view: View) -> Iterator[Defect]:
        for path, part in view.root.member("paths").members():
            verbs = [segment for segment in path.split("/") if self._VERB.fullmatch(segment)]
            if verbs:
                yield defect(
                    part,
                    f"the path {path} says what is done: {verbs[0]}",
                    expected="a thing, in the plural where there are many",
                    do="name the thing, and let the method say what is done to it",
                )


@rule
class HeaderNames(Rule):
    """A header of one's own is written in words with hyphens (`Idempotency-Key`), and no header that HTTP itself
    defines is declared as a parameter: OpenAPI ignores Accept, Content-Type and Authorization there.
    """

    id = "header-names"
    title = "Headers are written as headers are"
    severity = Severity.WARNING
    kinds = ("openapi", "openapi-components")

    _NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*")
    _IGNORED = frozenset({"accept", "content-type", "authorization"})

    def check(self, view: View) -> Iterator[Defect]:
        for node in view.all("parameter"):
            name = str(node.part.get("name"))
            if node.part.get("in") == "header" and self._is_wrong(name):
                ignored = name.lower() in self._IGNORED
                yield defect(
                    node.part.member("name"),
                    f"the header {name} is {'ignored by OpenAPI' if ignored else 'no usual name'}",
                    expected="words with hyphens; credentials and media types are said elsewhere",
                    do="rename it, or say it under security or content",
                )

    def _is_wrong(self, name: str) -> bool:
        return name.lower() in self._IGNORED or not self._NAME.fullmatch(name)
