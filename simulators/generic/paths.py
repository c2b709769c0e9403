"""From method and path to an operation of any document, whose parameters may be a part of a segment (`/{id}.json`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from .api import Operation

_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Route:
    """`collection` is the path of what an item's path is an item of, with its values, when the path ends in a parameter
    of its own segment; `key` is that parameter's name.
    """

    template: str
    pattern: re.Pattern[str]
    names: tuple[str, ...]
    operations: dict[str, Operation]

    @property
    def key(self) -> str:
        """The parameter that names an item, "" where the path does not end in one."""
        found = re.fullmatch(r"\{([^{}]+)\}", self.template.rpartition("/")[2])
        return found[1] if found else ""

    @property
    def parent(self) -> str:
        """The path without its last segment."""
        return self.template.rpartition("/")[0]


@dataclass(frozen=True, slots=True)
class Found:
    """A route, the path that was asked for without the server's, and the values in it."""

    route: Route
    path: str
    values: Mapping[str, str]


class Paths:
    """A path without parameters wins over one with (OpenAPI 3.1.1, 4.8.8.2)."""

    def __init__(self, operations: Iterable[Operation], bases: Iterable[str]) -> None:
        self.routes: dict[str, Route] = {}
        for operation in operations:
            template = operation.path
            if template not in self.routes:
                names = tuple(_PLACEHOLDER.findall(template))
                self.routes[template] = Route(template, _pattern(template), names, {})
            self.routes[template].operations[operation.method] = operation
        # Longest first, so that of `/v1` and the empty path the former is tried before.
        self.bases = sorted(bases, key=len, reverse=True)
        self._plain = {template: route for template, route in self.routes.items() if not route.names}
        self._others = sorted(
            (route for route in self.routes.values() if route.names), key=lambda route: _specific(route.template)
        )

    def find(self, path: str) -> Found | None:
        """The route of a path as it was sent, percent-encoded."""
        for base in self.bases:
            if path.startswith(base):
                own = path[len(base) :] or "/"
                if (route := self._plain.get(own)) is not None:
                    return Found(route, own, {})
                for route in self._others:
                    if matched := route.pattern.fullmatch(own):
                        values = dict(zip(route.names, map(unquote, matched.groups()), strict=True))
                        return Found(route, own, values)
        return None


def _pattern(template: str) -> re.Pattern[str]:
    literals = _PLACEHOLDER.split(template)[::2]
    return re.compile("([^/]+)".join(map(re.escape, literals)))


def _specific(template: str) -> list[int]:
    """Sorts literal segments before those with parameters, from the left."""
    return [segment.count("{") for segment in template.split("/")]
