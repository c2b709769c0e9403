"""What an operation may answer: success, and each error that a caller has to reckon with."""

from __future__ import annotations

from collections.abc import Iterator

from ..api_operation import ApiOperation, answer, operations
from ..kinds.json_schema import has
from ..part import Part
from ..rule import Defect, Rule, Severity, defect, rule
from ..view import View


def _lacks(operation: ApiOperation, status: int, because: str) -> Iterator[Defect]:
    """The defect of an operation that documents neither the status nor its class nor a default."""
    if answer(operation.responses(), status) is None:
        yield defect(
            operation.part.member("responses"),
            f"{operation.label} {because} and does not document {status}",
            expected=f"a response {status}, {status // 100}XX or default",
            do=f"add {status}, with what its body says",
        )


@rule
class AnswerSuccess(Rule):
    """Every operation documents what it answers when all goes well: a 2xx or 3xx of its own number, not only a
    default.
    """

    id = "answer-success"
    title = "Every operation says what success is"
    kinds = ("openapi",)

    def check(self, view: View) -> Iterator[Defect]:
        for operation in operations(view.root):
            if not any(status[:1] in ("2", "3") for status in operation.responses()):
                yield defect(
                    operation.part.member("responses"),
                    f"{operation.label} documents no success",
                    expected="a response 2xx or 3xx",
                    do="say what a caller gets when all goes well",
                )


@rule
class AnswerErrors(Rule):
    """Every operation documents errors of the caller (4xx) and of the server (5xx), or a default for both. Where a
    caller can do nothing wrong, because it takes neither credentials nor input, those of the server are enough.

    A layer lives in the errors: whether it tries again, gives up, or opens a case is decided by what they say.
    """

    id = "answer-errors"
    title = "Every operation says how it fails"
    kinds = ("openapi",)

    def check(self, view: View) -> Iterator[Defect]:
        for operation in operations(view.root):
            documented = operation.responses()
            faultless = not (operation.needs_credentials or operation.parameters() or operation.request())
            for group, whose in (("4", "of the caller"), ("5", "of the server")):
                if group == "4" and faultless:
                    continue
                if "default" not in documented and not any(status.startswith(group) for status in documented):
                    yield defect(
                        operation.part.member("responses"),
                        f"{operation.label} documents no error {whose}",
                        expected=f"a response {group}xx, or default",
                        do="add those that it can answer, with a problem document each",
                    )


@rule
class AnswerUnauthorized(Rule):
    """Who needs credentials may have none (401) or not enough (403): an operation that asks for them documents both."""

    id = "answer-unauthorized"
    title = "An operation with credentials documents 401 and 403"
    kinds = ("openapi",)

    def check(self, view: View) -> Iterator[Defect]:
        for operation in operations(view.root):
            if operation.needs_credentials:
                yield from _lacks(operation, 401, "asks for credentials")
                yield from _lacks(operation, 403, "asks for credentials")


@rule
class AnswerNotFound(Rule):
    """An operation on something that its path names documents that there may be none: 404."""

    id = "answer-not-found"
    title = "An operation on something named documents 404"
    kinds = ("openapi",)

    def check(self, view: View) -> Iterator[Defect]:
        for operation in operations(view.root):
            if "{" in operation.path:
                yield from _lacks(operation, 404, "names something in its path")


@rule
class AnswerInvalid(Rule):
    """An operation that takes a body or a query documents what it answers to one that is wrong: 400 (or 422)."""

    id = "answer-invalid"
    title = "An operation that takes input documents 400 or 422"
    kinds = ("openapi",)

    def check(self, view: View) -> Iterator[Defect]:
        for operation in operations(view.root):
            takes = operation.request() is not None or any(where == "query" for where, _ in operation.parameters())
            if takes and answer(operation.responses(), 422) is None:
                yield from _lacks(operation, 400, "takes input")


@rule
class AnswerBusy(Rule):
    """Every operation documents that it may be asked too often: 429."""

    id = "answer-busy"
    title = "Every operation documents 429"
    severity = Severity.WARNING
    kinds = ("openapi",)

    def check(self, view: View) -> Iterator[Defect]:
        for operation in operations(view.root):
            yield from _lacks(operation, 429, "may be called too often")


@rule
class RetryAfter(Rule):
    """An answer 429 or 503 has the header Retry-After (RFC 9110, 10.2.3), so that callers wait as long as they have
    to and no longer.
    """

    id = "retry-after"
    title = "429 and 503 say when to come again"
    severity = Severity.WARNING
    kinds = ("openapi",)

    def check(self, view: View) -> Iterator[Defect]:
        for operation in operations(view.root):
            for status in ("429", "503"):
                part = operation.responses().get(status)
                if part is not None and not _has_header(part, "Retry-After"):
                    yield defect(
                        part,
                        f"the answer {status} does not say when to come again",
                        expected="the header Retry-After",
                        do="declare it under `headers`",
                    )


@rule
class ProblemDetails(Rule):
    """The body of an error is a problem document, `application/problem+json` (RFC 9457), in all operations alike.

    One shape of error is handled once; five shapes are handled four times wrongly. Token endpoints are left out:
    OAuth 2 has a shape of its own for them (RFC 6749, 5.2).
    """

    id = "problem-details"
    title = "Errors are problem documents"
    severity = Severity.WARNING
    kinds = ("openapi",)

    def check(self, view: View) -> Iterator[Defect]:
        for operation in operations(view.root):
            request = operation.request()
            if request is not None and "application/x-www-form-urlencoded" in (request.get("content") or ()):
                continue
            for status, part in operation.responses().items():
                media_types = list(part.get("content") or ())
                if status[:1] in ("4", "5") and media_types and "application/problem+json" not in media_types:
                    yield defect(
                        part.member("content"),
                        f"the error is {', '.join(media_types)}",
                        expected="application/problem+json",
                        do="describe the error as RFC 9457 has it",
                    )


@rule
class CreatedPlace(Rule):
    """An answer 201 says where the new thing is, where it can be read by itself: the header Location (RFC 9110,
    15.3.2).
    """

    id = "created-place"
    title = "201 says where the new thing is"
    severity = Severity.WARNING
    kinds = ("openapi",)

    def check(self, view: View) -> Iterator[Defect]:
        for operation in operations(view.root):
            part = operation.responses().get("201")
            readable = any(path.startswith(f"{operation.path}/{{") for path in view.root.get("paths"))
            if part is not None and readable and not _has_header(part, "Location"):
                yield defect(
                    part,
                    f"{operation.label} creates something and does not say where it is",
                    expected="the header Location",
                    do="declare it under `headers`",
                )


@rule
class AnswerBody(Rule):
    """A success that has something to say says what: a GET documents the body of its 200."""

    id = "answer-body"
    title = "A GET documents what it gives"
    kinds = ("openapi",)

    def check(self, view: View) -> Iterator[Defect]:
        for operation in operations(view.root):
            part = operation.responses().get("200")
            if operation.method != "get" or part is None:
                continue
            bodies = [media for _, media in part.member("content").members()]
            if not any(has(media, "schema") for media in bodies):
                yield defect(
                    part,
                    f"{operation.label} gives something with 200 and does not say what",
                    expected="`content` with a media type and its schema",
                    do="describe the body, or answer 204",
                )


def _has_header(part: Part, name: str) -> bool:
    return any(header.lower() == name.lower() for header in part.get("headers") or ())
