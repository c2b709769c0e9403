"""A rule that is data: what is demanded of a provider's answers, of what a layer makes of events, or of files."""

from __future__ import annotations

from dataclasses import dataclass

from ..contracts.provider_result import TriedRule


@dataclass(frozen=True, slots=True)
class StatedRule:
    """`title` is the rule in a line, `clause` where it stands, `because` why, and `example` a way to break it."""

    id: str
    title: str
    clause: str
    because: str
    example: str

    def as_tried(self, tried: int, broken: int, idle: str = "") -> TriedRule:
        """For the result: how often it was put to the test, and how many operations break it; `idle` says why it was
        not, where it was not.
        """
        return TriedRule(
            id=self.id,
            title=self.title,
            clause=self.clause,
            tried=tried,
            broken=broken,
            idle="" if tried else idle,
        )
