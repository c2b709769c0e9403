"""Answers made from a document alone: its examples, else what its schemas let through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from ..channels.http.exchange import Answer, Headers
from .api import Media, Operation, Response
from .refusals import MockRefusal
from .sampling import Sampler
from .schemas import Schemas
from .wishes import Wishes, acceptable

# What is kept by Accept headers, which are the callers' and could be anything.
MOST_KEPT = 10_000
_encode = msgspec.json.Encoder().encode


class Answering:
    """Makes answers of one document. What is always the same is made once."""

    def __init__(self, schemas: Schemas, sampler: Sampler) -> None:
        self._schemas = schemas
        self._sampler = sampler
        self._made: dict[tuple[str, str, int, str], Answer] = {}
        self._headers: dict[tuple[str, str, int], Headers] = {}
        self._media: dict[tuple[int, str], Media | None] = {}
        self._dynamic = 0

    def wished(self, operation: Operation, wishes: Wishes, accept: str | None) -> Answer:
        """Raises: MockRefusal 404 for a status or an example that the document has not, 406 for another media type."""
        status = wishes.status if wishes.status is not None else operation.success
        response = operation.response(status)
        if response is None:
            known = ", ".join(operation.responses) or "none"
            raise MockRefusal(404, f"{operation.method} {operation.path} has no answer {status}; there are {known}")
        if wishes.example or wishes.dynamic:
            return self._answer(operation, status, response, self.media(response, accept), wishes)
        key = (operation.method, operation.path, status, accept or "")
        if key not in self._made:
            if len(self._made) > MOST_KEPT:
                self._made.clear()
            self._made[key] = self._answer(operation, status, response, self.media(response, accept), wishes)
        return self._made[key]

    def media(self, response: Response, accept: str | None) -> Media | None:
        """What the body is written in; None where there is none. Raises: MockRefusal 406."""
        key = (id(response), accept or "")
        if key not in self._media:
            if len(self._media) > MOST_KEPT:
                self._media.clear()
            self._media[key] = self._chosen(response, accept)
        return self._media[key]

    def _chosen(self, response: Response, accept: str | None) -> Media | None:
        written = [each for each in response.media if self._can_be_written(each)]
        media = acceptable(written, accept)
        if media is None and response.media:
            known = (
                ", ".join(each.type for each in written) or "none: a mock writes JSON, text, and what has an example"
            )
            raise MockRefusal(406, f"{accept or response.media[0].type} can't be had; there are {known}")
        return media

    def _can_be_written(self, media: Media) -> bool:
        if media.is_json or media.schema is None:
            return True
        return self._schemas.kind(media.schema) == "string" or any(
            isinstance(each, str) for each in media.examples.values()
        )

    def headers(self, operation: Operation, status: int, own: Mapping[bytes, str]) -> Headers:
        """Those that the document has for the answer, with one's own values where one has them."""
        key = (operation.method, operation.path, status)
        if key not in self._headers:
            self._headers[key] = tuple(self._declared(operation, operation.response(status)))
        told = self._headers[key]
        if not own:
            return told
        owned = tuple((name, _on_one_line(value)) for name, value in own.items())
        return (*(pair for pair in told if pair[0] not in own), *owned)

    def _declared(self, operation: Operation, response: Response | None) -> Iterator[tuple[bytes, bytes]]:
        for name, header in (response.headers if response is not None else {}).items():
            if name == "content-type":
                continue
            key = f"{operation.method} {operation.path} {name}"
            made = header.examples[0] if header.examples else self._sampler.value(header.schema, key)
            text = made if isinstance(made, str) else _encode(made).decode()
            yield name.encode("latin-1", "replace"), _on_one_line(text)

    def _answer(
        self, operation: Operation, status: int, response: Response, media: Media | None, wishes: Wishes
    ) -> Answer:
        headers = self.headers(operation, status, {})
        if media is None:
            if wishes.example:
                raise MockRefusal(404, f"{operation.method} {operation.path} has no example {wishes.example!r}")
            return Answer(status, b"", headers)
        value = self._value(operation, status, media, wishes)
        body = value.encode() if isinstance(value, str) and not media.is_json else _encode(value)
        kind = media.type if "*" not in media.type else "application/json"
        return Answer(status, body, headers, kind.encode("latin-1", "replace"))

    def _value(self, operation: Operation, status: int, media: Media, wishes: Wishes) -> Any:
        """Raises: MockRefusal 404 for an example that is not there."""
        if wishes.example:
            if wishes.example not in media.examples:
                known = ", ".join(name for name in media.examples if name) or "none with a name"
                raise MockRefusal(404, f"there is no example {wishes.example!r} for {status}; there are {known}")
            return media.examples[wishes.example]
        if media.examples and not wishes.dynamic:
            return next(iter(media.examples.values()))
        if media.schema is None:
            return ""
        key = f"{operation.method} {operation.path} {status}"
        if wishes.dynamic:
            self._dynamic += 1
            key = f"{key} {self._dynamic}"
        return self._sampler.value(media.schema, key, media.checker, examples=not wishes.dynamic)


def _on_one_line(value: str) -> bytes:
    return " ".join(value.split()).encode("latin-1", "replace")
