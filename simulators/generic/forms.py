"""How the operations of a document take an item and tell one: found out once for each operation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .api import Media, Operation, Response
from .resources import Resource, folded, item_place, json_of
from .schemas import Schemas


@dataclass(frozen=True, slots=True)
class Told:
    """How an item is answered. `place`: where it stands in the JSON of `media`; `as_kept`: by the very schema of its
    resource; `hidden`: what is never answered; `tagged`: with its entity tag.
    """

    response: Response | None
    media: Media | None
    place: tuple[str, ...]
    as_kept: bool
    hidden: frozenset[str]
    tagged: bool


@dataclass(frozen=True, slots=True)
class Taken:
    """How an item is sent. `place`: where it stands in the body; `kept`: what callers don't decide; `names`: of what is
    written otherwise in the item, as `FriendlyName` of a form is `friendly_name` there.
    """

    place: tuple[str, ...]
    kept: frozenset[str]
    names: Mapping[str, str]


class Forms:
    """The forms of one document's operations."""

    def __init__(self, schemas: Schemas) -> None:
        self._schemas = schemas
        self._told: dict[tuple[str, str, int], Told] = {}
        self._taken: dict[tuple[str, str], Taken] = {}

    def told(self, operation: Operation, resource: Resource, status: int) -> Told:
        """How an operation answers, with a status, with an item of the resource that its path is of."""
        key = (operation.method, operation.path, status)
        if key not in self._told:
            response, media = operation.response(status), json_of(operation, status)
            self._told[key] = Told(
                response,
                media,
                item_place(media.schema, resource.key, self._schemas) if media is not None else (),
                media is not None and media.schema == resource.schema,
                self._schemas.marked(media.schema, "writeOnly") if media is not None else frozenset(),
                (response is not None and "etag" in response.headers)
                or any(each.name.lower() == "if-match" for each in operation.parameters),
            )
        return self._told[key]

    def taken(self, operation: Operation, resource: Resource) -> Taken:
        """How an operation takes an item of the resource that its path is of."""
        key = (operation.method, operation.path)
        if key not in self._taken:
            media = next((each for each in operation.body if each.is_json and each.schema is not None), None)
            place = item_place(media.schema, resource.key, self._schemas) if media is not None else ()
            names = self._other_names(operation, resource)
            self._taken[key] = Taken(place, self._schemas.marked(resource.schema, "readOnly"), names)
        return self._taken[key]

    def _other_names(self, operation: Operation, resource: Resource) -> dict[str, str]:
        known = self._schemas.properties(resource.schema)
        by_likeness = {folded(name): name for name in known}
        sent = (name for media in operation.body for name in self._schemas.properties(media.schema))
        return {name: by_likeness[folded(name)] for name in sent if name not in known and folded(name) in by_likeness}
