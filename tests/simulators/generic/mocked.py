"""A mock without sockets, and a caller of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crossdock.simulators.channels.http.exchange import Request
from crossdock.simulators.generic.api import read
from crossdock.simulators.generic.app import GenericApp

JSON = "application/json"


@dataclass(frozen=True)
class Reply:
    """An answer; `json` is None where the body is none."""

    status: int
    media_type: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body) if self.body else None

    @property
    def pointers(self) -> list[str]:
        """What the errors of a problem document point at."""
        return [error["pointer"] for error in self.json.get("errors", ())]


@dataclass
class Mocked:
    """A document's mock. Mistakes of its own are in `errors`."""

    app: GenericApp
    errors: list[str] = field(default_factory=list)

    def ask(self, method: str, target: str, body: Any = None, **headers: str) -> Reply:
        """`body` is sent as JSON unless it is bytes; header names have `_` for `-`."""
        url = urlsplit(target)
        named = {name.replace("_", "-").lower().encode(): value.encode() for name, value in headers.items()}
        if body is not None:
            named.setdefault(b"content-type", JSON.encode())
        octets = b"" if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        answer = self.app.respond(Request(method, url.path, url.query.encode(), named, octets))
        assert answer is not None
        told = {name.decode(): value.decode() for name, value in answer.headers}
        return Reply(answer.status, answer.media_type.decode(), told, answer.body)


def mock_of(folder: Path, document: dict[str, Any] | str, *, seed: int = 1, items: int = 3) -> Mocked:
    """The mock of a document, given as data or as YAML."""
    text = document if isinstance(document, str) else json.dumps(document)
    file = folder / f"{len(list(folder.iterdir()))}.yaml"  # another name each time: documents are read once
    file.write_text(text, encoding="utf-8")
    errors: list[str] = []
    return Mocked(GenericApp(read(str(file.resolve())), seed, errors.append, items), errors)
