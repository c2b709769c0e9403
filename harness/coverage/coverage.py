"""A run's folder against the contracts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from ...contracts.coverage_result import CoveredPart, PointKind
from ...simulators.journal import read
from ...simulators.world import ERP, ERPS, PARTIES, WAREHOUSE
from ..world_folders import JOURNAL, entries, world_folders
from .api_points import KINDS, JournalSight, api_points
from .file_points import file_points, seen_in
from .point import Point

PLAIN = {"crm": "crm", "erp": "erp"}


def cast_of(journal: Path) -> dict[str, str]:
    """Party → kind: whoever has settings of its own and is neither CRM nor an ERP is a warehouse.

    Raises: JournalDamaged.
    """
    found = dict(PLAIN)
    for entry in read(journal):
        if entry.kind == "commit" and entry.name == "settings":
            found.setdefault(entry.party, PARTIES[ERP] if entry.party in ERPS else WAREHOUSE)
        elif entry.kind == "invoke":
            break
    return found


def coverage(folder: Path) -> tuple[tuple[CoveredPart, ...], dict[str, int]]:
    """What the run in the folder saw of all contracts, and what it was asked for beside them.

    Raises: NoJournal, JournalDamaged.
    """
    worlds = world_folders(folder)
    sight = JournalSight(cast_of(folder / JOURNAL))
    sight.take(entries(folder))
    seen = sum((seen_in(world / "files") for world in worlds), sight.seen)
    return tuple(parts_of([*api_points(), *file_points()], seen)), dict(sorted(sight.beside.items()))


def parts_of(points: list[Point], seen: Counter[Point]) -> list[CoveredPart]:
    """The points by contract, kind and part."""
    order = {kind: rank for rank, kind in enumerate((*KINDS, "events", "x12", "csv"))}
    parts: dict[tuple[str, str, PointKind], list[str]] = {}
    for point in dict.fromkeys(points):
        parts.setdefault((point.contract, point.part, point.kind), []).append(point.name)
    told = [
        CoveredPart(
            contract=contract,
            part=part,
            kind=kind,
            seen={name: seen[point] for name in names if seen[point := Point(contract, part, kind, name)]},
            unseen=tuple(name for name in names if not seen[Point(contract, part, kind, name)]),
        )
        for (contract, part, kind), names in parts.items()
    ]
    return sorted(told, key=lambda each: order[each.contract])
