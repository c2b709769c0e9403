"""One registry for every kind of thing that grows: faults, invariants, actions, report formats.

Each registry is filled by a decorator where the thing is defined, and by entry points of other packages
(`crossdock.<kind>`), so that a user adds theirs without touching ours. A second owner of an id is refused with both
modules named; an unknown id is answered with the nearest one.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import iter_modules
from typing import Generic, TypeVar

T = TypeVar("T")


class UnknownId(LookupError):
    """Nothing of that id is registered; the message names what is near and what there is."""


class Registry(Generic[T]):
    """Id → thing, in order of registration. `kind` is the word for one of them ("fault").

    `package` is where ours are defined: its modules are imported when the registry is first read.
    """

    def __init__(self, kind: str, package: str) -> None:
        self.kind = kind
        self._package = package
        self._things: dict[str, T] = {}
        self._owners: dict[str, str] = {}
        self._loaded = False

    def register(self, id: str) -> Callable[[T], T]:
        """Decorator. Raises: ValueError when another module owns the id."""

        def add(thing: T) -> T:
            module = getattr(thing, "__module__", type(thing).__module__)
            owner = self._owners.get(id, module)
            if owner != module:
                raise ValueError(f"{self.kind} {id!r} of {module} is already {owner}'s: choose another id")
            self._things[id], self._owners[id] = thing, module
            return thing

        return add

    def __getitem__(self, id: str) -> T:
        self._load()
        try:
            return self._things[id]
        except KeyError:
            raise UnknownId(self.unknown(id)) from None

    def __contains__(self, id: object) -> bool:
        self._load()
        return id in self._things

    def __iter__(self) -> Iterator[str]:
        self._load()
        return iter(self._things)

    def __len__(self) -> int:
        self._load()
        return len(self._things)

    def items(self) -> Iterator[tuple[str, T]]:
        self._load()
        return iter(self._things.items())

    def unknown(self, id: str) -> str:
        """A sentence about an id that is not there."""
        near = difflib.get_close_matches(id, self._things, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(sorted(self._things)) or 'none'}"
        return f"there is no {self.kind} {id!r}: {hint}"

    def _load(self) -> None:
        if self._loaded:
            return
        self._loaded = True
        package = import_module(self._package)
        for module in iter_modules(package.__path__):
            import_module(f"{self._package}.{module.name}")
        for entry in entry_points(group=f"crossdock.{self.kind}s"):
            entry.load()
