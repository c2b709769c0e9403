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


@dataclass(slots=True)
class Phases:
    """The phases of a run, each with how long it took on `clock`."""

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
