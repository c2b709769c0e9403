"""From trails to verdicts: every invariant over every order of a scenario, and the merge."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from ..contracts.result import CheckResult, FaultResult, Finding, ScenarioResult
from ..scenarios.engine import Engine
from ..scenarios.interference import ArmedFault
from ..scenarios.plan import PlannedScenario
from ..scenarios.wire.place import Place as WirePlace
from ..scenarios.wire_fault import WireFault
from ..simulators.party import Party
from . import expected
from .conduct import Conduct
from .fold import Fold, Stock
from .invariant import HOOKS, ORDER, Invariant, Outcome, Terms, invariants
from .ledgers import Ledgers, Place
from .master_data import MasterRecord
from .measure_meter import Standing
from .order_results import orders_of
from .scope import Scope, scope_of
from .telemetry.testimony import Testimony
from .trail import OrderTrail
from .verdict import Verdict, merge
from .wave import Wave

EMPTY: Mapping[str, Outcome] = {}
STOCK, MASTER_DATA = "stock", "master-data"
JOINTLY = "judged over all scenarios that were played at once"
WAITING = "order that is under way"


class Judge:
    """Holds the invariants and what was agreed with the target. Outcomes are by invariant, of those that were asked."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.errors: dict[str, str] = {}
        self.laws: dict[str, Invariant] = {name: kind() for name, kind in sorted(invariants.items(), key=_place)}
        claimed = [law for law in self.laws.values() if not law.unclaimed(terms)]
        self._asked = {hook: [(law, getattr(law, hook)) for law in claimed if law.judges(hook)] for hook in HOOKS}
        self._asked[WAITING] = [(law, look) for law, look in self._asked["order"] if law.waits]

    def order(self, trail: OrderTrail) -> dict[str, Outcome]:
        """Every invariant over one order."""
        about = f"order {trail.order_id}"
        return self._each("order", about, trail)

    def missing(self, trail: OrderTrail) -> list[str]:
        """What one order still lacks, in words; nothing when all that must come has come."""
        about = f"order {trail.order_id}"
        outcomes = self._each(WAITING, about, trail)
        return missing(outcomes)

    def twins(self, one: OrderTrail, other: OrderTrail) -> dict[str, Outcome]:
        """Every invariant over two orders with the same content. Where something else is wrong with either, that is
        why they differ.
        """
        return {} if self._is_wrong(one, other) else self._twins(one, other)

    def missing_in_twins(self, one: OrderTrail, other: OrderTrail) -> list[str]:
        """As `missing` of what `twins` finds: nothing as a rule, and then neither order need be judged for it."""
        lacking = missing(self._twins(one, other))
        return [] if lacking and self._is_wrong(one, other) else lacking

    def _twins(self, one: OrderTrail, other: OrderTrail) -> dict[str, Outcome]:
        about = f"orders {one.order_id} and {other.order_id}"
        return self._each("twins", about, one, other)

    def _is_wrong(self, *trails: OrderTrail) -> bool:
        return any(outcome.findings for trail in trails for outcome in self.order(trail).values())

    def stock(self, place: Place, stock: Stock) -> dict[str, Outcome]:
        """Every invariant over what was told of the stock of one item."""
        if STOCK not in self.terms.capabilities:
            return {}
        about = " at ".join(reversed(place))
        return self._each("stock", about, place, stock)

    def record(self, record: MasterRecord) -> dict[str, Outcome]:
        """Every invariant over one customer or item."""
        if MASTER_DATA not in self.terms.capabilities:
            return {}
        about = f"{record.kind} {record.key}"
        return self._each("record", about, record)

    def conduct(self, conduct: Conduct) -> dict[str, Outcome]:
        """Every invariant over how the layer behaved about no order in particular."""
        return self._each("conduct", "the conduct", conduct)

    def ledger(self, ledgers: Ledgers, key: Place) -> dict[str, Outcome]:
        """Every invariant over what stands under one key of the ledgers: a place's stock, a customer, an item."""
        stock = ledgers.stocks.get(key)
        if stock is not None:
            return self.stock(key, stock)
        record = ledgers.master.get(key)
        return {} if record is None else self.record(record)

    def world(self, trails: Mapping[str, OrderTrail], stocks: Mapping[tuple[str, str], Stock]) -> dict[str, Outcome]:
        """Every invariant over some orders and items as a whole."""
        return self._each("world", "the world", trails, stocks)

    def wave(self, wave: Wave) -> dict[str, Outcome]:
        """Every invariant over what else happened in a wave."""
        return self._each("wave", "the wave", wave)

    def testimony(self, testimony: Testimony) -> dict[str, Outcome]:
        """Every invariant over what the layer has said of itself in the wave that goes on."""
        about = "what the layer says of itself"
        return self._each("testimony", about, testimony)

    def measured(self, standings: Sequence[Standing]) -> dict[str, Outcome]:
        """Every invariant over what is promised of the run as a whole."""
        return self._each("measured", "the run", standings)

    def _each(self, hook: str, about: str, *facts: object) -> dict[str, Outcome]:
        """The outcome of each that judges such facts, and that the target is held to."""
        asked = self._asked[hook]
        outcomes = {law.id: Outcome(law.id) for law, _ in asked}
        for law, look in asked:
            try:
                look(*facts, self.terms, outcomes[law.id])
            except Exception as error:
                self._own_fault(law.id, about, error)
        return outcomes

    def _own_fault(self, law: str, about: str, error: Exception) -> None:
        """A checker that fails says nothing about the target: it is HARNESS_ERROR, with its cause."""
        place = traceback.extract_tb(error.__traceback__)[-1]
        cause = f"{type(error).__name__}: {error} ({Path(place.filename).name}, line {place.lineno})"
        self.errors.setdefault(law, f"invariant {law} failed on {about}: {cause}")


