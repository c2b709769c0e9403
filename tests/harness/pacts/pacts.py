"""Pacts as tests write them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

JSON = "application/json"
EVENT = "application/cloudevents+json"
NONE: Mapping[str, Any] = {}
EXISTS = [{"name": "an order CO-10042 exists with 2 lines"}]


def written(
    folder: Path, *interactions: dict[str, Any], provider: str = "crm", version: str = "4.0", name: str = "pact.json"
) -> str:
    """The path of a pact with these interactions. A process reads a file once: another one has another `name`."""
    content = {
        "consumer": {"name": "layer"},
        "provider": {"name": provider},
        "interactions": list(interactions),
        "metadata": {"pactSpecification": {"version": version}},
    }
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.write_text(json.dumps(content, indent=1), encoding="utf-8")
    return str(file)


def order_is_read(
    expected: Any, states: Sequence[Any] = EXISTS, status: int = 200, rules: Mapping[str, Any] = NONE
) -> dict[str, Any]:
    """The order CO-10042 is read; `rules` are matchers, by path without its `$.`."""
    matchers = {f"$.{path}": {"combine": "AND", "matchers": [rule]} for path, rule in rules.items()}
    response: dict[str, Any] = {"status": status}
    if expected is not None:
        response["body"] = {"content": expected, "contentType": JSON, "encoded": False}
        response["matchingRules"] = {"body": matchers}
    return {
        "type": "Synchronous/HTTP",
        "description": "an order is read",
        "providerStates": list(states),
        "request": {"method": "GET", "path": "/v1/orders/CO-10042"},
        "response": response,
    }


def event_is_told(contents: Any, *states: Any) -> dict[str, Any]:
    """A message that the consumer expects to hear."""
    return {
        "type": "Asynchronous/Messages",
        "description": "an event is told",
        "providerStates": list(states),
        "contents": {"content": contents, "contentType": EVENT, "encoded": False},
        "metadata": {"contentType": EVENT},
    }


def asked(operation: str, request: Any, reply: Any, *states: Any, **params: str) -> dict[str, Any]:
    """A request with a reply, over whatever carries messages."""
    told = {"content": request, "contentType": JSON, "encoded": False} if request is not None else {"content": ""}
    return {
        "type": "Synchronous/Messages",
        "description": f"{operation} is asked",
        "providerStates": list(states),
        "request": {"contents": told, "metadata": {"operation": operation, **params}},
        "response": [{"contents": {"content": reply, "contentType": JSON, "encoded": False}}],
    }
