"""A mock of any OpenAPI document, from its file to its end."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...contracts.documents import DocumentError
from ...simulators.channels.http.listener import Listener
from ...simulators.generic.api import read
from ...simulators.generic.app import GenericApp
from .order import SimulationError

ENDINGS = ("*.yaml", "*.yml", "*.json")


@dataclass(frozen=True, slots=True)
class MockOffer:
    """What whoever calls the mock is told. `collections` are the paths that remember what callers do."""

    title: str
    url: str
    operations: int
    collections: tuple[str, ...]
    first: str

    def environment_file(self) -> str:
        """Lines of NAME=value."""
        return f"CROSSDOCK_MOCK_URL={self.url}\n"

    def document(self) -> dict[str, Any]:
        """All of it, for programs."""
        return {
            "title": self.title,
            "url": self.url,
            "operations": self.operations,
            "collections": list(self.collections),
            "environment": {"CROSSDOCK_MOCK_URL": self.url},
            "try": [self.first],
        }

    def text(self) -> Iterator[str]:
        """All of it, line by line, for people."""
        yield f"{self.title or 'mock'}: {self.url}"
        remembered = ", ".join(self.collections) or "nothing: it has no collections"
        yield f"{self.operations} operations; remembers {remembered}"
        yield f"try:\n  {self.first}"


@asynccontextmanager
async def mock(document: Path, port: int, seed: int, items: int | None, errors: list[str]) -> AsyncIterator[MockOffer]:
    """Serve the document until the block is left. `items` is how many a collection begins with, None for the usual
    number; `errors` takes the mock's own mistakes.

    Raises: SimulationError; OSError when the port is taken.
    """
    try:
        api = read(str(document.resolve()))
    except DocumentError as error:
        raise SimulationError(str(error)) from error
    app = GenericApp(api, seed, errors.append) if items is None else GenericApp(api, seed, errors.append, items)
    listener = Listener(app, port)
    await listener.open()
    try:
        url = listener.url + api.bases[0]
        readable = (each.path for each in api.operations if each.method == "GET" and "{" not in each.path)
        first = f"curl -s '{url}{next(readable, api.operations[0].path)}'"
        yield MockOffer(api.title, url, len(api.operations), tuple(app.crud.resources), first)
    finally:
        await listener.close()


def sources(document: Path) -> Iterable[Path]:
    """The document, and what lies beside it: what it may refer to."""
    return [document, *(path for ending in ENDINGS for path in document.parent.glob(ending) if path != document)]
