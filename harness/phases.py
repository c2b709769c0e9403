"""The phases of a run: who wants to know of them, and what is kept of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ..contracts.result import PhaseResult


class Progress(Protocol):
    """Who wants to know how far the run is."""

    def phase(self, name: str, detail: str = "") -> None: ...

    def orders(self, done: int, total: int, waiting: Sequence[str]) -> None: ...


class Silent:
    """Nobody does."""

    def phase(self, name: str, detail: str = "") -> None:
        pass

    def orders(self, done: int, total: int, waiting: Sequence[str]) -> None:
        pass


class Together:
    """The progress of worlds that are played at the same time, told as that of one."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._standing: dict[int, tuple[int, int, Sequence[str]]] = {}

    def of(self, world: int) -> Progress:
        """Whom the `world`th tells."""
        return _OfWorld(self, world)

    def phase(self, world: int, name: str, detail: str) -> None:
        self._standing.pop(world, None)
        self._progress.phase(name, detail)

    def orders(self, world: int, done: int, total: int, waiting: Sequence[str]) -> None:
        self._standing[world] = done, total, waiting
        standing = self._standing.values()
        waits = [reason for _, _, reasons in standing for reason in reasons]
        self._progress.orders(sum(done for done, _, _ in standing), sum(total for _, total, _ in standing), waits)


@dataclass(frozen=True, slots=True)
class _OfWorld:
    together: Together
    world: int

    def phase(self, name: str, detail: str = "") -> None:
        self.together.phase(self.world, name, detail)

    def orders(self, done: int, total: int, waiting: Sequence[str]) -> None:
        self.together.orders(self.world, done, total, waiting)


@dataclass(slots=True)
class Phases:
    """The phases of a world, each with how long it took on `clock`."""

    clock: Callable[[], float]
    progress: Progress
    done: list[PhaseResult] = field(default_factory=list)
    _name: str = ""
    _began: float = 0.0

    def begin(self, name: str, detail: str = "") -> None:
        self.end()
        self._name, self._began = name, self.clock()
        self.progress.phase(name, detail)

    def end(self, note: str = "") -> None:
        if self._name:
            took = round(self.clock() - self._began, 3)
            self.done.append(PhaseResult(name=self._name, began_s=round(self._began, 3), took_s=took, note=note))
            self._name = ""
