"""Examples: there, and true."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from ..documents import DocumentError
from ..kind import Example
from ..kinds.json_schema import has
from ..object_model import Node
from ..part import Part
from ..rule import Defect, Rule, defect, rule
from ..view import View

_MOST_ERRORS = 5  # of one example; the sixth says it again


@rule
class ExampleValid(Rule):
    """Every example and every default is what the schema beside it says.

    Examples are what people copy, mock servers answer and tests begin with: one that is wrong makes all of these wrong.
    """

    id = "example-valid"
    title = "Every example is what its schema says"

    def check(self, view: View) -> Iterator[Defect]:
        if _all_fit(view):
            return
        for example in view.examples:
            yield from _errors(view, example)


def _all_fit(view: View) -> bool:
    try:
        return view.fits(view.examples)
    except (DocumentError, ValueError):
        return False  # one of them is to blame, and the others are judged all the same


def _errors(view: View, example: Example) -> Iterator[Defect]:
    part, schema = example
    try:
        errors = view.validator(schema).errors(part.value)
    except (DocumentError, ValueError):
        return  # what the schema refers to, or the schema itself, is told as broken
    for error in islice(errors, _MOST_ERRORS):
        yield Defect(
            part.document,
            part.pointer + error.pointer,
            f"the example {error.message}",
            f"what the schema at {schema.pointer or 'the top'} says",
            "correct the example, or the schema where the example is right",
        )


@rule
class BodyExample(Rule):
    """Every JSON body that an operation takes or gives has an example.

    Who has never seen the other side's data learns from an example in a minute what a schema tells in an hour.
    """

    id = "body-example"
    title = "Every JSON body has an example"
    kinds = ("openapi", "openapi-components")

    def check(self, view: View) -> Iterator[Defect]:
        for node in view.all("media type"):
            if _is_json(node.name) and has(node.part, "schema") and not _has_example(node.part):
                yield defect(
                    node,
                    f"{_whose(node)} has no example",
                    expected="`example`, or `examples` with at least one",
                    do="add one that a partner could copy",
                )


def _is_json(media_type: str) -> bool:
    kind = media_type.partition(";")[0].strip().lower()
    return kind == "application/json" or kind.endswith("+json")


def _has_example(part: Part) -> bool:
    if has(part, "example") or part.get("examples"):
        return True
    schema = part.member("schema")
    return any(has(each, name) for each in (schema, schema.followed()) for name in ("example", "examples"))


def _whose(node: Node) -> str:
    around = node.parent
    what = f"the {node.name} body"
    if around is not None and around.kind == "response":
        what = f"the {node.name} body of the answer {around.name}"
    operation = node.up("operation")
    return f"{what} of {operation.part.get('operationId')}" if operation else what


@rule
class EventExample(Rule):
    """Every message has an example of its payload: a whole event, with its envelope, as a subscriber would get it."""

    id = "event-example"
    title = "Every event has an example"
    kinds = ("asyncapi",)

    def check(self, view: View) -> Iterator[Defect]:
        for node in view.all("message"):
            examples = [each for _, each in node.part.member("examples").members() if has(each, "payload")]
            if not examples:
                yield defect(
                    node,
                    f"the message {node.name} has no example",
                    expected="`examples` with at least one `payload`",
                    do="add a whole event, as a subscriber would get it",
                )
