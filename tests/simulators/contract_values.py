"""Anything that a contract allows: Hypothesis strategies read off its schemas.

Knows the keywords that the contracts here are written with, and says so when it meets another. Most of the ids it
makes are ones that exist (`known`), because garbage that no rule ever gets to read tests little.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from crossdock.contracts.operation import Operation

Schema = Mapping[str, Any]
Known = Mapping[str, Sequence[Any]]

_ANNOTATIONS = {"description", "title", "default", "examples", "example", "additionalProperties", "uniqueItems"}
_READ = {
    *("$ref", "anyOf", "allOf", "const", "enum", "type", "properties", "required", "minProperties", "items"),
    *("minItems", "maxItems", "minLength", "maxLength", "pattern", "format", "minimum", "maximum", "components"),
    *("if", "then"),  # left to the filter
}


class ContractValues:
    """Strategies for the values of one document's schemas; `known` gives values by property name."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def body(self, operation: Operation) -> st.SearchStrategy[Any]:
        """Bodies that the operation takes, None among them where it needs none."""
        if operation.body is None:
            return st.none()
        schema = operation.body.schema
        schemas: Mapping[str, Schema] = schema.get("components", {}).get("schemas", {})
        found = self.value(schema, schemas).filter(operation.body.is_valid)
        return found if operation.body_required else st.none() | found

    def parameters(self, operation: Operation) -> st.SearchStrategy[dict[str, str]]:
        """Path and query parameters as texts; query parameters come and go."""
        required: dict[str, st.SearchStrategy[Any]] = {}
        optional: dict[str, st.SearchStrategy[Any]] = {}
        for parameter in operation.parameters:
            if parameter.where == "header":
                continue
            schema = parameter.validator.schema
            schemas = schema.get("components", {}).get("schemas", {})
            texts = self.value(schema, schemas, parameter.name).filter(parameter.validator.is_valid)
            (required if parameter.where == "path" else optional)[parameter.name] = texts.map(_as_text)
        return st.fixed_dictionaries(required, optional=optional)

    def value(self, schema: Schema, schemas: Mapping[str, Schema], name: str = "") -> st.SearchStrategy[Any]:
        """Values of a schema; not always all of its keywords hold, so filter by a validator."""
        strange = set(schema) - _ANNOTATIONS - _READ
        if strange:
            raise NotImplementedError(f"keywords that no value is made for yet: {sorted(strange)}")
        made = self._value(schema, schemas, name)
        if name not in self._known:
            return made
        known = st.sampled_from(self._known[name])
        return st.integers(0, 9).flatmap(lambda chance: known if chance else made)

    def _value(self, schema: Schema, schemas: Mapping[str, Schema], name: str) -> st.SearchStrategy[Any]:
        if "$ref" in schema:
            return self.value(schemas[schema["$ref"].rsplit("/", 1)[-1]], schemas, name)
        if "const" in schema:
            return st.just(schema["const"])
        if "enum" in schema:
            return st.sampled_from(schema["enum"])
        match schema["type"]:
            case "object":
                return self._object(schema, schemas)
            case "array":
                items = self.value(schema["items"], schemas)
                least = schema.get("minItems", 0)
                return st.lists(items, min_size=least, max_size=min(least + 3, schema.get("maxItems", 3)))
            case "string":
                return _text(schema)
            case "integer":
                return st.integers(schema.get("minimum"), schema.get("maximum"))
            case "boolean":
                return st.booleans()
        raise NotImplementedError(f"no values are made for {schema} yet")

    def _object(self, schema: Schema, schemas: Mapping[str, Schema]) -> st.SearchStrategy[Any]:
        required = schema.get("required", ())
        members = {name: self.value(part, schemas, name) for name, part in schema.get("properties", {}).items()}
        return st.fixed_dictionaries(
            {name: values for name, values in members.items() if name in required},
            optional={name: values for name, values in members.items() if name not in required},
        )


def _as_text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _text(schema: Schema) -> st.SearchStrategy[str]:
    if schema.get("format") == "date":
        return st.dates(date(1970, 1, 1), date(2100, 1, 1)).map(date.isoformat)
    if schema.get("format") == "date-time":
        moments = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
        return moments.map(lambda moment: moment.isoformat(timespec="seconds").replace("+00:00", "Z"))
    least, most = schema.get("minLength", 0), schema.get("maxLength", 40)
    if "pattern" in schema:
        return st.from_regex(str(schema["pattern"]), fullmatch=True).filter(lambda text: least <= len(text) <= most)
    return st.text(st.characters(codec="utf-8"), min_size=least, max_size=min(most, 12))
