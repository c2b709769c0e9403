"""A request held to what its operation takes: parameters and body decoded and checked, all that is wrong at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http.cookies import CookieError, SimpleCookie
from typing import Any

import msgspec

from ...contracts.documents import pointer
from ...contracts.validation import SchemaError
from ..channels.http.exchange import FORM, Request
from .api import Media, Operation, Parameter, Scheme
from .fields import element, form_of, json_of_text, scalar, typed_object
from .refusals import MockRefusal
from .schemas import Schemas

ABSENT = msgspec.UNSET
_SEPARATORS = {"spaceDelimited": " ", "pipeDelimited": "|"}


class Asked:
    """What a request says. `query` is name → decoded value, of the parameters that the operation has."""

    def __init__(self, query: Mapping[str, Any], body: Any) -> None:
        self.query = query
        self.body = body


def understood(request: Request, operation: Operation, values: Mapping[str, str], schemas: Schemas) -> Asked:
    """Raises: MockRefusal 401, 413, 415, and 422 (400 where the document has no 422) with everything that is wrong."""
    _admit(request, operation)
    if request.too_large:
        raise MockRefusal(413, "the body is too large for a mock")
    errors: list[SchemaError] = []
    query: dict[str, Any] = {}
    fields = request.query_values()
    for parameter in operation.parameters:
        given = _given(parameter, request, values, fields, schemas)
        if given is ABSENT:
            if parameter.required:
                errors.append(SchemaError(f"/{parameter.where}/{parameter.name}", "required", "is missing"))
            continue
        if not parameter.checker.is_valid(given):
            errors += _placed(parameter.checker.errors(given), f"/{parameter.where}{pointer(parameter.name)}")
        if parameter.where == "query":
            query[parameter.name] = given
    body, wrong = _body(request, operation, schemas)
    errors += _placed(wrong, "/body")
    if errors:
        status = 422 if "422" in operation.responses else 400
        raise MockRefusal(status, "the request is not what the document says", errors)
    return Asked(query, body)


def _admit(request: Request, operation: Operation) -> None:
    """Any credentials will do, as long as there are some. Raises: MockRefusal 401."""
    if not operation.security or any(all(_shown(scheme, request) for scheme in each) for each in operation.security):
        return
    wanted = " or ".join(" and ".join(_told(scheme) for scheme in each) for each in operation.security)
    challenges = {_challenge(scheme) for each in operation.security for scheme in each}
    raise MockRefusal(401, f"send {wanted}", (), tuple((b"www-authenticate", each) for each in sorted(challenges)))


def _shown(scheme: Scheme, request: Request) -> bool:
    if scheme.kind == "mutualTLS":
        return True  # nothing to see of that here
    if scheme.kind == "apiKey":
        if scheme.where == "query":
            return scheme.name in request.query_values()
        return (_cookie(request, scheme.name) if scheme.where == "cookie" else request.header(scheme.name)) is not None
    kind, _, value = (request.header("authorization") or "").partition(" ")
    return kind.lower() == (scheme.scheme or "bearer") and bool(value.strip())


def _told(scheme: Scheme) -> str:
    if scheme.kind == "apiKey":
        return f"the {scheme.where} {scheme.name}"
    return f"`Authorization: {(scheme.scheme or 'bearer').capitalize()} …`"


def _challenge(scheme: Scheme) -> bytes:
    kind = "ApiKey" if scheme.kind == "apiKey" else (scheme.scheme or "bearer").capitalize()
    return f'{kind} realm="mock"'.encode("latin-1", "replace")


def _cookie(request: Request, name: str) -> str | None:
    try:
        cookies = SimpleCookie(request.header("cookie") or "")
    except CookieError:
        return None
    return cookies[name].value if name in cookies else None


def _given(
    parameter: Parameter,
    request: Request,
    values: Mapping[str, str],
    fields: Mapping[str, list[str]],
    schemas: Schemas,
) -> Any:
    """The value of a parameter as its schema would have it, or as text where it can't be that; ABSENT for none."""
    name, where = parameter.name, parameter.where
    if where == "query":
        return _queried(parameter, fields, schemas)
    text = (
        values.get(name) if where == "path" else _cookie(request, name) if where == "cookie" else request.header(name)
    )
    if text is None:
        return ABSENT
    if parameter.style == "content":
        return json_of_text(text)
    kind = parameter.kind
    if kind == "array":
        return [scalar(each, element(parameter.schema, schemas), schemas) for each in text.split(",")]
    return text if kind == "object" else scalar(text, parameter.schema, schemas)


def _queried(parameter: Parameter, fields: Mapping[str, list[str]], schemas: Schemas) -> Any:
    name, kind = parameter.name, parameter.kind
    if kind == "object" and parameter.style == "deepObject":
        inner = {key[len(name) + 1 : -1]: given[-1] for key, given in fields.items() if key.startswith(f"{name}[")}
        return typed_object(inner, parameter.schema, schemas) if inner else ABSENT
    if kind == "object" and parameter.exploded and parameter.style == "form":
        known = schemas.properties(parameter.schema)
        inner = {key: given[-1] for key, given in fields.items() if key in known}
        return typed_object(inner, parameter.schema, schemas) if inner else ABSENT
    given = fields.get(name) or fields.get(f"{name}[]")
    if given is None:
        return ABSENT
    if parameter.style == "content":
        return json_of_text(given[-1])
    if kind == "array":
        separator = _SEPARATORS.get(parameter.style, ",")
        listed = given if parameter.exploded else given[-1].split(separator)
        return [scalar(each, element(parameter.schema, schemas), schemas) for each in listed]
    return scalar(given[-1], parameter.schema, schemas)


def _body(request: Request, operation: Operation, schemas: Schemas) -> tuple[Any, list[SchemaError]]:
    """Raises: MockRefusal 415."""
    if not request.body:
        missing = operation.body_required and [SchemaError("", "required", "is missing")]
        return None, missing or []
    if not operation.body:
        return None, []
    media = next((each for each in operation.body if _takes(each, request.media_type)), None)
    if media is None:
        known = ", ".join(each.type for each in operation.body)
        raise MockRefusal(415, f"the body is {request.media_type or 'of no media type'}, but must be {known}")
    if media.is_json:
        if request.payload is ABSENT:
            return None, [SchemaError("", "", f"is not JSON: {request.malformed}")]
        return request.payload, media.checker.errors(request.payload) if media.checker else []
    if request.media_type == FORM:
        form = form_of(request.body, media.schema, schemas)
        return form, media.checker.errors(form) if media.checker else []
    return None, []  # text, XML, several parts: taken as it is


def _takes(media: Media, sent: str) -> bool:
    kind = media.type.partition(";")[0].strip().lower()
    return kind in (sent, "*/*") or (kind.endswith("/*") and sent.startswith(kind[:-1]))


def _placed(errors: list[SchemaError], place: str) -> Iterator[SchemaError]:
    for error in errors:
        yield error._replace(pointer=place + error.pointer)
