"""Validation against a contract's schemas: a fast yes or no, and an explanation when it is no.

jsonschema-rs decides (a few microseconds); jsonschema is imported only when there is something to explain, because it
knows the value and the schema at each place. Both assert formats. The contracts keep to the subset of JSON Schema
2020-12 on which the two agree, and a test holds that they do.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from .bundling import bundle_schema
from .documents import pointer

if TYPE_CHECKING:
    import jsonschema_rs


class SchemaError(NamedTuple):
    """One thing that is wrong: where (RFC 6901), by which keyword of the schema, and in words.

    For a field that is missing or unknown the pointer names that field. The message leaves the place out: 'is "ten",
    but must be a whole number'.
    """

    pointer: str
    keyword: str
    message: str


class Validator:
    """A schema, read and compiled when it is first used."""

    __slots__ = ("_compiled", "_source")

    def __init__(self, source: dict[str, Any] | Callable[[], dict[str, Any]]) -> None:
        """A schema that refers to nothing outside of itself, or what makes one."""
        self._source = source
        self._compiled: jsonschema_rs.Draft202012Validator | None = None

    @property
    def schema(self) -> dict[str, Any]:
        """The schema; self-contained, shared: do not change it."""
        if callable(self._source):
            self._source = self._source()
        return self._source

    def is_valid(self, instance: Any) -> bool:
        """Whether the instance (decoded JSON) is what the schema says."""
        return (self._compiled or self._compile()).is_valid(instance)

    def errors(self, instance: Any) -> list[SchemaError]:
        """Everything that is wrong, sorted by place; empty exactly when `is_valid`."""
        if self.is_valid(instance):
            return []
        from .explanation import explain

        return explain(self.schema, instance) or self._unexplained(instance)

    def _compile(self) -> jsonschema_rs.Draft202012Validator:
        import jsonschema_rs

        self._compiled = jsonschema_rs.Draft202012Validator(self.schema, validate_formats=True)
        return self._compiled

    def _unexplained(self, instance: Any) -> list[SchemaError]:
        """In the words of jsonschema-rs: for the day when the two disagree, which must not turn a no into a yes."""
        errors = (self._compiled or self._compile()).iter_errors(instance)
        return sorted(
            SchemaError(
                pointer(*error.instance_path),
                str(error.schema_path[-1]) if error.schema_path else "",
                error.message,
            )
            for error in errors
        )


@cache
def canonical(name: str, version: str = "v1") -> Validator:
    """The validator of a canonical object: `canonical("order")`, `canonical("identifiers#/$defs/Sku")`.

    Raises: DocumentError when there is no such schema.
    """
    stem, _, place = name.partition("#")
    return Validator(bundle_schema(f"#{place}", f"canonical/{version}/{stem}.json"))