def missing(outcomes: Mapping[str, Outcome]) -> list[str]:
    """What is still lacking, in words; nothing when all that must come has come."""
    return [finding.summary for outcome in outcomes.values() for finding in outcome.missing]


def judge_scenario(
    judge: Judge,
    planned: PlannedScenario,
    engine: Engine,
    fold: Fold,
    took_s: float,
    repeat: str,
    world: int = 1,
    told: Mapping[str, Outcome] = EMPTY,
) -> ScenarioResult:
    """The verdict of one scenario, with its evidence; it was played in the `world`th of the run. `told` is what came of
    what the layer says of itself, where the scenario had the wave to itself.
    """
    scenario, scope = planned.scenario, scope_of(planned, engine)
    names = scope.names
    trails = {order_id: fold.trail(order_id) for order_id in names}
    total = _outcomes(judge, planned, engine, fold, scope, trails)
    add(total, told)
    dressed = {
        name: [_dress(finding, scenario.scenario, names, repeat, world) for finding in outcome.findings]
        for name, outcome in total.items()
    }
    looked = list(expected.looks(planned, {name: trails[order_id] for order_id, name in names.items()}))
    missed = [_dress(finding, scenario.scenario, names, repeat, world) for finding in expected.findings(looked)]
    findings = (*(finding for found in dressed.values() for finding in found), *missed)
    judged = (_check(judge, total[name], name in scenario.then.invariants, len(dressed[name])) for name in judge.laws)
    checks = (*judged, *expected.checks(looked))
    armed = [each for each in engine.faults.armed if each.scenario == scenario.scenario]
    faults = tuple(map(_fault, armed))
    parties = engine.world.parties
    could_strike = [_fault(each) for each in armed if each.fired or not (evaded(each) or feed_of(each, parties))]
    if faults and not could_strike and not findings:
        read = sorted({feed_of(each, parties) for each in armed})
        why = f"the layer reads the feed of {' and '.join(read)}, and nothing is pushed that could be struck"
        return not_played(planned, [why], world)
    # Of what did not go wrong people have nothing to put right.
    undone = () if any(map(evaded, armed)) and not findings else engine.undone(scenario.scenario)
    verdict, reason = _verdict(checks, could_strike, undone)
    return ScenarioResult(
        id=scenario.scenario,
        title=scenario.title,
        story=scenario.story.strip(),
        verdict=verdict.value,
        reason=reason,
        tags=scenario.tags,
        source=scenario.source,
        took_s=round(took_s, 3),
        checks=checks,
        faults=faults,
        findings=findings,
        orders=orders_of(trails, names, findings),
        orders_total=len(planned.orders),
        reproduce=repeat,
        world=world,
    )


def _outcomes(
    judge: Judge,
    planned: PlannedScenario,
    engine: Engine,
    fold: Fold,
    scope: Scope,
    trails: Mapping[str, OrderTrail],
) -> dict[str, Outcome]:
    """What each law says of all that a scenario is about; `trails` are those of its orders."""
    total: dict[str, Outcome] = {name: Outcome(name) for name in judge.laws}
    for trail in trails.values():
        add(total, judge.order(trail))
    for one, other in twins_of(planned, engine, fold):
        add(total, judge.twins(one, other))
    for key in scope.ledger_keys(fold.ledgers):
        add(total, judge.ledger(fold.ledgers, key))
    stocks = {key: stock for key, stock in fold.stocks.items() if key[1] in scope.skus}
    add(total, judge.world(trails, stocks))
    if planned.scenario.exclusive:
        add(total, judge.wave(fold.wave))
    return total


def twins_of(planned: PlannedScenario, engine: Engine, fold: Fold) -> Iterator[tuple[OrderTrail, OrderTrail]]:
    """The trails of the scenario's twins, of those that are placed."""
    placed = engine.placed(planned) if planned.scenario.twins else {}
    for one, other in planned.twins:
        if one in placed and other in placed:
            yield fold.trail(placed[one]), fold.trail(placed[other])


