"""Findings that are one: equal keys in one world are told once, with how often and with all their evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from ..contracts.result import Finding


@dataclass(frozen=True, slots=True)
class Folded:
    """A finding, and how many of the document it stands for."""

    finding: Finding
    times: int


def folded(findings: Iterable[Finding]) -> list[Folded]:
    """The findings in their order, those of equal key as one; it keeps the words of the first. Not those of two worlds:
    each has its own journal.
    """
    groups: dict[tuple[str, int], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.key, finding.world), []).append(finding)
    return [Folded(_merged(group), len(group)) for group in groups.values()]


def _merged(group: list[Finding]) -> Finding:
    exchanges = dict.fromkeys(number for finding in group for number in finding.exchanges)
    return msgspec.structs.replace(group[0], exchanges=tuple(exchanges))
