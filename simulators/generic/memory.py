"""What a mock remembers: collections by their path, each with what it began with and what callers made of that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .filling import Filling, filling
from .resources import Resource
from .sampling import Sampler
from .schemas import Schemas
from .text import text

MOST_ITEMS = 100_000
MOST_COLLECTIONS = 10_000


@dataclass(slots=True)
class Item:
    """`version` grows with each change; `sound`: it is known to be what the schema of its resource says."""

    value: Any
    sound: bool = False
    version: int = 1


@dataclass(slots=True)
class Collection:
    """Key → item, in the order in which they came, at most MOST_ITEMS: then the oldest goes. `made` counts all that
    were ever made.
    """

    items: dict[str, Item] = field(default_factory=dict)
    made: int = 0


class Memory:
    """Everything that is remembered. The same requests in the same order give the same again."""

    def __init__(self, schemas: Schemas, sampler: Sampler) -> None:
        self._schemas = schemas
        self._sampler = sampler
        self._collections: dict[str, Collection] = {}
        self._new: dict[str, Any] = {}
        self._deep: set[str] = set()
        self._fillings: dict[str, Filling] = {}
        self._key_kinds: dict[str, Mapping[str, Any]] = {}

    def known(self, path: str) -> Collection | None:
        """The collection at a path; None when nobody has asked for it yet."""
        return self._collections.get(path)

    def begin(
        self, path: str, resource: Resource, examples: list[Any], count: int, values: Mapping[str, str]
    ) -> Collection:
        """A collection with the document's examples in it, or as many made-up items."""
        if len(self._collections) >= MOST_COLLECTIONS:  # a path with parameters makes any number of them
            del self._collections[next(iter(self._collections))]
        collection = self._collections[path] = Collection()
        for example in examples:
            self.add(path, resource, example, values, given=example)
        for _ in range(count - len(examples) if not examples else 0):
            self.add(path, resource, {}, values, given={})
        return collection

    def add(
        self, path: str, resource: Resource, body: Any, values: Mapping[str, str], *, given: Mapping[str, Any]
    ) -> tuple[str, Item]:
        """Put an item in: what `body` says, and made up where it says nothing. `given` may name its key."""
        collection = self._collections[path]
        collection.made += 1
        if len(collection.items) >= MOST_ITEMS:
            del collection.items[next(iter(collection.items))]
        # What a body leaves open is the same in all: making it up takes longer than everything else together.
        drawn = self._sampled(resource, "new" if body else f"{path} {collection.made}")
        key = str(given[resource.key]) if resource.key in given else ""
        value = self._named(collection, resource, self._whole(resource, drawn, body), values, key)
        sound = self._sampler.checker(resource.schema).is_valid(value)
        if body and not sound and resource.template not in self._deep:
            self._deep.add(resource.template)  # there is more to it than parts without what must be there
            value = self._named(collection, resource, self._whole(resource, drawn, body), values, key)
        if isinstance(value, dict) and resource.key and not key:
            key = str(value.get(resource.key, ""))
        key = key or str(collection.made)
        item = collection.items[key] = Item(value, sound)
        return key, item

    def _whole(self, resource: Resource, drawn: Any, body: Any) -> Any:
        """What a body says, and what was drawn where it says nothing."""
        if not isinstance(drawn, dict) or not isinstance(body, Mapping):
            return drawn
        if not body:
            return {**drawn}
        if resource.template in self._deep:
            return overlaid(drawn, body)
        if resource.template not in self._fillings:
            made = filling(self._schemas, drawn, resource.schema, resource.sent)
            self._fillings[resource.template] = made
        return self._fillings[resource.template].filled(body)

    def _named(
        self, collection: Collection, resource: Resource, value: Any, values: Mapping[str, str], key: str
    ) -> Any:
        """With whose it is by its path, and a key of its own unless it was given one."""
        if isinstance(value, dict):
            for name, parameter in resource.parent.items():
                if name != resource.key:
                    value[name] = self._typed(values[parameter], self._schemas.properties(resource.schema)[name])
            if resource.key and not key:
                value[resource.key] = self._fresh(collection, resource, value.get(resource.key))
        return value

    def _sampled(self, resource: Resource, key: str) -> Any:
        if key != "new":
            return self._sampler.value(resource.schema, key)
        if resource.template not in self._new:
            self._new[resource.template] = self._sampler.value(resource.schema, f"{resource.template} new")
        return self._new[resource.template]

    def _fresh(self, collection: Collection, resource: Resource, drawn: Any) -> Any:
        """A key that no item of the collection has."""
        kinds = self._kinds(resource)
        if isinstance(drawn, int) and not isinstance(drawn, bool):
            number = max(collection.made, int(kinds.get("minimum", 1)))
            while str(number) in collection.items:
                number += 1
            return number
        for candidate in self._candidates(collection, kinds):
            if str(candidate) not in collection.items:
                return candidate
        return f"{collection.made}"

    def _kinds(self, resource: Resource) -> Mapping[str, Any]:
        if resource.template not in self._key_kinds:
            self._key_kinds[resource.template] = self._schemas.plain(resource.key_schema)
        return self._key_kinds[resource.template]

    def _candidates(self, collection: Collection, kinds: Mapping[str, Any]) -> Iterator[str]:
        number = f"{collection.made}".zfill(kinds.get("minLength", 0))
        if "format" not in kinds and self._sampler.checker(kinds).is_valid(number):
            yield number
        random = self._sampler.random(f"key {collection.made}")
        for _ in range(50 if "format" in kinds or "pattern" in kinds else 0):
            yield text(kinds, random)

    def _typed(self, value: str, schema: Any) -> Any:
        kinds = self._schemas.plain(schema).get("type")
        whole = kinds == "integer" or (isinstance(kinds, list) and "integer" in kinds)
        return int(value) if whole and value.lstrip("-").isdecimal() else value


def overlaid(drawn: Any, said: Any) -> Any:
    """What was said, with what was drawn where nothing was, all the way down."""
    if isinstance(drawn, dict) and isinstance(said, dict):
        parts = {
            name: overlaid(drawn.get(name), each) if isinstance(each, (dict, list)) else each
            for name, each in said.items()
        }
        return {**drawn, **parts}
    if isinstance(drawn, list) and isinstance(said, list) and drawn:
        return [overlaid(drawn[0], each) for each in said]
    return said
