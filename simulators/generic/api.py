"""An OpenAPI document as a mock needs it: its operations, what they take, and what they answer.

OpenAPI 3.0.4 and 3.1.1. Documents in several files are read as one; nothing is fetched over a network.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from ...contracts.bundling import bundle
from ...contracts.documents import DocumentError, load, wrong
from .schemas import Checker, Schemas, Way
from .soundness import sound

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@dataclass(frozen=True, slots=True)
class Media:
    """What a body may be, in one media type. `examples` is name → value, the one without a name under ""."""

    type: str
    schema: Any
    checker: Checker | None
    examples: Mapping[str, Any]
    is_json: bool = field(init=False)

    def __post_init__(self) -> None:
        kind = self.type.partition(";")[0].strip().lower()
        object.__setattr__(self, "is_json", kind in ("application/json", "*/*") or kind.endswith("+json"))


@dataclass(frozen=True, slots=True)
class Header:
    """A header of an answer. `examples` are its own, apart from those of its schema."""

    schema: Any
    examples: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Response:
    """One of an operation's answers. `headers` is name in lower case → what it may be."""

    media: tuple[Media, ...]
    headers: Mapping[str, Header]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a path, a query, a header or a cookie. `exploded` is how a list is written (RFC 6570), `kind` the
    type of its values.
    """

    name: str
    where: str
    required: bool
    schema: Any
    kind: str
    checker: Checker
    style: str
    exploded: bool


@dataclass(frozen=True, slots=True)
class Scheme:
    """A way to say who one is: `kind` is that of the Security Scheme Object; the others by kind."""

    kind: str
    where: str
    name: str
    scheme: str


@dataclass(frozen=True, slots=True)
class Operation:
    """`path` is as the document has it, without the server's; `responses` is status, class (4XX) or default → answer;
    `security` are alternatives, each of schemes that are all needed.
    """

    method: str
    path: str
    parameters: tuple[Parameter, ...]
    body: tuple[Media, ...]
    body_required: bool
    responses: Mapping[str, Response]
    security: tuple[tuple[Scheme, ...], ...]
    success: int = field(init=False)

    def __post_init__(self) -> None:
        found = sorted(key for key in self.responses if key.startswith("2"))
        object.__setattr__(self, "success", int(found[0].upper().replace("XX", "00")) if found else 200)

    def response(self, status: int) -> Response | None:
        """What is answered with a status."""
        keys = (str(status), f"{status // 100}XX", f"{status // 100}xx", "default")
        return next((self.responses[key] for key in keys if key in self.responses), None)


@dataclass(frozen=True, slots=True)
class GenericApi:
    """`bases` are the paths of the servers, "" for none."""

    title: str
    bases: tuple[str, ...]
    operations: tuple[Operation, ...]
    schemas: Schemas = field(repr=False)


def read(document: str) -> GenericApi:
    """The API that a file describes; `document` is its absolute path.

    Raises: DocumentError with file, line and column.
    """
    content = load(document)
    version = str(content.get("openapi", "")) if isinstance(content, dict) else ""
    if not version.startswith("3.1"):  # one of 3.0 is read as one of 3.1
        told = (
            "this is Swagger 2.0: convert it first"
            if isinstance(content, dict) and "swagger" in content
            else "expected"
        )
        raise wrong(document, "/openapi", f"{told} an OpenAPI document, with `openapi: 3.0.x` or `3.1.x` at its top")
    try:
        return _Reader(document, bundle(document)).api()
    except (AttributeError, TypeError, KeyError) as error:  # something is not what OpenAPI has at that place
        raise DocumentError(
            document, f"is no OpenAPI document that can be used: {type(error).__name__}: {error}"
        ) from error


class _Reader:
    def __init__(self, document: str, content: dict[str, Any]) -> None:
        self._document, self._content = document, content
        components = content.get("components", {})
        self._schemas = Schemas({name: self._schema(each) for name, each in components.get("schemas", {}).items()})
        self._schemes: Mapping[str, Any] = components.get("securitySchemes", {})

    def api(self) -> GenericApi:
        operations = [each for path in self._content.get("paths") or {} for each in self._operations(path)]
        if not operations:
            raise wrong(self._document, "/paths", "there are no operations to serve")
        servers = self._content.get("servers") or [{"url": ""}]
        bases = tuple(dict.fromkeys(_base(server) for server in servers))
        return GenericApi(str(self._content.get("info", {}).get("title", "")), bases, tuple(operations), self._schemas)

    def _schema(self, schema: Any) -> Any:
        return _with_examples(sound(schema))

    def _operations(self, path: str) -> Iterator[Operation]:
        item = self._content["paths"][path]
        for method in METHODS:
            if method in item:
                yield self._operation(path, method, item, item[method])

    def _operation(self, path: str, method: str, item: Mapping[str, Any], said: Mapping[str, Any]) -> Operation:
        listed = [*item.get("parameters", ()), *said.get("parameters", ())]
        parameters = {(each["name"], each["in"]): self._parameter(each) for each in listed}
        body = said.get("requestBody", {})
        security = said.get("security", self._content.get("security", []))
        return Operation(
            method=method.upper(),
            path=path,
            parameters=tuple(parameters.values()),
            body=tuple(self._media(kind, each, request=True) for kind, each in body.get("content", {}).items()),
            body_required=bool(body.get("required", False)),
            responses={str(status): self._response(each) for status, each in said.get("responses", {}).items()},
            security=tuple(tuple(self._scheme(name) for name in each) for each in security),
        )

    def _parameter(self, said: Mapping[str, Any]) -> Parameter:
        content: Mapping[str, Any] = next(iter(said.get("content", {}).values()), {})
        schema = self._schema(said.get("schema", content.get("schema", {})))
        style = said.get("style", "form" if said["in"] in ("query", "cookie") else "simple")
        return Parameter(
            name=said["name"],
            where=said["in"],
            required=bool(said.get("required", False)) or said["in"] == "path",
            schema=schema,
            kind=self._schemas.kind(schema),
            checker=self._schemas.validator(schema, "readOnly"),
            style="content" if content else style,
            exploded=bool(said.get("explode", style == "form")),
        )

    def _media(self, kind: str, said: Mapping[str, Any], *, request: bool = False) -> Media:
        schema = self._schema(said["schema"]) if "schema" in said else None
        way: Way = "readOnly" if request else "writeOnly"
        checker = self._schemas.validator(schema, way) if schema is not None else None
        return Media(kind, schema, checker, _examples(said))

    def _response(self, said: Mapping[str, Any]) -> Response:
        headers = {
            name.lower(): Header(self._schema(each.get("schema", {})), tuple(_examples(each).values()))
            for name, each in said.get("headers", {}).items()
        }
        return Response(tuple(self._media(kind, each) for kind, each in said.get("content", {}).items()), headers)

    def _scheme(self, name: str) -> Scheme:
        """Raises: DocumentError for one that is not there."""
        if name not in self._schemes:
            raise wrong(self._document, "/components/securitySchemes", f"there is no security scheme {name!r}")
        said = self._schemes[name]
        return Scheme(said["type"], said.get("in", ""), said.get("name", ""), said.get("scheme", "").lower())


def _examples(said: Mapping[str, Any]) -> dict[str, Any]:
    """Those beside a schema (OpenAPI 3.1.1, 4.8.12 and 4.8.14), by name; the one without a name is called ""."""
    examples = {name: each.get("value") for name, each in (said.get("examples") or {}).items() if "value" in each}
    if "example" in said:
        examples[""] = said["example"]
    return examples


def _base(server: Mapping[str, Any]) -> str:
    """The path of a server's address, its variables at their defaults."""
    url = str(server.get("url", ""))
    for name, variable in server.get("variables", {}).items():
        url = url.replace(f"{{{name}}}", str(variable.get("default", "")))
    return urlsplit(url).path.rstrip("/")


def _with_examples(schema: Any) -> Any:
    """A schema, its outdated `example` told as `examples`."""
    if isinstance(schema, list):
        return [_with_examples(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {
        name: value if name in ("enum", "const", "default", "examples") else _with_examples(value)
        for name, value in schema.items()
    }
    if "example" in kept and ("type" in kept or "$ref" in kept or "format" in kept):
        kept.setdefault("examples", [schema["example"]])
    return kept
