"""An operation of an OpenAPI document as it is written, with its place: for whoever judges or compares documents.

`contracts/operation.py` is what a simulator needs of a sound document; this one also reads half-finished documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .operation_reader import METHODS
from .part import Part


@dataclass(frozen=True, slots=True, eq=False)
class ApiOperation:
    """`part` is the operation, `item` the path item around it, `root` the document that names both."""

    part: Part
    item: Part
    root: Part
    path: str
    method: str

    @property
    def label(self) -> str:
        """What people call it: "POST /orders"."""
        return f"{self.method.upper()} {self.path}"

    def parameters(self) -> dict[tuple[str, str], Part]:
        """By place and name; the operation's own replace those of its path (OpenAPI 3.1.1, 4.8.9.1).

        Raises: DocumentError, as all methods here do, when a reference leads nowhere.
        """
        found = {}
        for owner in (self.item, self.part):
            for _, written in owner.member("parameters").members():
                part = written.followed()
                name = str(part.get("name"))
                found[str(part.get("in")), name.lower() if part.get("in") == "header" else name] = part
        return found

    def has_parameter(self, where: str, name: str) -> bool:
        return (where, name.lower() if where == "header" else name) in self.parameters()

    def request(self) -> Part | None:
        """The request body; None when the operation takes none."""
        written = self.part.member("requestBody")
        return written.followed() if written.value is not None else None

    def responses(self) -> dict[str, Part]:
        """By status, class ("4XX") or "default"."""
        return {status: part.followed() for status, part in self.part.member("responses").members()}

    def security(self) -> list[dict[str, Any]] | None:
        """The requirements, of which one must be met; None where neither operation nor document says anything."""
        own = self.part.get("security")
        found = own if own is not None else self.root.get("security")
        return found if isinstance(found, list) else None

    @property
    def needs_credentials(self) -> bool:
        """Whether nobody may call it who shows nothing: an empty requirement means that one may."""
        requirements = self.security()
        return bool(requirements) and {} not in (requirements or [])


def operations(root: Part, field: str = "paths") -> Iterator[ApiOperation]:
    """The operations of a document, in its order; those of its webhooks with `field="webhooks"`.

    Raises: DocumentError when a path is a reference that leads nowhere.
    """
    for path, written in root.member(field).members():
        item = written.followed()
        for method in METHODS:
            if isinstance(item.get(method), dict):
                yield ApiOperation(item.member(method), item, root, path, method)


def answer(responses: dict[str, Part], status: int) -> Part | None:
    """The response that a status has: its own, that of its class, or the default."""
    return next((responses[key] for key in (str(status), f"{status // 100}XX", "default") if key in responses), None)
