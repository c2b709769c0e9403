"""What a measure yields: figures with their goals, notes that belong to them, and how both are shown."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from rich.console import Console
from rich.table import Table

from crossdock.benchmarks.machine import Machine, this_machine


@dataclass(frozen=True, slots=True)
class Goal:
    """The bound that a figure is meant to keep."""

    kind: Literal["at least", "below"]
    bound: float

    def is_met(self, value: float) -> bool:
        return value >= self.bound if self.kind == "at least" else value < self.bound

    def __str__(self) -> str:
        return f"{'≥' if self.kind == 'at least' else '<'} {self.bound:,g}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: of whom or of what (`subject`), which quantity, and its unit."""

    subject: str
    quantity: str
    value: float
    unit: str = ""
    goal: Goal | None = None

    def __str__(self) -> str:
        text = f"{self.value:,.0f}" if abs(self.value) >= 100 else f"{self.value:,.3g}"
        if self.goal is not None:
            text += f" ({self.goal}: {'met' if self.goal.is_met(self.value) else 'missed'})"
        return text

    @property
    def heading(self) -> str:
        return f"{self.quantity}, {self.unit}" if self.unit else self.quantity


@dataclass(slots=True)
class Measured:
    """All that one measure found. `notes` say what a reader must know to read the figures rightly."""

    name: str
    title: str
    figures: list[Figure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def document(self) -> dict[str, Any]:
        """As JSON; a goal appears with whether it was met."""
        figures = [
            {**asdict(figure), "met": figure.goal.is_met(figure.value) if figure.goal else None}
            for figure in self.figures
        ]
        return {"name": self.name, "title": self.title, "figures": figures, "notes": self.notes}


Measure = Callable[[], Measured]


def main(measures: Mapping[str, Measure], arguments: Sequence[str]) -> None:
    """Take the measures that the arguments name, or all, and print each as it is there."""
    parser = argparse.ArgumentParser(description="What Crossdock costs, measured.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"a measure: {', '.join(measures)}; all by default")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write machine, figures and notes to FILE")
    given = parser.parse_args(arguments)
    if unknown := [name for name in given.names if name not in measures]:
        parser.error(f"there is no measure {unknown[0]!r}; there are {', '.join(measures)}")
    json_file: Path | None = given.json
    machine = this_machine()
    console = Console(highlight=False)
    console.print(str(machine), soft_wrap=True)
    found = []
    for name in given.names or measures:
        try:
            measured = measures[name]()
        except (MeasureError, OSError) as error:
            sys.exit(f"benchmarks: {error}")
        found.append(measured)
        _show(console, measured)
    if json_file is not None:
        json_file.write_text(json.dumps(_document(machine, found), indent=2) + "\n", encoding="utf-8")


class MeasureError(Exception):
    """A measure cannot be taken, or what came out is not valid; says why and what to do."""


def _document(machine: Machine, found: Sequence[Measured]) -> dict[str, Any]:
    return {"machine": asdict(machine), "measures": [measured.document() for measured in found]}


def _show(console: Console, measured: Measured) -> None:
    """A row for each subject, a column for each quantity, in the order in which they came."""
    headings = list(dict.fromkeys(figure.heading for figure in measured.figures))
    subjects = list(dict.fromkeys(figure.subject for figure in measured.figures))
    cells = {(figure.subject, figure.heading): str(figure) for figure in measured.figures}
    table = Table("", *headings, title=f"{measured.name}: {measured.title}", title_justify="left")
    for column in table.columns[1:]:
        column.justify = "right"
    for subject in subjects:
        table.add_row(subject, *(cells.get((subject, heading), "") for heading in headings))
    console.print()
    console.print(table, soft_wrap=True)
    for note in measured.notes:
        console.print(f"- {note}", soft_wrap=True)
