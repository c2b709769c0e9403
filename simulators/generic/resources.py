"""What a document's paths tell of resources: `/pets` is a collection and `/pets/{petId}` one of its items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .api import Media, Operation
from .paths import Paths, Route
from .schemas import Schemas

LIST_NAMES = ("items", "data", "results", "value", "values", "entries", "records", "content")


@dataclass(frozen=True, slots=True)
class Resource:
    """`template` is the collection's path. `key` is the property that says which item it is, "" for none; `schema` what
    an item looks like when it is answered, `sent` when it is created; `parent` the property → parameter of the path
    that says whose it is.
    """

    template: str
    key: str
    schema: Any
    sent: Any
    key_schema: Any
    parent: Mapping[str, str]


def resources(paths: Paths, schemas: Schemas) -> dict[str, Resource]:
    """Collection's path → resource. A path with items but without a list and a creation is none: nobody could know
    which items there are.
    """
    found: dict[str, Resource] = {}
    items = {route.parent: route for route in paths.routes.values() if route.key}
    for template, route in paths.routes.items():
        item = items.get(template)
        listed = _listed(route, schemas)
        creates = "POST" in route.operations and item is not None
        if (
            (item is not None and "GET" in route.operations and listed is not None)
            or creates
            or _is_plain_list(route, listed)
        ):
            parameter = item.key if item else "id"
            looks = [_unwrapped(each, parameter, template, schemas) for each in _looks(item, route, listed)]
            schema = next((each for each in looks if _key(parameter, template, each, schemas)), None)
            if schema is None and looks:
                schema = looks[0]
            if schema is not None:
                key = _key(parameter, template, schema, schemas)
                found[template] = Resource(
                    template=template,
                    key=key,
                    schema=schema,
                    sent=_sent(route, key, schemas),
                    key_schema=schemas.properties(schema).get(key, {}),
                    parent=_parent(route, schema, schemas),
                )
    return found


def list_place(schema: Any, schemas: Schemas) -> tuple[str, ...] | None:
    """Where the items stand in a list's answer: () for the answer itself, (name,) in an object; None for nowhere."""
    plain = schemas.plain(schema)
    if _is_list(plain, schemas):
        return ()
    lists = [name for name, each in plain.get("properties", {}).items() if _is_list(schemas.plain(each), schemas)]
    lists.sort(key=lambda name: LIST_NAMES.index(name) if name in LIST_NAMES else len(LIST_NAMES))
    return (lists[0],) if lists else None


def item_place(schema: Any, key: str, schemas: Schemas) -> tuple[str, ...]:
    """Where an item stands in an answer or a body: () for itself, (name,) for one that is wrapped."""
    properties = schemas.properties(schema)
    if key in properties:
        return ()
    wrapped = (name for name, each in properties.items() if key and key in schemas.properties(each))
    name = next(wrapped, "")
    return (name,) if name else ()


def at(value: Any, place: tuple[str, ...]) -> Any:
    """What stands at a place; None for nothing."""
    for name in place:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def json_of(operation: Operation | None, status: int | None = None) -> Media | None:
    """The JSON that an operation answers with, when all is well or with another status."""
    if operation is None:
        return None
    response = operation.response(status or operation.success)
    return (
        next((each for each in response.media if each.is_json and each.schema is not None), None) if response else None
    )


def _is_array(plain: Mapping[str, Any]) -> bool:
    kinds = plain.get("type")
    return kinds == "array" or (isinstance(kinds, list) and "array" in kinds) or (kinds is None and "items" in plain)


def _is_scalar(plain: Mapping[str, Any]) -> bool:
    return not _is_array(plain) and plain.get("type") != "object" and "properties" not in plain


def _is_list(plain: Mapping[str, Any], schemas: Schemas) -> bool:
    return _is_array(plain) and not _is_array(schemas.plain(plain.get("items", {})))


def _listed(route: Route, schemas: Schemas) -> Any:
    """What an element of the list at this path looks like; None when it is no list of objects."""
    media = json_of(route.operations.get("GET"))
    place = list_place(media.schema, schemas) if media is not None else None
    if media is None or place is None:
        return None
    listed = schemas.properties(media.schema)[place[0]] if place else media.schema
    element = schemas.plain(listed).get("items", {})
    return element if schemas.properties(element) else None


def _is_plain_list(route: Route, listed: Any) -> bool:
    """A list and a way to add to it, without a path for each item."""
    return listed is not None and "POST" in route.operations


def _looks(item: Route | None, collection: Route, listed: Any) -> Iterator[Any]:
    """Schemas of an item, the fullest first."""
    if item is not None:
        for method in ("GET", "PUT", "PATCH"):
            if (media := json_of(item.operations.get(method))) is not None:
                yield media.schema
    if listed is not None:
        yield listed
    if (media := json_of(collection.operations.get("POST"))) is not None:
        yield media.schema


def _sent(route: Route, key: str, schemas: Schemas) -> Any:
    """What a body says of an item that is to be created; {} where the document does not tell."""
    creation = route.operations.get("POST")
    media = next((each for each in creation.body if each.is_json), None) if creation is not None else None
    if media is None or media.schema is None:
        return {}
    place = item_place(media.schema, key, schemas)
    return schemas.properties(media.schema)[place[0]] if place else media.schema


def _unwrapped(schema: Any, parameter: str, template: str, schemas: Schemas) -> Any:
    """The item in an answer that holds it under a name: `{"pet": {"id": …}}`."""
    if _key(parameter, template, schema, schemas):
        return schema
    inner = (each for each in schemas.properties(schema).values() if _key(parameter, template, each, schemas))
    return next(inner, schema)


def _key(parameter: str, template: str, schema: Any, schemas: Schemas) -> str:
    """The property that a path's last parameter stands for: `petId` may be petId, pet_id, id, …"""
    properties = [name for name, each in schemas.properties(schema).items() if _is_scalar(schemas.plain(each))]
    word = re.sub(r"[^A-Za-z0-9]", "", template.rpartition("/")[2]).removesuffix("s")
    for wanted in (parameter, "id", f"{word}Id", "key", "uuid", "code", "slug", "name", "number"):
        plain = folded(wanted)
        for name in properties:
            if folded(name) == plain:
                return name
    return ""


def _parent(route: Route, schema: Any, schemas: Schemas) -> dict[str, str]:
    names = {folded(name): name for name in route.names}
    return {name: names[folded(name)] for name in schemas.properties(schema) if folded(name) in names}


def folded(name: str) -> str:
    """A name however it is written: `petId`, `pet_id` and `PetId` are one."""
    return re.sub(r"[^a-z0-9]", "", name.lower())
