"""Values that a schema lets through, drawn from a seed: the same again for the same seed and schema.

An example counts more than anything that could be made up. What comes out is checked; where it is not what the schema
says (an example can be wrong, `not` and `if` are not looked at) it is drawn again, at last without examples.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from random import Random
from typing import Any

from .schemas import Checker, Schema, Schemas, Way
from .text import text

TRIES = 12
MOST_ITEMS = 1000
_WITH_EXAMPLES = 2
# From this depth on only what must be there, and from that on nothing at all.
_SHALLOW, _DEEPEST = 4, 14
_TYPES_BY_KEYWORD = (
    ("object", ("properties", "additionalProperties", "required", "minProperties", "patternProperties")),
    ("array", ("items", "prefixItems", "minItems", "uniqueItems")),
    ("string", ("pattern", "format", "minLength", "maxLength")),
    ("number", ("minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum")),
)


class TooDeep(Exception):
    """A value that would never end; what can be left out above it is left out."""


class Sampler:
    """Draws from the schemas of one document. `without` are the properties that don't go this way."""

    def __init__(self, schemas: Schemas, seed: int, without: Way = "writeOnly") -> None:
        self._schemas = schemas
        self._seed = seed
        self._without = without
        self._checkers: dict[int, tuple[Checker, Any]] = {}

    def checker(self, schema: Any) -> Checker:
        """The validator of a schema of the document, made once."""
        known = self._checkers.get(id(schema))
        if known is None:  # with the schema, so that nothing else gets its id
            known = self._checkers[id(schema)] = (self._schemas.validator(schema, self._without), schema)
        return known[0]

    def random(self, key: str) -> Random:
        """Chance of its own for something that is no schema's."""
        return Random(f"{self._seed}/{key}")

    def value(self, schema: Any, key: str, checker: Checker | None = None, *, examples: bool = True) -> Any:
        """One value; another for each `key`. Best effort where nothing that was drawn is valid."""
        checker = checker or self.checker(schema)
        made: Any = None
        for attempt in range(TRIES):
            random = Random(f"{self._seed}/{key}/{attempt}")
            try:
                made = _Draw(
                    self._schemas, random, self._without, examples=examples and attempt < _WITH_EXAMPLES
                ).value(schema, 0)
            except TooDeep:
                continue
            if checker.is_valid(made):
                return made
        return made