def not_played(planned: PlannedScenario, reasons: Sequence[str], world: int = 1) -> ScenarioResult:
    """A scenario that needs what the target does not claim to do, or another world than the target's; or one that was
    still to come when the layer was gone.
    """
    scenario = planned.scenario
    return ScenarioResult(
        id=scenario.scenario,
        title=scenario.title,
        story=scenario.story.strip(),
        verdict="NOT_EXERCISED",
        reason="; ".join(reasons),
        tags=scenario.tags,
        source=scenario.source,
        orders_total=len(planned.orders),
        world=world,
    )


def strays(judge: Judge, fold: Fold, planned_ids: Iterable[str], repeat: str, world: int = 1) -> tuple[Finding, ...]:
    """Findings of a world that belong to no scenario: effects out of nothing, and what the layer did about no order
    that anybody could tell.
    """
    known = set(planned_ids)
    found = [finding for outcome in judge.conduct(fold.conduct).values() for finding in outcome.findings]
    for order_id, trail in fold.trails.items():
        if order_id not in known:
            found.extend(finding for outcome in judge.order(trail).values() for finding in outcome.broken)
    return tuple(_dress(finding, "", {}, repeat, world) for finding in found)


def measured(judge: Judge, standings: Sequence[Standing], repeat: str) -> tuple[Finding, ...]:
    """Findings about promises of which only the whole run can tell."""
    outcomes = judge.measured(standings).values()
    return tuple(_dress(finding, "", {}, repeat) for outcome in outcomes for finding in outcome.findings)


def loose(outcomes: Mapping[str, Outcome], repeat: str, world: int = 1) -> tuple[Finding, ...]:
    """The findings of what several scenarios of a world had in common."""
    found = (finding for outcome in outcomes.values() for finding in outcome.findings)
    return tuple(_dress(finding, "", {}, repeat, world) for finding in found)


def _place(item: tuple[str, type[Invariant]]) -> tuple[int, str]:
    name = item[0]
    return (ORDER.index(name) if name in ORDER else len(ORDER), name)


def add(total: dict[str, Outcome], part: Mapping[str, Outcome]) -> None:
    """Put what was found about one thing to what was found before."""
    for name, outcome in part.items():
        total[name].exercised += outcome.exercised
        total[name].broken.extend(outcome.broken)
        total[name].missing.extend(outcome.missing)


def _dress(finding: Finding, scenario: str, names: Mapping[str, str], repeat: str, world: int = 1) -> Finding:
    name = names.get(finding.order_id, "")
    return msgspec.structs.replace(finding, scenario=scenario, order=name, reproduce=repeat, world=world)


def _check(judge: Judge, outcome: Outcome, required: bool, findings: int) -> CheckResult:
    law = judge.laws[outcome.invariant]
    unclaimed = law.unclaimed(judge.terms)
    if findings:
        verdict, note = Verdict.FAIL, ""
    elif outcome.exercised:
        verdict, note = Verdict.PASS, ""
    else:
        verdict = Verdict.NOT_EXERCISED
        note = unclaimed or (JOINTLY if law.judges("testimony") else "nothing to judge")
    return CheckResult(
        invariant=law.id,
        title=law.title,
        verdict=verdict.value,
        exercised=outcome.exercised,
        required=required and not unclaimed,
        findings=findings,
        note=note,
    )


def _fault(armed: ArmedFault) -> FaultResult:
    return FaultResult(id=armed.id, description=armed.description(), fired=armed.fired)


def evaded(armed: ArmedFault) -> bool:
    """Whether the layer was so careful that it never came to what would have been struck."""
    return armed.fault.evadable and not armed.fired


def feed_of(armed: ArmedFault, parties: Mapping[str, Party]) -> str:
    """In whose feed the event stands that a fault can strike only on its way to the layer; "" where it is pushed."""
    address, fault = armed.address, armed.fault
    on_the_way = fault.by_webhook or (isinstance(fault, WireFault) and fault.place is WirePlace.DELIVERY)
    if not on_the_way or address is None or address.party not in parties:
        return ""
    return address.party if parties[address.party].is_polled else ""


def _verdict(
    checks: Sequence[CheckResult], faults: Sequence[FaultResult], undone: Sequence[str]
) -> tuple[Verdict, str]:
    """The merge, and in a sentence what kept it from PASS. `faults` are those that could strike, `undone` actions that
    never came to pass.
    """
    silent = [fault.id for fault in faults if not fault.fired]
    idle = [check.invariant for check in checks if check.required and check.verdict == "NOT_EXERCISED"]
    broken = [check.invariant for check in checks if check.verdict == "FAIL"]
    verdicts = [Verdict(check.verdict) for check in checks if check.required or check.verdict == "FAIL"]
    verdicts.extend(Verdict.NOT_EXERCISED for _ in (*silent, *undone))
    if broken:
        reason = "; ".join([f"broken: {', '.join(broken)}", *undone[:1]])
    elif silent:
        reason = f"the fault {', '.join(silent)} never struck: the layer did not come that far, or went another way"
    elif undone:
        reason = undone[0]
    elif idle:
        reason = f"{', '.join(idle)} could not be judged: nothing happened that it is about"
    else:
        reason = "" if verdicts else "no invariant was put to the test"
    return merge(verdicts), reason
