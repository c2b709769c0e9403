"""When a file that a partner puts is complete: nothing half-written is ever handed on.

A file can be complete only once nobody has it open for writing, everything that was written to it was accepted, and
each writer closed it in the protocol's own way; the server sees all of that and has no need to guess from sizes. What
the partner must do beyond that is `by`:

    close     give it a name that is not temporary: straight away, or by renaming it when it is whole
    rename    write it under a temporary name and rename it; a file written under its last name waits for ever
    trigger   put a second, small file beside it: `orders.csv` waits for `orders.csv.done` or `orders.done`
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from .path import name_of, parent_of

By = Literal["close", "rename", "trigger"]


@dataclass(frozen=True, slots=True)
class Completion:
    """The rule of one provider. Suffixes may be in lower or upper case; a name that begins with a dot is temporary
    too, as several clients have it.
    """

    by: By = "close"
    temporary: tuple[str, ...] = (".tmp", ".partial", ".filepart", ".incomplete")
    triggers: tuple[str, ...] = (".done", ".trg", ".ok", ".ctl")

    def is_temporary(self, path: str) -> bool:
        name = name_of(path)
        return name.startswith(".") or name.endswith(_in_both_cases(self.temporary))

    def is_trigger(self, path: str) -> bool:
        return self.by == "trigger" and name_of(path).endswith(_in_both_cases(self.triggers))

    def triggers_of(self, path: str) -> Iterator[str]:
        """Where a trigger for this file may stand, the likeliest first."""
        for base in (path, _without_suffix(path)):
            for suffix in _in_both_cases(self.triggers):
                yield base + suffix

    def is_meant(self, trigger: str, path: str) -> bool:
        """Whether the trigger is about that file."""
        return not self.is_trigger(path) and trigger in self.triggers_of(path)


def _in_both_cases(suffixes: tuple[str, ...]) -> tuple[str, ...]:
    return (*suffixes, *(suffix.upper() for suffix in suffixes))


def _without_suffix(path: str) -> str:
    stem, _, _ = name_of(path).rpartition(".")
    return f"{parent_of(path)}/{stem or name_of(path)}"
