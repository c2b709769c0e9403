"""Tries scenarios out: do they still show the finding?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from ...contracts.finding_kind import kind_of
from ...contracts.repeats import all_findings
from ...contracts.result import Finding, Result
from .document import Document, fingerprint, scenario_of

# Runs scenarios once; the number tells apart the courses that one and the same plan may take.
Run = Callable[[Sequence[object], int], Result]


class Exhausted(Exception):
    """No more runs are allowed, or the time is over."""


@dataclass(slots=True)
class Laboratory:
    """`kind` is that of the finding that is looked for. A candidate is run up to `tries` times, until it shows it.
    `may_go_on` says whether there is time left. `finding` is the last that was seen, in `course`.
    """

    run: Run
    kind: str
    most_runs: int
    may_go_on: Callable[[], bool] = lambda: True
    tries: int = 1
    runs: int = 0
    finding: Finding | None = None
    course: int = 0
    _known: dict[str, bool] = field(default_factory=dict)

    def shows(self, documents: Sequence[Document]) -> bool:
        """Whether these scenarios show it. What was tried before is not tried again. Raises: Exhausted."""
        key = fingerprint(documents)
        if key not in self._known:
            scenarios = [scenario_of(document) for document in documents]
            valid = bool(scenarios) and all(scenario is not None for scenario in scenarios)
            self._known[key] = valid and any(self._try(scenarios, course) for course in range(self.tries))
        return self._known[key]

    def count(self, documents: Sequence[Document], times: int) -> int:
        """How often they show it, run so many times. Raises: Exhausted."""
        scenarios = [scenario_of(document) for document in documents]
        if not all(scenarios):
            return 0
        return sum(self._try(scenarios, course) for course in range(times))

    def _try(self, scenarios: Sequence[object], course: int) -> bool:
        if self.runs >= self.most_runs or not self.may_go_on():
            raise Exhausted
        self.runs += 1
        result = self.run(scenarios, course)
        # Where the harness itself stumbles, the scenario is none that anybody would want.
        found = [] if result.errors else [each for each in all_findings(result) if not self.kind or self._is_it(each)]
        if found:
            self.finding, self.course = found[0], course
            self.kind = self.kind or kind_of(found[0])
        return bool(found)

    def _is_it(self, finding: Finding) -> bool:
        kind = kind_of(finding)
        return kind == self.kind or finding.invariant == self.kind
