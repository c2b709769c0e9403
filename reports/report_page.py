"""What report.html shows, in the order in which it shows it: the result document with numbers, ids and links added.

The template only walks over this. Ids are counted, never made of names, so that no name can clash or break a link:
`s2` is a scenario, `f1` a finding, `o3` an order, `o3-14` a step of its timeline.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from ..contracts.result import Finding, OrderResult, Result, ScenarioResult
from .difference import Run, differences
from .evidence import Evidence, evidence_of
from .folding import Folded, folded
from .notation import by_urgency, printable, reproduction
from .sequence_diagram import SequenceDiagram, sequence_diagram

# Of what passed so many orders stand in the page as they are; a short run needs no unpacking.
_ORDERS_UNPACKED = 16
_FILE_BESIDE = re.compile(r"(worlds/\d+/)?[\w-][\w.-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class EvidenceLink:
    """A piece of evidence and the address of its step in the page."""

    evidence: Evidence
    href: str


@dataclass(frozen=True, slots=True)
class FindingPart:
    """A finding to be argued, `times` over. `elsewhere` are journal numbers that no diagram of the page shows."""

    id: str
    number: int
    finding: Finding
    times: int
    expected: list[Run]
    actual: list[Run]
    evidence: tuple[EvidenceLink, ...]
    elsewhere: tuple[int, ...]
    reproduce: str


@dataclass(frozen=True, slots=True)
class OrderPart:
    """An order; `diagram` is None when its timeline was not kept, and `is_packed` when that is unpacked on demand."""

    id: str
    order: OrderResult
    columns: tuple[str, ...]
    diagram: SequenceDiagram | None
    is_evidence: bool
    is_packed: bool


@dataclass(frozen=True, slots=True)
class ScenarioPart:
    """A scenario with its findings and orders, those with evidence first."""

    id: str
    scenario: ScenarioResult
    findings: tuple[FindingPart, ...]
    orders: tuple[OrderPart, ...]


@dataclass(frozen=True, slots=True)
class JournalPart:
    """A journal by its name and last link; `href` is "" for a name that is no file in the folder of the page."""

    name: str
    link: str
    href: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything on the page: the scenarios by urgency, then the findings that belong to none.

    `span_s` is what the bars of the phases are drawn to; `journals` are by the number of their world.
    """

    result: Result
    scenarios: tuple[ScenarioPart, ...]
    findings: tuple[FindingPart, ...]
    span_s: float
    journals: Mapping[int, JournalPart]


def report_page(result: Result) -> Page:
    """Number and link everything."""
    finding_numbers, order_numbers = count(1), count(1)
    scenarios = tuple(
        _scenario(f"s{number}", scenario, result, finding_numbers, order_numbers)
        for number, scenario in enumerate(by_urgency(result), 1)
    )
    findings = tuple(
        _finding(next(finding_numbers), each, None, result, (), each.finding.exchanges)
        for each in folded(result.findings)
    )
    span_s = max((phase.began_s + phase.took_s for phase in result.phases), default=0.0) or 1.0
    journals = {
        number: JournalPart(name, link, name if _FILE_BESIDE.fullmatch(name) else "")
        for number, (name, link) in result.journals.items()
    }
    return Page(result, scenarios, findings, span_s, journals)


def _scenario(
    id: str, scenario: ScenarioResult, result: Result, finding_numbers: Iterable[int], order_numbers: Iterable[int]
) -> ScenarioPart:
    # zip takes from the endless counters as many numbers as there are things to number.
    order_ids = [f"o{number}" for _, number in zip(scenario.orders, order_numbers, strict=False)]
    marks: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    findings = []
    for each, number in zip(folded(scenario.findings), finding_numbers, strict=False):
        evidence, elsewhere = evidence_of(number, each.finding, scenario.orders)
        for item in evidence:
            marks[item.order][item.index].append(item.mark)
        links = tuple(EvidenceLink(item, f"#{order_ids[item.order]}-{item.index}") for item in evidence)
        findings.append(_finding(number, each, scenario, result, links, elsewhere))
    orders = [
        OrderPart(
            id=order_ids[place],
            order=order,
            columns=tuple(dict.fromkeys(column for line in order.lines for column in line)),
            diagram=sequence_diagram(order.timeline, marks[place]) if order.timeline else None,
            is_evidence=place in marks and bool(marks[place]),
            is_packed=scenario.verdict == "PASS" and int(order_ids[place][1:]) > _ORDERS_UNPACKED,
        )
        for place, order in enumerate(scenario.orders)
    ]
    orders.sort(key=lambda part: (not part.is_evidence, part.diagram is None))
    return ScenarioPart(id, scenario, tuple(findings), tuple(orders))


def _finding(
    number: int,
    each: Folded,
    scenario: ScenarioResult | None,
    result: Result,
    links: Sequence[EvidenceLink],
    elsewhere: tuple[int, ...],
) -> FindingPart:
    finding = each.finding
    expected, actual = differences(printable(finding.expected), printable(finding.actual))
    return FindingPart(
        id=f"f{number}",
        number=number,
        finding=finding,
        times=each.times,
        expected=expected,
        actual=actual,
        evidence=tuple(links),
        elsewhere=elsewhere,
        reproduce=reproduction(finding, scenario, result),
    )
