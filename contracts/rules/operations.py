"""Operations of an API: named, described, grouped, and with the parameters that their paths demand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..api_operation import ApiOperation, operations
from ..part import Part
from ..rule import Defect, Rule, Severity, defect, rule
from ..view import View

_PLACEHOLDER = re.compile(r"\{([^}]*)\}")


@rule
class OperationId(Rule):
    """Every operation has an `operationId`, and no two in a document have the same.

    Links, pacts, reports, generated clients and the faults of a scenario name an operation by it.
    """

    id = "operation-id"
    title = "Every operation has a name of its own"
    kinds = ("openapi",)

    def check(self, view: View) -> Iterator[Defect]:
        taken: dict[str, ApiOperation] = {}
        for operation in operations(view.root):
            name = operation.part.get("operationId")
            if not name:
                yield defect(
                    operation.part,
                    f"{operation.label} has no operationId",
                    expected="an operationId",
                    do="name it by a verb and what it is done to, such as createSalesOrder",
                )
            elif name in taken:
                yield defect(
                    operation.part.member("operationId"),
                    f"{operation.label} is named {name}, and so is {taken[name].label}",
                    expected="each operationId once",
                    do="rename one of them",
                )
            taken.setdefault(str(name), operation)


@rule
class OperationDescribed(Rule):
    """Every operation says in `summary` what it does in a line, and in `description` what a caller has to know: what it
    causes, what it leaves alone, when it refuses.
    """

    id = "operation-described"
    title = "Every operation is described"
    kinds = ("openapi",)

    def check(self, view: View) -> Iterator[Defect]:
        for operation in operations(view.root):
            for name in ("summary", "description"):
                if not str(operation.part.get(name, "")).strip():
                    yield defect(
                        operation.part,
                        f"{operation.label} has no {name}",
                        expected=f"a {name}",
                        do="tell what a caller has to know",
                    )


@rule
class OperationTagged(Rule):
    """Every operation has a tag, and every tag is declared at the top of the document, with a description."""

    id = "operation-tagged"
    title = "Every operation belongs to a declared group"
    severity = Severity.WARNING
    kinds = ("openapi",)

    def check(self, view: View) -> Iterator[Defect]:
        declared = {tag.get("name"): tag for _, tag in view.root.member("tags").members()}
        for name, tag in declared.items():
            if not tag.get("description"):
                yield defect(
                    tag, f"the tag {name} has no description", expected="a description", do="say what it groups"
                )
        for operation in operations(view.root):
            if not operation.part.get("tags"):
                yield defect(operation.part, f"{operation.label} has no tag", expected="a tag", do="give it one")
            for index, name in enumerate(operation.part.get("tags") or ()):
                if name not in declared:
                    yield defect(
                        operation.part.member("tags", index),
                        f"the tag {name} is not declared",
                        expected=f"one of {', '.join(map(str, declared)) or 'the tags at the top of the document'}",
                        do="declare it under `tags`, with a description",
                    )


@rule
class PathParameters(Rule):
    """The placeholders of a path and the path parameters of its operations are the same, and each is required."""

    id = "path-parameters"
    title = "Every placeholder of a path is a required parameter"
    kinds = ("openapi",)

    def check(self, view: View) -> Iterator[Defect]:
        for operation in operations(view.root):
            declared = {name: part for (where, name), part in operation.parameters().items() if where == "path"}
            wanted = _PLACEHOLDER.findall(operation.path)
            for name in wanted:
                if name not in declared:
                    yield defect(
                        operation.part,
                        f"{operation.label} does not declare {{{name}}}",
                        expected=f"a parameter {name} in path",
                        do="declare it",
                    )
            for name, part in declared.items():
                if name not in wanted:
                    yield defect(
                        operation.part,
                        f"{operation.label} declares {name} in path, but the path has no {{{name}}}",
                        expected=f"one of {', '.join(wanted) or 'no path parameters'}",
                        do="remove it, or put it into the path",
                    )
                elif part.get("required") is not True:
                    yield defect(
                        part,
                        f"the path parameter {name} is not required",
                        expected="required: true",
                        do="add it: a path without it is another path",
                    )


@rule
class PathDistinct(Rule):
    """No two paths differ in the names of their placeholders alone: `/orders/{id}` and `/orders/{orderNo}` are one
    path.
    """

    id = "path-distinct"
    title = "No two paths are the same"
    kinds = ("openapi",)

    def check(self, view: View) -> Iterator[Defect]:
        taken: dict[str, str] = {}
        for path, part in view.root.member("paths").members():
            first = taken.setdefault(_PLACEHOLDER.sub("{}", path), path)
            if first != path:
                yield defect(
                    part,
                    f"{path} is the same path as {first}",
                    expected="paths that can be told apart",
                    do="put both under one, or give one of them another path",
                )


@rule
class ParameterDescribed(Rule):
    """Every parameter has a schema (or a content with one) and a description."""

    id = "parameter-described"
    title = "Every parameter has a schema and a description"
    kinds = ("openapi", "openapi-components")

    def check(self, view: View) -> Iterator[Defect]:
        for node in view.all("parameter"):
            name = node.part.get("name")
            if not node.part.get("description"):
                yield defect(
                    node, f"the parameter {name} has no description", expected="a description", do="say what it is for"
                )
            if node.part.get("schema") in ({}, True):
                yield defect(
                    node, f"the parameter {name} may be anything", expected="a schema with a type", do="say its type"
                )


@rule
class LinkLeads(Rule):
    """A link leads to an operation of this document, and fills parameters that the operation has, all those of its
    path.
    """

    id = "link-leads"
    title = "A link leads to an operation and fills its path"
    kinds = ("openapi",)

    def check(self, view: View) -> Iterator[Defect]:
        known = {str(operation.part.get("operationId")): operation for operation in operations(view.root)}
        for node in view.all("link"):
            name = node.part.get("operationId")
            if name is None:
                continue
            if name not in known:
                yield defect(
                    node,
                    f"the link {node.name} leads to {name}",
                    expected="an operationId of this document",
                    do="correct it",
                )
                continue
            parameters = [str(parameter.get("name")) for parameter in known[name].parameters().values()]
            given = [each.rpartition(".")[2] for each in node.part.get("parameters") or ()]
            yield from _unfilled(node.part, known[name], given, parameters)


def _unfilled(link: Part, operation: ApiOperation, given: list[str], known: list[str]) -> Iterator[Defect]:
    for name in given:
        if name.lower() not in (each.lower() for each in known):
            yield defect(
                link.member("parameters"),
                f"fills {name}, which {operation.label} does not take",
                expected=f"one of {', '.join(known)}",
                do="correct it",
            )
    for name in _PLACEHOLDER.findall(operation.path):
        if name not in given:
            yield defect(
                link,
                f"does not fill {name} of {operation.label}",
                expected=f"a value for {name} under `parameters`",
                do="say from where in the answer it comes, such as $response.body#/orderId",
            )
