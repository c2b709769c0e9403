"""A refusal as HTTP says it: problem details (RFC 9457) with our code, and pointers at what was wrong."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ....contracts import documents
from ....contracts.objects import Problem, ProblemError
from ...refusal import FieldError, Refusal
from .exchange import Headers

TYPE_BASE = "https://contracts.crossdock.example/problems/"
MEDIA_TYPE = b"application/problem+json"

# As long as contracts/canonical/v1/problem.json lets them be: what is wrong may be of any length and any number.
_LONGEST_DETAIL = 4000
_LONGEST_ERROR = 1000
_LONGEST_POINTER = 400
_LONGEST_PARAMETER = 60
_MOST_ERRORS = 200


class HttpRefusal(Refusal):
    """A refusal that has more to say in HTTP: header fields of its answer."""

    def __init__(self, code: str, detail: str, headers: Headers, *, retry_after_s: float | None = None) -> None:
        super().__init__(code, detail, retry_after_s=retry_after_s)
        self.headers = headers


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """A row of contracts/http/v1/problems.yaml."""

    status: int
    title: str


@cache
def kinds() -> dict[str, ProblemKind]:
    """Problem code → status and title, from the contract."""
    table = documents.load("http/v1/problems.yaml")["problems"]
    return {code: ProblemKind(int(row["status"]), str(row["title"])) for code, row in table.items()}


def problem(refusal: Refusal, exchange: int) -> Problem:
    """The document for a refusal. A code that the contract doesn't have is our own bug and raises KeyError.

    `instance` names the exchange in the journal, so that a partner's question finds its answer.
    """
    kind = kinds()[refusal.code]
    return Problem(
        type=TYPE_BASE + refusal.code,
        title=kind.title,
        status=kind.status,
        detail=_cut(refusal.detail, _LONGEST_DETAIL),
        instance=f"/exchanges/{exchange}",
        code=refusal.code,
        errors=tuple(_error(error) for error in refusal.errors[:_MOST_ERRORS]) or None,
        existing=refusal.existing,
    )


def _error(error: FieldError) -> ProblemError:
    detail = _cut(error.detail, _LONGEST_ERROR)
    if error.parameter is not None:
        return ProblemError(detail=detail, parameter=_cut(error.parameter, _LONGEST_PARAMETER) or "(no name)")
    pointer = error.pointer or ""
    while len(pointer) > _LONGEST_POINTER:  # then the nearest thing around it that can be named
        pointer = pointer.rpartition("/")[0]
    return ProblemError(detail=detail, pointer=pointer)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
