"""Who is hit: consumers of which something says what they use.

A pact says it: the operations that a consumer calls, the fields that it sends and those that it reads. Other evidence,
such as the journal and the files of a recorded run, makes the same values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from msgspec import UNSET

from ..documents import load, wrong
from .change_log import Use
from .seen_values import ANY, SeenValues

_STEP = re.compile(r"\.([^.\[]+)|\[[0-9]*\]")


@dataclass(frozen=True)
class Usage:
    """One exchange that a consumer was seen in, or expects. `method` is "" for a message; then `path` is an event type.

    `sent` and `read` are bodies as JSON, None where there is none; `sent_values` and `read_values` the values that
    stood in them, None where only an example of a body is known.
    """

    method: str
    path: str
    status: str
    sent: Any
    read: Any
    description: str
    sent_values: SeenValues | None = None
    read_values: SeenValues | None = None


@dataclass(frozen=True)
class Consumer:
    """Somebody who uses a contract, and the file that says so. `not_of` are the titles of documents that have
    operations of the same name, and that none of the usages is of.
    """

    name: str
    file: str
    usages: tuple[Usage, ...]
    not_of: frozenset[str] = frozenset()

    def meets(self, use: Use, title: str = "", value: Any = UNSET) -> Usage | None:
        """The exchange in which the consumer meets what changed in the document of this title; None when nothing says
        that it does. `value` is the one that is gone from a list: who is known never to have used it is not hit.
        """
        if title in self.not_of:
            return None
        meant = (usage for usage in self.usages if self._concerns(usage, use))
        return next((usage for usage in meant if value is UNSET or _had(usage, use, value)), None)

    def _concerns(self, usage: Usage, use: Use) -> bool:
        method, _, path = use.operation.rpartition(" ")
        if usage.method:
            if method != usage.method.upper() or not _fits(path, usage.path):
                return False
            if use.role.startswith("response ") and not _answers(use.role.removeprefix("response "), usage.status):
                return False
        elif use.operation != usage.path:
            return False
        body = usage.sent if use.role == "request body" else usage.read
        return not use.field or body is None or use.field.startswith("header") or _has(body, use.field)


def _had(usage: Usage, use: Use, value: Any) -> bool:
    """Whether the value stood in the field, or nobody can tell."""
    seen = usage.sent_values if use.role == "request body" else usage.read_values
    path = tuple(found[1] or ANY for found in _STEP.finditer(use.field))
    return seen is None or not path or seen.may_have(path, value)


def _fits(template: str, path: str) -> bool:
    """Whether a path, which may have the server's own before it, is one of a template."""
    pattern = "".join(
        "[^/]+" if part.startswith("{") else re.escape(part) for part in re.split(r"(\{[^}]*\})", template)
    )
    return re.search(f"(^|/v[0-9]+){pattern}/?$", path) is not None


def _answers(documented: str, status: str) -> bool:
    return documented in (status, f"{status[:1]}XX", "default")


def _has(body: Any, path: str) -> bool:
    """Whether a body has the field, or the object around it: an added field cannot be there yet."""
    values = [body]
    steps = [found[1] for found in _STEP.finditer(path)]
    for step in steps:
        values = list(_below(values, step))
    return bool(values)


def _below(values: list[Any], step: str | None) -> Iterator[Any]:
    for value in values:
        if step is None or step == "*":
            yield from value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
        elif isinstance(value, dict) and step in value:
            yield value[step]


def consumer_of(document: str, file: str) -> Consumer:
    """The consumer of a pact; `file` is how its document is told.

    Raises: DocumentError when it cannot be read, or is no pact.
    """
    pact = load(document)
    if not isinstance(pact, dict) or not {"consumer", "provider", "interactions"} <= pact.keys():
        raise wrong(document, "", "expected a pact, with `consumer`, `provider` and `interactions` at its top")
    usages = tuple(usage for each in pact["interactions"] for usage in _usages(each))
    return Consumer(str(pact["consumer"]["name"]), file, usages)


def _usages(interaction: Mapping[str, Any]) -> Iterator[Usage]:
    description = str(interaction.get("description", ""))
    request, response = interaction.get("request"), interaction.get("response")
    if isinstance(request, dict) and isinstance(response, dict) and "method" in request:
        status = str(response.get("status", 200))
        yield Usage(request["method"], request["path"], status, _content(request), _content(response), description)
    elif not request:
        content = _content(interaction)
        kind = content.get("type", description) if isinstance(content, dict) else description
        yield Usage("", str(kind), "", None, content, description)


def _content(part: Mapping[str, Any]) -> Any:
    """The body as JSON; None where there is none. Versions before 4 have it without its wrapping."""
    body = part.get("body", part.get("contents"))
    if isinstance(body, dict) and "content" in body:
        return body["content"]
    return body
