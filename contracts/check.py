"""Whether contracts are fit to be relied on: every rule over every document, what is waived, and where all of it
stands.

Rules are judged in stages: of a document that cannot be read, or is not what its standard says, only that is told.
"""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from .check_result import CheckedDocument, CheckedRule, CheckFinding, CheckResult, FailOn, UsedWaiver
from .documents import DocumentError, load, position
from .kind import DocumentKind, kind_of
from .object_model import SCHEMA
from .rule import Defect, Rule, Severity, Stage, rules
from .view import View
from .waiver import Waiver, WaiverBook, waivers_in


@dataclass(frozen=True, slots=True)
class CheckOrder:
    """What is to be checked, and how.

    `named` are the documents that somebody asked for by name: they must be contracts, where those found in a folder
    may be something else. `waivers` are files of waivers, which are checked as well. `shown` is how a document's name
    is told.
    """

    documents: Sequence[str]
    today: date
    named: frozenset[str] = frozenset()
    waivers: Sequence[str] = ()
    fail_on: FailOn = "error"
    shown: Callable[[str], str] = str
    crossdock: str = ""
    command: str = "crossdock contract check"


@dataclass(slots=True)
class _Told:
    """A defect with its rule, before it is placed and waived."""

    rule: str
    severity: Severity
    defect: Defect
    at: tuple[int, int] | None = None


@dataclass(slots=True)
class _Judgement:
    document: str
    view: View | None = None
    told: list[_Told] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    judged: bool = False
    rules: int = 0


def check(order: CheckOrder) -> CheckResult:
    """Judge all documents, and the file of waivers with them. Never raises for what stands in a document."""
    listed = list(dict.fromkeys((*order.documents, *order.waivers)))
    judgements = [_judge(document, order, listed) for document in listed]
    waivers = _waivers(judgements, order)
    book = WaiverBook(waivers, order.today)
    findings = _findings(judgements, order, book)
    for judgement in judgements:
        if judgement.document in order.waivers and judgement.view is not None and judgement.judged:
            judgement.view.unused_waivers = book.unused(rules, judgement.document)
            judgement.told.clear()
            _stage(judgement, Stage.LAST)
            findings += _findings([judgement], order, book)
    errors = tuple(error for judgement in judgements for error in judgement.errors)
    return CheckResult(
        crossdock=order.crossdock,
        command=order.command,
        exit_code=_exit_code(findings, errors, order.fail_on),
        fail_on=order.fail_on,
        documents=tuple(_summary(judgement, order) for judgement in judgements),
        rules=tuple(_rule_of(name) for name in sorted({finding.rule for finding in findings})),
        findings=tuple(sorted(findings, key=_by_place)),
        waivers=_use_of(waivers, findings, order.today),
        errors=errors,
    )


def _judge(document: str, order: CheckOrder, listed: Sequence[str]) -> _Judgement:
    judgement = _Judgement(document)
    try:
        kind = kind_of(load(document))
        judgement.view = View(document, kind, order.today, listed)
    except DocumentError as error:
        judgement.told.append(_unreadable(error))
        return judgement
    _stage(judgement, Stage.READ)
    if kind is None:
        if document not in order.named:
            judgement.told = [_Told(told.rule, Severity.NOTE, told.defect) for told in judgement.told]
    elif not judgement.told:
        _stage(judgement, Stage.SHAPE)
        if not judgement.told:
            judgement.judged = True
            _stage(judgement, Stage.MEANING)
    return judgement


def _stage(judgement: _Judgement, stage: Stage) -> None:
    view = judgement.view
    assert view is not None
    for name, kind in rules.items():
        if kind.stage is not stage or not _concerns(kind, view.kind):
            continue
        judgement.rules += 1
        judgement.told.extend(_verdict(name, kind(), view, judgement.errors))


def _concerns(kind: type[Rule], document: DocumentKind | None) -> bool:
    return not kind.kinds or (document is not None and document.id in kind.kinds)


