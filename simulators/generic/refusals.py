"""What a mock answers when it can't do what it is asked for: problem documents (RFC 9457)."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

import msgspec

from ...contracts.validation import SchemaError
from ..channels.http.exchange import Answer, Headers

MEDIA_TYPE = b"application/problem+json"
MOST_ERRORS = 50


class MockRefusal(Exception):
    """The answer in the place of the one that was asked for."""

    def __init__(self, status: int, detail: str, errors: Sequence[SchemaError] = (), headers: Headers = ()) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors, self.headers = status, detail, errors, headers

    def answer(self) -> Answer:
        document: dict[str, object] = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
        }
        if self.errors:
            document["errors"] = [
                {"pointer": error.pointer, "detail": error.message} for error in self.errors[:MOST_ERRORS]
            ]
        return Answer(self.status, msgspec.json.encode(document), self.headers, MEDIA_TYPE)