class _Draw:
    def __init__(self, schemas: Schemas, random: Random, without: Way, *, examples: bool) -> None:
        self._schemas, self._random, self._without, self._examples = schemas, random, without, examples
        self._open: list[str] = []  # components that are being drawn: one does not stand within itself

    def value(self, schema: Any, depth: int) -> Any:
        """Raises: TooDeep."""
        names = _components(schema)
        if any(name in self._open for name in names):
            raise TooDeep
        self._open += names
        try:
            return self._drawn(schema, depth)
        finally:
            del self._open[len(self._open) - len(names) :]

    def _drawn(self, schema: Any, depth: int) -> Any:
        plain = self._schemas.plain(schema)
        if "const" in plain:
            return plain["const"]
        if self._examples and plain.get("examples"):
            return plain["examples"][0]
        if self._examples and "default" in plain:
            return plain["default"]
        if plain.get("enum"):
            return self._random.choice(plain["enum"])
        if depth > _DEEPEST:
            raise TooDeep
        for kind in ("oneOf", "anyOf"):
            if plain.get(kind):
                return self._branch(plain, kind, depth)
        return self._of_type(plain, self._type(plain, depth), depth)

    def _branch(self, plain: Schema, kind: str, depth: int) -> Any:
        rest = {name: value for name, value in plain.items() if name != kind}
        branches = list(plain[kind])
        self._random.shuffle(branches)
        if self._examples:  # null is what nobody wants to see first
            branches.sort(key=lambda branch: self._schemas.plain(branch).get("type") == "null")
        if depth >= _SHALLOW:
            branches.sort(key=lambda branch: self._schemas.plain(branch).get("type") in ("object", "array", None))
        for branch in branches:
            try:
                return self.value({"allOf": [rest, branch]}, depth + 1)
            except TooDeep:
                continue
        raise TooDeep

    def _type(self, plain: Schema, depth: int) -> str:
        types = plain.get("type")
        if isinstance(types, list):
            others = [each for each in types if each != "null"]
            return str(self._random.choice(others)) if others and depth <= _DEEPEST - 2 else "null"
        if isinstance(types, str):
            return types
        return next((name for name, words in _TYPES_BY_KEYWORD if any(word in plain for word in words)), "object")

    def _of_type(self, plain: Schema, kind: str, depth: int) -> Any:
        match kind:
            case "object":
                return self._object(plain, depth)
            case "array":
                return self._array(plain, depth)
            case "string":
                return text(plain, self._random)
            case "integer":
                return int(self._number(plain, whole=True))
            case "number":
                return self._number(plain, whole=False)
            case "boolean":
                return self._random.random() < 0.5
        return None

    def _object(self, plain: Schema, depth: int) -> dict[str, Any]:
        required = plain.get("required", ())
        result: dict[str, Any] = {}
        for name, schema in plain.get("properties", {}).items():
            if isinstance(schema, Mapping) and self._schemas.plain(schema).get(self._without) is True:
                continue
            if name not in required and depth >= _SHALLOW:
                continue
            try:
                result[name] = self.value(schema, depth + 1)
            except TooDeep:
                if name in required:
                    raise
        further = plain.get("additionalProperties", {})
        for name in (*(name for name in required if name not in plain.get("properties", {})), *_names(plain, result)):
            if further is not False and name not in result:
                result[name] = self.value(further if isinstance(further, Mapping) else {"type": "string"}, depth + 1)
        return result

    def _array(self, plain: Schema, depth: int) -> list[Any]:
        least = min(plain.get("minItems", 0), MOST_ITEMS)
        most = plain.get("maxItems", max(least, 2))
        first = plain.get("prefixItems", [])
        items = plain.get("items", {"type": "string"} if not first else False)
        count = len(first) if items is False else max(least, min(most, 2 if depth < _SHALLOW else 0))
        result: list[Any] = []
        for place in range(max(count, min(len(first), most))):
            schema = first[place] if place < len(first) else items
            try:
                made = self.value(schema, depth + 1)
                for _ in range(TRIES if plain.get("uniqueItems") else 0):
                    if made not in result:
                        break
                    made = self._without_examples().value(schema, depth + 1)
            except TooDeep:
                if len(result) >= least:
                    break
                raise
            if not (plain.get("uniqueItems") and made in result):
                result.append(made)
        return result

    def _without_examples(self) -> _Draw:
        other = _Draw(self._schemas, self._random, self._without, examples=False)
        other._open = self._open
        return other

    def _number(self, plain: Schema, *, whole: bool) -> float:
        step: float = plain.get("multipleOf", 1 if whole else 0.01)
        low, high = _limits(plain, step)
        fewest, most = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        chosen = self._random.randint(fewest, max(fewest, most)) * step
        return chosen if whole else round(chosen, 6)


def _components(schema: Any) -> list[str]:
    """Those that a schema refers to at its top."""
    if not isinstance(schema, Mapping):
        return []
    found = [schema["$ref"]] if isinstance(schema.get("$ref"), str) else []
    for part in schema.get("allOf", ()):
        found += _components(part)
    return found


def _names(plain: Schema, result: Mapping[str, Any]) -> list[str]:
    """Names for what has to be there although no name is given for it."""
    return [f"property{number}" for number in range(1, plain.get("minProperties", 0) - len(result) + 1)]


def _limits(plain: Schema, step: float) -> tuple[float, float]:
    low, high = plain.get("minimum"), plain.get("maximum")
    if (above := plain.get("exclusiveMinimum")) is not None and not isinstance(above, bool):
        low = above + step if low is None else max(low, above + step)
    if (below := plain.get("exclusiveMaximum")) is not None and not isinstance(below, bool):
        high = below - step if high is None else min(high, below - step)
    if low is None:
        low = min(0, high) if high is not None else 0
    return low, (high if high is not None else low + 1000 * step)
