"""Progress while a run goes on: one line that renews itself on a terminal, one line per phase when piped."""

from __future__ import annotations

from collections.abc import Sequence
from types import TracebackType

from rich.console import Console
from rich.status import Status


class Live:
    """Shows the phase and how many orders are done. Use as a context manager."""

    def __init__(self, console: Console, name: str = "") -> None:
        self._console = console
        self._name = f"{name}: " if name else ""
        self._phase = ""
        self._status: Status | None = Status("starting", console=console) if console.is_terminal else None

    def __enter__(self) -> Live:
        if self._status is not None:
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._status is not None:
            self._status.stop()

    def phase(self, name: str, detail: str = "") -> None:
        self._phase = f"{self._name}{name}" + (f" [dim]{detail}[/dim]" if detail else "")
        if self._status is not None:
            self._status.update(self._phase)
        else:
            self._console.print(f"{self._name}{name}: {detail}", markup=False, highlight=False)

    def orders(self, done: int, total: int, waiting: Sequence[str]) -> None:
        if self._status is not None:
            waits = f" · waiting: {waiting[0][:60]}" if waiting else ""
            self._status.update(f"{self._phase} · {done} of {total} orders complete{waits}")
