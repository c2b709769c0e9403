"""Collections that are created in, listed, read, changed and deleted from, by what the paths of a document tell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..channels.http.exchange import Answer, Request
from .answering import Answering
from .api import Operation
from .asked import Asked
from .forms import Forms
from .memory import Collection, Item, Memory
from .pages import filtered, page_of, told_of
from .paths import Found, Paths
from .refusals import MockRefusal
from .resources import Resource, at, item_place, json_of, list_place, resources
from .sampling import Sampler
from .schemas import Schemas
from .telling import Telling, tag_of, without


class Crud:
    """`items` is how many a collection begins with when the document has no examples of them."""

    def __init__(self, paths: Paths, schemas: Schemas, sampler: Sampler, answering: Answering, items: int) -> None:
        self._paths = paths
        self._schemas = schemas
        self._sampler = sampler
        self._forms = Forms(schemas)
        self._telling = Telling(schemas, sampler, answering, self._forms)
        self._items = items
        self._memory = Memory(schemas, sampler)
        self.resources = resources(paths, schemas)

    def answer(self, request: Request, found: Found, operation: Operation, asked: Asked) -> Answer | None:
        """The answer from memory; None for an operation that is none of these. Raises: MockRefusal."""
        route = found.route
        if (resource := self.resources.get(route.template)) is not None:
            collection = self._collection(found.path, resource, found.values)
            if operation.method == "GET":
                return self._list(request, operation, resource, collection, asked)
            if operation.method == "POST":
                return self._create(request, found, operation, resource, asked)
            return None
        if not route.key or (resource := self.resources.get(route.parent)) is None:
            return None
        path = found.path.rpartition("/")[0]
        collection = self._collection(path, resource, found.values)
        key = found.values[route.key]
        match operation.method:
            case "GET":
                return self._read(request, operation, resource, self._item(collection, resource, key))
            case "PUT" | "PATCH":
                return self._change(request, operation, resource, path, key, found.values, asked)
            case "DELETE":
                self._check_version(request, operation, self._item(collection, resource, key))
                del collection.items[key]
                return self._telling.plain(request, operation)
        return None

    def _collection(self, path: str, resource: Resource, values: Mapping[str, str]) -> Collection:
        """Raises: MockRefusal 404 when it would be a part of something that is not there."""
        if (known := self._memory.known(path)) is not None:
            return known
        owner = self._paths.find(self._paths.bases[-1] + path.rpartition("/")[0])
        if owner is not None and owner.route.key and owner.route.parent in self.resources:
            of = self.resources[owner.route.parent]
            owners = self._collection(owner.path.rpartition("/")[0], of, owner.values)
            self._item(owners, of, owner.values[owner.route.key])
        return self._memory.begin(path, resource, self._examples(resource), self._items, values)

    def _item(self, collection: Collection, resource: Resource, key: str) -> Item:
        """Raises: MockRefusal 404."""
        if key not in collection.items:
            some = ", ".join(list(collection.items)[:5])
            raise MockRefusal(404, f"{resource.template} has no {key!r}" + (f"; there are {some}" if some else ""))
        return collection.items[key]

    def _examples(self, resource: Resource) -> list[Any]:
        """The items that the document itself tells of."""
        found: dict[str, Any] = {}
        item = next(
            (each for each in self._paths.routes.values() if each.key and each.parent == resource.template), None
        )
        listing = json_of(self._paths.routes[resource.template].operations.get("GET"))
        if listing is not None:
            place = list_place(listing.schema, self._schemas) or ()
            for example in listing.examples.values():
                for each in at(example, place) or ():
                    self._note(found, each, resource)
        single = json_of(item.operations.get("GET")) if item is not None else None
        for example in single.examples.values() if single is not None else ():
            self._note(found, at(example, item_place(resource.schema, resource.key, self._schemas)), resource)
        return list(found.values())

    def _note(self, found: dict[str, Any], example: Any, resource: Resource) -> None:
        if (
            isinstance(example, dict)
            and resource.key in example
            and self._sampler.checker(resource.schema).is_valid(example)
        ):
            found.setdefault(str(example[resource.key]), example)

    def _list(
        self, request: Request, operation: Operation, resource: Resource, collection: Collection, asked: Asked
    ) -> Answer | None:
        media = json_of(operation)
        place = list_place(media.schema, self._schemas) if media is not None else None
        if media is None or place is None:
            return None
        hidden = self._schemas.marked(resource.schema, "writeOnly")
        values = [without(item.value, hidden) for item in collection.items.values()]
        page = page_of(filtered(values, asked.query, self._schemas, resource.schema), asked.query)
        if not place:
            return self._telling.value(request, operation, page.values)
        around = self._telling.around(media.schema, f"list {resource.template}")
        properties = self._schemas.properties(media.schema)
        return self._telling.value(request, operation, {**around, **told_of(page, properties), place[0]: page.values})

    def _create(self, request: Request, found: Found, operation: Operation, resource: Resource, asked: Asked) -> Answer:
        """Raises: MockRefusal 409 for a key that is taken."""
        collection = self._collection(found.path, resource, found.values)
        body = self._sent(operation, resource, asked.body)
        given = body if isinstance(body, Mapping) and not self._is_ours(resource) else {}
        if resource.key in given and str(given[resource.key]) in collection.items:
            raise MockRefusal(409, f"{resource.template} has {str(given[resource.key])!r} already")
        key, item = self._memory.add(found.path, resource, body, found.values, given=given)
        location = f"{self._paths.bases[0]}{found.path}/{key}"
        return self._telling.item(request, operation, resource, item, {b"location": location})

    def _read(self, request: Request, operation: Operation, resource: Resource, item: Item) -> Answer:
        tag = tag_of(item)
        if request.header("if-none-match") in (tag, "*"):
            return Answer(304, b"", ((b"etag", tag.encode()),))
        return self._telling.item(request, operation, resource, item, {})

    def _change(
        self,
        request: Request,
        operation: Operation,
        resource: Resource,
        path: str,
        key: str,
        values: Mapping[str, str],
        asked: Asked,
    ) -> Answer:
        """Raises: MockRefusal 404, 412."""
        collection = self._collection(path, resource, values)
        body = self._sent(operation, resource, asked.body)
        if key not in collection.items and operation.method == "PUT" and "201" in operation.responses:
            named = (
                {**body, resource.key: _like(key, resource, self._schemas)}
                if isinstance(body, dict) and resource.key
                else body
            )
            _, item = self._memory.add(path, resource, named, values, given=named if isinstance(named, dict) else {})
            return self._telling.item(request, operation, resource, item, {}, 201)
        item = self._item(collection, resource, key)
        self._check_version(request, operation, item)
        if isinstance(body, dict) and isinstance(item.value, dict):
            kept = {resource.key: item.value[resource.key]} if resource.key in item.value else {}
            patch = operation.method == "PATCH"
            item.value = {**(merged(item.value, body) if patch else self._replaced(resource, item.value, body)), **kept}
        item.sound, item.version = False, item.version + 1
        return self._telling.item(request, operation, resource, item, {})

    def _replaced(self, resource: Resource, before: Mapping[str, Any], body: Mapping[str, Any]) -> dict[str, Any]:
        """What a PUT leaves: the body, and what callers can't send."""
        own = self._schemas.marked(resource.schema, "readOnly")
        needed = set(self._schemas.plain(resource.schema).get("required", ())) - body.keys()
        return {**body, **{name: value for name, value in before.items() if name in own | needed}}

    def _is_ours(self, resource: Resource) -> bool:
        return self._schemas.plain(resource.key_schema).get("readOnly") is True

    def _sent(self, operation: Operation, resource: Resource, body: Any) -> Any:
        """The item that a body is about, without what callers don't decide."""
        form = self._forms.taken(operation, resource)
        sent = at(body, form.place) if form.place else None
        sent = body if sent is None else sent
        if form.names and isinstance(sent, dict):
            sent = {form.names.get(name, name): each for name, each in sent.items()}
        return without(sent, form.kept)

    def _check_version(self, request: Request, operation: Operation, item: Item) -> None:
        """Raises: MockRefusal 412."""
        wanted = request.header("if-match")
        if wanted is not None and wanted not in ("*", tag_of(item)):
            raise MockRefusal(412, f"If-Match is {wanted}, but the item is {tag_of(item)} by now")


def merged(value: Any, patch: Any) -> Any:
    """A JSON Merge Patch carried out (RFC 7396)."""
    if not isinstance(patch, dict):
        return patch
    result = dict(value) if isinstance(value, dict) else {}
    for name, each in patch.items():
        if each is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), each)
    return result


def _like(key: str, resource: Resource, schemas: Schemas) -> Any:
    """A key from a path as its property has it."""
    kinds = schemas.plain(resource.key_schema).get("type")
    return int(key) if kinds == "integer" and key.lstrip("-").isdecimal() else key
