"""The result document of a run: everything a report is rendered from. Its schema is contracts/harness/v1/result.json.

Times ending in `_s` are seconds on the wire clock since the run's world began; `at` is business time.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec

VerdictName = Literal["PASS", "FAIL", "NOT_EXERCISED", "CONFIG_ERROR", "HARNESS_ERROR"]
SCHEMA = "https://contracts.crossdock.example/harness/v1/result.json"


class _Part(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """Base of all parts of the document."""


class TargetInfo(_Part, kw_only=True, frozen=True):
    """The layer that was tested."""

    name: str
    file: str
    capabilities: tuple[str, ...] = ()


class PhaseResult(_Part, kw_only=True, frozen=True):
    """One phase of the run, in order."""

    name: str
    began_s: float
    took_s: float
    note: str = ""


class Finding(_Part, kw_only=True, frozen=True):
    """A violation with its evidence: data first, then the argument in sentences.

    `because` binds short names and leads to the contradiction, a sentence each. `exchanges` are journal numbers.
    `clause` is the place in the contract or story that is broken. `key` folds equal findings. `world` is the number of
    the world whose journal has it.
    """

    invariant: str
    key: str
    summary: str
    expected: str
    actual: str
    scenario: str = ""
    order_id: str = ""
    order: str = ""
    because: tuple[str, ...] = ()
    exchanges: tuple[int, ...] = ()
    clause: str = ""
    consequence: str = ""
    reproduce: str = ""
    world: int = 1


class CheckResult(_Part, kw_only=True, frozen=True):
    """One invariant over one scenario. `required`: the scenario says that it must have been exercised."""

    invariant: str
    title: str
    verdict: VerdictName
    exercised: int
    required: bool
    findings: int = 0
    note: str = ""


class FaultResult(_Part, kw_only=True, frozen=True):
    """A fault of the scenario and how often it struck."""

    id: str
    description: str
    fired: int
    at: tuple[str, ...] = ()


class TimelineStep(_Part, kw_only=True, frozen=True):
    """One arrow or mark of an order's sequence diagram.

    `source` and `target` are party names, `layer`, or `people`; the same on both sides is a party's own doing. `kind`
    is request, event, work or fault; `outcome` ok, fail or info (for all the caller knows it may have happened).
    `fault` names the fault that struck this very message; `highlight` marks evidence of a finding. `detail` is what a
    reader may want to unfold (request, answer, record), JSON.
    """

    seq: int
    at: datetime
    at_s: float
    source: str
    target: str
    label: str
    kind: Literal["request", "event", "work", "fault", "note"]
    outcome: Literal["ok", "fail", "info", ""] = ""
    took_s: float = 0.0
    fault: str = ""
    highlight: bool = False
    invariants: tuple[str, ...] = ()
    detail: Any = None


class OrderResult(_Part, kw_only=True, frozen=True):
    """What became of one order: how each party saw it in the end, and its timeline when it is kept."""

    name: str
    order_id: str
    reference: str = ""
    states: dict[str, str] = {}
    lines: tuple[dict[str, str], ...] = ()
    timeline: tuple[TimelineStep, ...] = ()


class ScenarioResult(_Part, kw_only=True, frozen=True):
    """One scenario of the run. `reason` says in a sentence why the verdict is not PASS; `world` is the number of the
    world that it was played in.
    """

    id: str
    title: str
    story: str
    verdict: VerdictName
    reason: str = ""
    tags: tuple[str, ...] = ()
    source: str = ""
    took_s: float = 0.0
    checks: tuple[CheckResult, ...] = ()
    faults: tuple[FaultResult, ...] = ()
    findings: tuple[Finding, ...] = ()
    orders: tuple[OrderResult, ...] = ()
    orders_total: int = 0
    reproduce: str = ""
    world: int = 1


class Statistics(_Part, kw_only=True, frozen=True):
    """Counts of the run."""

    orders: int = 0
    exchanges: int = 0
    deliveries: int = 0
    journal_entries: int = 0
    faults_fired: int = 0


class WorkflowLevel(_Part, kw_only=True, frozen=True):
    """How fast one kind of effect followed its cause. The percentiles are those of what no fault disturbed; `open`
    never came. `promised_p95_s` is 0 where nothing is promised.
    """

    workflow: str
    title: str
    done: int
    disturbed: int = 0
    open: int = 0
    p50_s: float = 0.0
    p95_s: float = 0.0
    p99_s: float = 0.0
    longest_s: float = 0.0
    promised_p95_s: float = 0.0


class PartyLevel(_Part, kw_only=True, frozen=True):
    """How a party, or the layer, served: the layer's calls to it, those that failed (no answer, 5xx) or were turned
    away (429), how long it was away, and within what time after a return all was caught up that had waited.
    """

    party: str
    calls: int = 0
    failed: int = 0
    turned_away: int = 0
    answer_p50_s: float = 0.0
    answer_p95_s: float = 0.0
    outages: int = 0
    down_s: float = 0.0
    caught_up_s: float = 0.0


class BacklogLevel(_Part, kw_only=True, frozen=True):
    """How many effects were due: the most of all, and the most in each `column_s` seconds."""

    most: int = 0
    promised: int = 0
    column_s: float = 0.0
    columns: tuple[int, ...] = ()


class GoalResult(_Part, kw_only=True, frozen=True):
    """What the target promises of a measure, and what came of it."""

    name: str
    verdict: VerdictName
    missed: int = 0


class MeasureLevel(_Part, kw_only=True, frozen=True):
    """A measure in business hours (`kind` span) or as a share, `about` a partner or a category where it is counted by
    these. Percentiles and `good` are of those that no fault disturbed.
    """

    measure: str
    title: str
    kind: Literal["span", "share"]
    about: str = ""
    count: int = 0
    disturbed: int = 0
    good: int = 0
    p50_h: float = 0.0
    p95_h: float = 0.0
    longest_h: float = 0.0
    goals: tuple[GoalResult, ...] = ()


class ClaimLevel(_Part, kw_only=True, frozen=True):
    """What a metric of the layer says over the whole run (`said`, None where no series matched), beside what was seen:
    at least and at most, None where nobody can tell. NOT_EXERCISED where there was nothing to compare.
    """

    claim: str
    title: str
    metric: str
    verdict: VerdictName
    said: float | None = None
    seen_least: int | None = None
    seen_most: int | None = None


class ServiceLevelsResult(_Part, kw_only=True, frozen=True):
    """Service levels as seen from outside, over the whole run. `dead_letters` is how many the layer had set aside in
    the end, None where it can't be asked; `claims` what its metrics say.
    """

    workflows: tuple[WorkflowLevel, ...] = ()
    measures: tuple[MeasureLevel, ...] = ()
    claims: tuple[ClaimLevel, ...] = ()
    dead_letters: int | None = None
    parties: tuple[PartyLevel, ...] = ()
    backlog: BacklogLevel = BacklogLevel()


class WorldResult(_Part, kw_only=True, frozen=True):
    """A world that was played beside the first, with a layer of its own; `journal` is relative to the document."""

    number: int
    journal: str
    journal_link: str = ""


class Result(_Part, kw_only=True, frozen=True):
    """The document. `errors` are the harness's own troubles; `findings` those that belong to no scenario. `journal` is
    that of the first world, `worlds` are those that were played beside it.
    """

    schema: str = SCHEMA
    crossdock: str
    run_id: str
    started_at: datetime
    duration_s: float
    command: str
    seed: int
    verdict: VerdictName
    exit_code: int
    target: TargetInfo
    phases: tuple[PhaseResult, ...] = ()
    scenarios: tuple[ScenarioResult, ...] = ()
    findings: tuple[Finding, ...] = ()
    errors: tuple[str, ...] = ()
    advice: str = ""
    statistics: Statistics = Statistics()
    service_levels: ServiceLevelsResult = ServiceLevelsResult()
    journal: str = "journal.ndjson"
    journal_link: str = ""
    worlds: tuple[WorldResult, ...] = ()

    @property
    def journals(self) -> dict[int, tuple[str, str]]:
        """By the number of the world its journal and the journal's last link."""
        others = {world.number: (world.journal, world.journal_link) for world in self.worlds}
        return {1: (self.journal, self.journal_link), **others}
