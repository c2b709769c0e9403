"""A contract as schemathesis is given it: the whole of it, or a part, and in the lean form without what only costs
time.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec

from ...contracts.openapi import Api
from ...contracts.operation_reader import METHODS

# Every operation takes these two headers, one place reads them, and a rule of its own tries them.
EVERYWHERE = ("traceparent", "X-Correlation-Id")
# The same code answers these for every party.
SHARED = ("/oauth/token", "/events", "/webhook-subscriptions")


def document_of(
    api: Api, *, lean: bool, only: Collection[str] = (), shared: bool = True, secured: bool = True
) -> dict[str, Any]:
    """A copy of the contract with the operations of these ids, all when none is named; `shared` False leaves those
    out that every party answers in the same way, `secured` False what is said of tokens.
    """
    document: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(api.document))
    paths = {
        path: _kept(item, only) for path, item in document["paths"].items() if shared or not path.startswith(SHARED)
    }
    if only:
        _cut_links(paths, only)
    document["paths"] = {path: item for path, item in paths.items() if any(method in item for method in METHODS)}
    if not secured:
        _open_to_all(document)
    if lean:
        document = _without_ceilings(document)
        for path, item in document["paths"].items():
            _spare_shared_headers(path, item)
    return document


def _cut_links(paths: dict[str, Any], only: Collection[str]) -> None:
    """Leave links to those operations only that are there."""
    answers = (
        answer
        for item in paths.values()
        for method in METHODS
        for answer in item.get(method, {}).get("responses", {}).values()
    )
    for answer in answers:
        links = answer.get("links", {})
        answer["links"] = {name: link for name, link in links.items() if link.get("operationId") in only}


def _open_to_all(document: dict[str, Any]) -> None:
    """Bearer tokens are asked for nowhere; what is asked for by a header of its own stays."""
    schemes = document.get("components", {}).get("securitySchemes", {})
    tokens = {name for name, scheme in schemes.items() if scheme.get("type") != "apiKey"}
    for item in document["paths"].values():
        for method in METHODS:
            if method in item and any(tokens & requirement.keys() for requirement in item[method].get("security", ())):
                item[method]["security"] = []


def _kept(item: dict[str, Any], only: Collection[str]) -> dict[str, Any]:
    return {
        key: value for key, value in item.items() if key not in METHODS or not only or value.get("operationId") in only
    }


def _spare_shared_headers(path: str, item: dict[str, Any]) -> None:
    for method in METHODS:
        if method in item and "parameters" in item[method] and not path.startswith(SHARED):
            item[method]["parameters"] = [each for each in item[method]["parameters"] if each["name"] not in EVERYWHERE]


def _without_ceilings(value: Any) -> Any:
    """Arrays may be of any length: to fill each one to its last item takes longer than all the rest."""
    if isinstance(value, dict):
        return {
            key: _without_ceilings(item)
            for key, item in value.items()
            if not (key == "maxItems" and isinstance(item, int))
        }
    return [_without_ceilings(item) for item in value] if isinstance(value, list) else value
