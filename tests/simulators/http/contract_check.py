"""Holds every answer of a party to its contract: status, media type, body, headers. Reads the document itself."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec

from crossdock.contracts.openapi import api
from crossdock.contracts.validation import Validator, canonical

PROBLEM = "application/problem+json"


class ContractBroken(AssertionError):
    """A party answered what its contract does not know."""


class ContractCheck:
    """The contract of one kind of party, in one of its versions."""

    def __init__(self, kind: str, version: str) -> None:
        document = api(kind, version).document
        self._components = document["components"]
        self._paths = [(_pattern(f"/{version}", path), item) for path, item in document["paths"].items()]
        self._paths.sort(key=lambda entry: entry[0].pattern.count("[^/]+"))

    def check(self, method: str, path: str, status: int, headers: Mapping[str, str], body: bytes) -> None:
        """Raises: ContractBroken. An answer to what the contract does not know must be a problem document."""
        what = f"{method} {path} → {status}"
        described = self._described(method, path)
        if described is None:
            _demand(status in (404, 405), f"{what}: there is no such operation")
            return None if method == "HEAD" else self._check_problem(what, status, headers, body)
        if status == 410 and msgspec.json.decode(body).get("code") == "version-gone":
            return self._check_problem(what, status, headers, body)
        _demand(str(status) in described["responses"], f"{what}: the contract names no such status")
        response = described["responses"][str(status)]
        self._check_headers(what, response.get("headers", {}), headers)
        content = response.get("content", {})
        if method == "HEAD" or not content:
            return _demand(body == b"", f"{what}: there may be no body, but there is {body[:200]!r}")
        media_type = headers.get("content-type", "").partition(";")[0]
        _demand(media_type in content, f"{what}: {media_type!r} instead of {' or '.join(content)}")
        self._check_schema(what, content[media_type]["schema"], body)
        if media_type == PROBLEM:
            self._check_problem(what, status, headers, body)
        return None

    def _described(self, method: str, path: str) -> Any:
        plain = path.partition("?")[0]
        item: Any = next((item for pattern, item in self._paths if pattern.fullmatch(plain)), {})
        return item.get("get" if method == "HEAD" else method.lower())

    def _check_headers(self, what: str, described: Mapping[str, Any], headers: Mapping[str, str]) -> None:
        for name, header in described.items():
            value = headers.get(name.lower())
            if value is None:
                _demand(not header.get("required"), f"{what}: the header {name} is missing")
                continue
            errors = self._validator(msgspec.json.encode(header["schema"])).errors(value)
            _demand(not errors, f"{what}: {name}: {value!r}: {errors}")

    def _check_schema(self, what: str, schema: Any, body: bytes) -> None:
        errors = self._validator(msgspec.json.encode(schema)).errors(msgspec.json.decode(body))
        _demand(not errors, f"{what}: {errors}")

    def _check_problem(self, what: str, status: int, headers: Mapping[str, str], body: bytes) -> None:
        _demand(headers.get("content-type") == PROBLEM, f"{what}: {headers.get('content-type')}")
        document = msgspec.json.decode(body)
        errors = canonical("problem").errors(document)
        _demand(not errors, f"{what}: {errors}")
        _demand(document["status"] == status, f"{what}: its document says {document['status']}")

    @cache  # noqa: B019 - there is one check for each kind of party, as long as the tests run
    def _validator(self, schema: bytes) -> Validator:
        return Validator(msgspec.json.decode(schema) | {"components": self._components})


@cache
def contract_of(kind: str, version: str = "v1") -> ContractCheck:
    return ContractCheck(kind, version)


def _pattern(base: str, path: str) -> re.Pattern[str]:
    return re.compile(base + re.sub(r"\\\{[^}]+\\\}", "[^/]+", re.escape(path)))


def _demand(good: bool, problem: str) -> None:
    if not good:
        raise ContractBroken(problem)
