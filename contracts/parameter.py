"""A parameter of an operation: text in a path, a query or a header, and the value that it stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, TypeAlias

import msgspec

from .bundling import Bundle
from .documents import resolve
from .validation import Validator

Value: TypeAlias = str | int | bool | datetime | date
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Parameter:
    """`where` is path, query or header; a header's name is compared without regard to case.

    With `many` the query may repeat it, and `validator` and `decode` are about each one. `default` is what it is
    when absent, None when the contract says nothing.
    """

    name: str
    where: Literal["path", "query", "header"]
    required: bool
    validator: Validator = field(repr=False)
    many: bool
    kind: str
    form: str | None
    default: Any

    @classmethod
    def of(cls, described: Mapping[str, Any], document: str, bundle: Bundle) -> Parameter:
        """From an OpenAPI Parameter Object that stands in `document`."""
        schema, place = described["schema"], document
        kind, _ = _member("type", schema, place)
        many = kind == "array"
        if many:
            schema, place = _member("items", schema, place)
            kind, _ = _member("type", schema, place)
        form, _ = _member("format", schema, place)
        default, _ = _member("default", described["schema"], document)
        return cls(
            name=described["name"],
            where=described["in"],
            required=bool(described.get("required", False)),
            validator=Validator(lambda: bundle.self_contained(schema, place)),
            many=many,
            kind=kind or "string",
            form=form,
            default=default,
        )

    def decode(self, text: str) -> Value:
        """The value: int, bool, datetime (aware) or date where the schema says so, else the text itself.

        Raises: ValueError with a sentence that leaves the name out: 'is 0, but must be at least 1'.
        """
        value: Any = text
        if self.kind == "integer":
            if not _WHOLE_NUMBER.fullmatch(text):
                raise ValueError(f'is "{text}", but must be a whole number')
            value = int(text)
        elif self.kind == "boolean":
            if text not in ("true", "false"):
                raise ValueError(f'is "{text}", but must be true or false')
            value = text == "true"
        if not self.validator.is_valid(value):
            raise ValueError("; ".join(error.message for error in self.validator.errors(value)))
        if self.form in ("date-time", "date"):
            return msgspec.convert(value, datetime if self.form == "date-time" else date)
        return value  # type: ignore[no-any-return]


def _member(name: str, schema: Any, document: str) -> tuple[Any, str]:
    """A member of the schema or, through its references, of the schema meant; and the document where that stands."""
    while name not in schema and "$ref" in schema:
        document, _, schema = resolve(schema["$ref"], document)
    return schema.get(name), document
