"""How items and lists are told: as the document has the answer, with what is made up around them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from ..channels.http.exchange import Answer, Request
from .answering import Answering
from .api import Operation
from .forms import Forms
from .memory import Item
from .resources import Resource
from .sampling import Sampler
from .schemas import Schemas
from .wishes import Wishes

_encode = msgspec.json.Encoder().encode


class Telling:
    """Writes the answers of one document's collections. What would not be what the document says is made up whole."""

    def __init__(self, schemas: Schemas, sampler: Sampler, answering: Answering, forms: Forms) -> None:
        self._schemas = schemas
        self._sampler = sampler
        self._answering = answering
        self._forms = forms
        self._around: dict[str, Any] = {}

    def around(self, schema: Any, key: str) -> Any:
        """What is made up about an answer that items stand in, the same each time."""
        if key not in self._around:
            self._around[key] = self._sampler.value(schema, key)
        return self._around[key]

    def item(
        self,
        request: Request,
        operation: Operation,
        resource: Resource,
        item: Item,
        own: dict[bytes, str],
        status: int | None = None,
    ) -> Answer:
        """An item, with its entity tag where the document has one. Raises: MockRefusal 406."""
        status = status or operation.success
        form = self._forms.told(operation, resource, status)
        media, value = form.media, item.value
        if form.tagged:
            own = {**own, b"etag": tag_of(item)}
        if media is None:
            return self.plain(request, operation, own, status)
        known = item.sound and form.as_kept
        sound = known or (not form.place and (media.checker is None or media.checker.is_valid(value)))
        if not sound:
            value = self._fitted(operation, status, media.schema, form.place, value)
        return self.value(request, operation, without(value, form.hidden), own, status, sound=sound)

    def _fitted(self, operation: Operation, status: int, schema: Any, place: tuple[str, ...], value: Any) -> Any:
        """An item as an answer of another form has it: wrapped, or with other properties."""
        around = self.around(schema, f"{operation.method} {operation.path} {status}")
        if not isinstance(around, dict) or not isinstance(value, dict):
            return around
        if place:
            return {**around, place[0]: value}
        known = self._schemas.properties(schema)
        return {**around, **{name: each for name, each in value.items() if name in known}}

    def plain(
        self, request: Request, operation: Operation, own: Mapping[bytes, str] | None = None, status: int | None = None
    ) -> Answer:
        """An answer that the item does not stand in."""
        status = status or operation.success
        response = operation.response(status)
        if response is None or not response.media:
            return Answer(status, b"", self._answering.headers(operation, status, own or {}))
        made = self._answering.wished(operation, Wishes(status), request.header("accept"))
        return Answer(made.status, made.body, self._answering.headers(operation, status, own or {}), made.media_type)

    def value(
        self,
        request: Request,
        operation: Operation,
        value: Any,
        own: Mapping[bytes, str] | None = None,
        status: int | None = None,
        *,
        sound: bool = False,
    ) -> Answer:
        """A value; made up instead where it is not what the document says. `sound`: that it is, is known.

        Raises: MockRefusal 406.
        """
        status = status or operation.success
        response = operation.response(status)
        media = self._answering.media(response, request.header("accept")) if response is not None else None
        sound = sound or media is None or media.checker is None or media.checker.is_valid(value)
        if media is not None and not (media.is_json and sound):
            return self.plain(request, operation, own, status)
        kind = media.type if media is not None and "*" not in media.type else "application/json"
        headers = self._answering.headers(operation, status, own or {})
        return Answer(status, _encode(value), headers, kind.encode("latin-1", "replace"))


def tag_of(item: Item) -> str:
    """The entity tag of an item as it is now."""
    return f'"{item.version}"'


def without(value: Any, hidden: frozenset[str]) -> Any:
    """An item, or what stands in its place, without some of its properties."""
    if not hidden or not isinstance(value, dict):
        return value
    return {name: each for name, each in value.items() if name not in hidden}
