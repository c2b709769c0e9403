"""Which values stood in the fields of what a consumer sent or read, as far as few enough did to be a list of values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeAlias

MOST = 100  # of one field; where there are more it is no list, and any may have been there
ANY = "*"  # an item of an array

Path: TypeAlias = tuple[str, ...]


@dataclass(slots=True)
class SeenValues:
    """By the names of the fields around them. None: too many to be kept."""

    values: dict[Path, set[Any] | None] = field(default_factory=dict)

    def take(self, body: Any, path: Path = ()) -> None:
        """All that stands in a body, at any depth."""
        if isinstance(body, dict):
            for name, below in body.items():
                self.take(below, (*path, name))
        elif isinstance(body, list):
            for item in body:
                self.take(item, (*path, ANY))
        else:
            self._see(path, body)

    def may_have(self, path: Path, value: Any) -> bool:
        """Whether the value stood there, or may have. `path` has ANY wherever it leads through any member."""
        found = [seen for there, seen in self.values.items() if _same(path, there)]
        return any(seen is None or value in seen for seen in found)

    def _see(self, path: Path, value: Any) -> None:
        seen = self.values.setdefault(path, set())
        if seen is None:
            return
        seen.add(value)
        if len(seen) > MOST:
            self.values[path] = None


def _same(path: Path, there: Path) -> bool:
    return len(path) == len(there) and all(
        ANY in (one, other) or one == other for one, other in zip(path, there, strict=True)
    )