def _verdict(id: str, rule: Rule, view: View, errors: list[str]) -> Iterator[_Told]:
    """The defects of one rule. One that fails is a fault of ours, never a finding and never silence."""
    try:
        for defect in rule.check(view):
            yield _Told(id, rule.severity, defect)
    except DocumentError as error:
        yield _unreadable(error)
    except RecursionError:
        yield _unreadable(DocumentError(view.document, "its references nest too deep to be followed"))
    except Exception as error:
        errors.append(f"the rule {id} failed on {view.document}: {type(error).__name__}: {error}")


def _unreadable(error: DocumentError) -> _Told:
    what = error.problem.removeprefix(f"{error.place or 'the document'}: ")
    advice = Defect(error.document, error.place, what, "a document that can be read", "correct it at this place")
    return _Told("document-readable", Severity.ERROR, advice, (error.line, error.column))


def _waivers(judgements: Iterable[_Judgement], order: CheckOrder) -> list[Waiver]:
    """None of a file that is wrong: what it waives is anybody's guess."""
    sound = [each.document for each in judgements if each.document in order.waivers and each.judged]
    return [waiver for document in sound for waiver in waivers_in(document)]


def _findings(judgements: Iterable[_Judgement], order: CheckOrder, book: WaiverBook) -> list[CheckFinding]:
    """All defects with their lines, each once, even where several documents lead to it or two rules say the same."""
    found: dict[tuple[str, str, str], CheckFinding] = {}
    for judgement in judgements:
        for told in judgement.told:
            defect = told.defect
            key = (defect.document, defect.place, defect.what)
            if key not in found:
                file = order.shown(defect.document)
                line, column = told.at or position(defect.document, defect.place)
                found[key] = CheckFinding(
                    rule=told.rule,
                    severity=told.severity.value,
                    file=file,
                    line=line,
                    column=column,
                    pointer=defect.place,
                    what=defect.what,
                    expected=defect.expected,
                    do=defect.do,
                    waived=book.reason(told.rule, file, defect.place),
                )
    return list(found.values())


def _summary(judgement: _Judgement, order: CheckOrder) -> CheckedDocument:
    view = judgement.view
    file = order.shown(judgement.document)
    if view is None or view.kind is None:
        return CheckedDocument(file=file, kind="", judged=False, rules=judgement.rules)
    return CheckedDocument(
        file=file,
        kind=view.kind.id,
        judged=judgement.judged,
        rules=judgement.rules,
        references=len(view.references),
        examples=len(view.examples) if judgement.judged else 0,
        operations=len(view.all("operation")) + len(view.all("event operation")) if judgement.judged else 0,
        schemas=len(view.all(SCHEMA)) if judgement.judged else 0,
    )


def _rule_of(id: str) -> CheckedRule:
    kind = rules[id]
    because = " ".join((inspect.getdoc(kind) or "").split())
    return CheckedRule(id=id, title=kind.title, severity=kind.severity.value, because=because)


def _use_of(waivers: Iterable[Waiver], findings: Sequence[CheckFinding], today: date) -> tuple[UsedWaiver, ...]:
    counts = Counter(
        (waiver.file, waiver.place)
        for waiver in waivers
        for finding in findings
        if waiver.holds(today) and waiver.covers(finding.rule, finding.file, finding.pointer)
    )
    return tuple(
        UsedWaiver(
            rule=waiver.rule,
            document=waiver.document,
            reason=waiver.reason,
            findings=counts[waiver.file, waiver.place],
            pointer=waiver.pointer,
            until=waiver.until,
        )
        for waiver in waivers
    )


def _exit_code(findings: Iterable[CheckFinding], errors: Sequence[str], fail_on: FailOn) -> int:
    if errors:
        return 3
    failing = {"error": ("error",), "warning": ("error", "warning"), "none": ()}[fail_on]
    return int(any(finding.severity in failing and not finding.waived for finding in findings))


def _by_place(finding: CheckFinding) -> tuple[str, int, int, str, str]:
    return finding.file, finding.line, finding.column, finding.rule, finding.what
