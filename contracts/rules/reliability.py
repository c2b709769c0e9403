"""What an operation needs so that a layer can call it again: keys, versions, pages."""

from __future__ import annotations

from collections.abc import Iterator

from ..api_operation import ApiOperation, operations
from ..object_model import SCHEMA
from ..part import Part
from ..rule import Defect, Rule, Severity, defect, rule
from ..view import View


@rule
class CreateIdempotent(Rule):
    """A POST that creates something takes an Idempotency-Key (draft-ietf-httpapi-idempotency-key-header).

    A caller that got no answer cannot know whether the order was taken. With a key it asks again; without one it orders
    twice, or not at all.
    """

    id = "create-idempotent"
    title = "A POST that creates takes an Idempotency-Key"
    kinds = ("openapi",)

    def check(self, view: View) -> Iterator[Defect]:
        for operation in operations(view.root):
            creates = operation.method == "post" and "201" in operation.responses()
            if creates and not operation.has_parameter("header", "Idempotency-Key"):
                yield defect(
                    operation.part,
                    f"{operation.label} creates something, and cannot be tried again without creating it twice",
                    expected="a header parameter Idempotency-Key",
                    do="take one, and answer a repetition as the first time",
                )


@rule
class ChangeConditional(Rule):
    """A PUT or PATCH takes If-Match (RFC 9110, 13.1.1), so that of two who change the same thing one hears of the
    other.
    """

    id = "change-conditional"
    title = "A PUT or PATCH takes If-Match"
    severity = Severity.WARNING
    kinds = ("openapi",)

    def check(self, view: View) -> Iterator[Defect]:
        for operation in operations(view.root):
            if operation.method in ("put", "patch") and not operation.has_parameter("header", "If-Match"):
                yield defect(
                    operation.part,
                    f"{operation.label} overwrites what somebody else has changed meanwhile",
                    expected="a header parameter If-Match, and an ETag in the answers",
                    do="take one, and answer 412 when it is stale",
                )


@rule
class ListPaged(Rule):
    """A GET that gives a list gives it in pages: it takes `limit` and a cursor (or page, offset).

    A list without pages works until the day when there are a hundred thousand. One that a required parameter of the
    query narrows down is left out.
    """

    id = "list-paged"
    title = "A list comes in pages"
    severity = Severity.WARNING
    kinds = ("openapi",)

    _PAGING = frozenset(
        {"cursor", "page", "offset", "after", "starting_after", "continuation", "pagetoken", "page_token"}
    )

    def check(self, view: View) -> Iterator[Defect]:
        for operation in operations(view.root):
            if operation.method == "get" and "{" not in operation.path.rpartition("/")[2] and _gives_list(operation):
                query = {
                    name.lower(): part for (where, name), part in operation.parameters().items() if where == "query"
                }
                narrowed = any(part.get("required") for part in query.values())
                if not narrowed and not query.keys() & self._PAGING:
                    yield defect(
                        operation.part,
                        f"{operation.label} gives a list in one piece",
                        expected="query parameters for pages, such as limit and cursor",
                        do="take them, and give the cursor of the next page",
                    )


def _gives_list(operation: ApiOperation) -> bool:
    success = operation.responses().get("200")
    if success is None:
        return False
    for _, media in success.member("content").members():
        schema = media.member(SCHEMA).followed()
        if _is_list(schema) or any(
            name in ("items", "data", "results") and _is_list(field) for name, field in _fields(schema)
        ):
            return True
    return False


def _fields(schema: Part) -> list[tuple[str, Part]]:
    return [(name, field.followed()) for name, field in schema.member("properties").members()]


def _is_list(schema: Part) -> bool:
    return bool(schema.get("type") == "array")


@rule
class ArrayBounded(Rule):
    """A list that is sent to an API has `maxItems`, and text `maxLength`, an `enum`, a `const`, a `format` or a
    pattern that ends.

    Whoever takes input of any size can be brought down by one request.
    """

    id = "input-bounded"
    title = "What an API takes has a greatest size"
    severity = Severity.NOTE
    kinds = ("openapi",)

    _LIMITS = ("maxLength", "enum", "const", "format", "pattern", "$ref", "oneOf", "anyOf", "allOf")

    def check(self, view: View) -> Iterator[Defect]:
        for node in view.all(SCHEMA):
            if node.up("request body") is None and node.up("parameter") is None:
                continue
            schema = node.part.value
            if schema.get("type") == "array" and "maxItems" not in schema:
                yield self._unbounded(node.part, node.name, "list", "maxItems")
            elif schema.get("type") == "string" and not any(limit in schema for limit in self._LIMITS):
                yield self._unbounded(node.part, node.name, "text", "maxLength")

    def _unbounded(self, part: Part, name: str, what: str, limit: str) -> Defect:
        return defect(
            part, f"{name or 'this'} is a {what} of any size", expected=limit, do="say how much is taken at most"
        )
