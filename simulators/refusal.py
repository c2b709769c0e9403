"""A business rule says no: the caller's fault or the state's, never the simulator's."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong in the input: `pointer` (RFC 6901, into the body) or `parameter` (path, query or header)."""

    detail: str
    pointer: str | None = None
    parameter: str | None = None


class Refusal(Exception):
    """Raised by a rule instead of an answer; whatever the rule had begun is forgotten.

    `code` is one of contracts/http/v1/problems.yaml, which gives the HTTP status and the title; other channels have
    their own words for it (a 997 code, a line in an error file).
    """

    def __init__(
        self,
        code: str,
        detail: str,
        *errors: FieldError,
        retry_after_s: float | None = None,
        existing: str | None = None,
    ) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail
        self.errors = errors
        self.retry_after_s = retry_after_s
        self.existing = existing

    @classmethod
    def at(cls, code: str, pointer: str, detail: str) -> Refusal:
        """A refusal over one field of the body."""
        return cls(code, detail, FieldError(detail, pointer=pointer))
