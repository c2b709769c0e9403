"""The parameters of a request against its operation: path, query and header, by name and as the values they stand for.

What is missing, unknown, given twice or out of its range is named, all of it at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from ....contracts.openapi import Operation, Parameter
from ...refusal import FieldError, Refusal
from .exchange import FORM, Request, version_asked

Texts = Mapping[str, list[str]]


def parameters_of(operation: Operation, path: Mapping[str, str], request: Request) -> dict[str, Any]:
    """Name → value for the path and the query; headers are only checked.

    Raises: Refusal `not-found` when only the path is wrong (there can be nothing at it), `invalid-parameter`.
    """
    if FORM in operation.media_types:  # a form is read by its own operation, and what came beside it too
        return {}
    return decoded(operation, path, request.query_values(), request.header)


def decoded(
    operation: Operation, path: Mapping[str, str], query: Texts, header: Callable[[str], str | None]
) -> dict[str, Any]:
    """The same for texts that did not come by HTTP."""
    values: dict[str, Any] = {}
    errors = list(_unknown(operation, query)) if query else []
    for parameter in operation.parameters:
        try:
            value = _value(parameter, _given(parameter, path, query, header))
        except ValueError as error:
            errors.append(FieldError(f"{parameter.name}: {error}", parameter=parameter.name))
            continue
        if value is not None and parameter.where != "header":
            values[parameter.name] = value
    if errors and all(error.parameter in path for error in errors):
        raise Refusal("not-found", "; ".join(error.detail for error in errors), *errors)
    if errors:
        raise Refusal("invalid-parameter", "; ".join(error.detail for error in errors), *errors)
    return values


def version_of(operation: Operation, request: Request) -> int | None:
    """The version that the caller believes to be current, None when it says nothing about it.

    Raises: Refusal `precondition-required`, `precondition-failed`.
    """
    if operation.if_match == "none":
        return None
    if_match = request.header("if-match")
    if if_match is None and operation.if_match == "required":
        problem = "send If-Match with the ETag of the object as you last read it"
        raise Refusal("precondition-required", problem, FieldError(problem, parameter="If-Match"))
    return version_asked(if_match)


def idempotency_key(operation: Operation, request: Request) -> tuple[str, str, str] | None:
    """The key by which a repetition is known, None when the caller gave none and none is needed. It is a Structured
    Field string (RFC 9651), so quoted; a bare one is taken as well.

    Raises: Refusal `idempotency-key-missing`.
    """
    if operation.idempotency == "none":
        return None
    value = request.header("idempotency-key")
    if value is not None and len(value) > 1 and value[0] == value[-1] == '"':
        value = value[1:-1]
    if value:
        return (request.client, operation.id, value)
    if operation.idempotency == "required":
        problem = "send an Idempotency-Key: one for each intended effect, the same on every repetition"
        raise Refusal("idempotency-key-missing", problem, FieldError(problem, parameter="Idempotency-Key"))
    return None


def _unknown(operation: Operation, query: Texts) -> Iterator[FieldError]:
    known = sorted(parameter.name for parameter in operation.parameters if parameter.where == "query")
    for name in query:
        if name not in known:
            problem = f"there is no query parameter {name!r} here, only {', '.join(known) or 'none at all'}"
            yield FieldError(problem, parameter=name)


def _given(
    parameter: Parameter, path: Mapping[str, str], query: Texts, header: Callable[[str], str | None]
) -> list[str]:
    if parameter.where == "query":
        return query.get(parameter.name, [])
    value = path.get(parameter.name) if parameter.where == "path" else header(parameter.name)
    return [] if value is None else [value]


def _value(parameter: Parameter, given: list[str]) -> Any:
    """Raises: ValueError in words that leave the name out."""
    if not given:
        # A header that must be there has a problem code of its own for when it is not.
        if parameter.required and parameter.where != "header":
            raise ValueError("is missing")
        return parameter.default
    if parameter.many:
        return [parameter.decode(text) for text in given]
    if len(given) > 1:
        raise ValueError("is given more than once")
    return parameter.decode(given[0])
