"""Two versions of contracts compared: which documents belong together, every change in them, and whom it hits."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from msgspec import UNSET

from ..check import CheckOrder, check
from ..diff_result import (
    ChangeFinding,
    ChangeRuleInWords,
    ComparedDocument,
    DiffResult,
    FailOnLevel,
    Hit,
    MetBy,
    Place,
)
from ..document_set import DocumentSet
from ..documents import load, position
from ..kind import kind_of
from ..part import Part
from ..rule import Stage, rules
from ..value_words import shown
from ..waiver import WaiverBook
from .change_log import Change, Use
from .change_rule import ChangeRule, change_rules
from .comparison import Comparison
from .consumer import Consumer
from .document_comparer import document_comparers
from .judgement import Direction, Level
from .rules.documents import DOCUMENT, DocumentAdded, DocumentKindChanged, DocumentRemoved
from .rules.fields import FieldRemoved, RequiredFieldRemoved

_SHARED = ("json-schema", "openapi-components")
NOTICE = timedelta(days=90)  # a quarter, as often as cloud applications bring a release


class Incomparable(ValueError):
    """A document is not what its standard says, so that it means nothing that could be compared."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class DiffOrder:
    """What is to be compared, and how. `ways` is for schemas that nothing refers to (see Comparison). `words` are how
    the user named the two; `shown` is how a document is told.
    """

    old: DocumentSet
    new: DocumentSet
    words: tuple[str, str]
    today: date
    notice: timedelta = NOTICE
    ways: tuple[Direction, ...] = tuple(Direction)
    fail_on: FailOnLevel = "breaking"
    consumers: Sequence[Consumer] = ()
    waivers: WaiverBook | None = None
    shown: Callable[[str], str] = str
    crossdock: str = ""
    command: str = "crossdock contract diff"


@dataclass(frozen=True, slots=True)
class _Pair:
    name: str
    old: str | None
    new: str | None


def diff(order: DiffOrder) -> DiffResult:
    """Compare. Raises: Incomparable when a document of either side cannot be used."""
    pairs = _paired(order)
    _demand_sound((document for pair in pairs for document in (pair.old, pair.new) if document), order)
    comparison = Comparison(order.today, order.notice, order.ways)
    documents = [_compare(pair, comparison, order) for pair in sorted(pairs, key=_apis_first)]
    if not any(document.compared for document in documents):
        raise Incomparable([f"{' and '.join(dict.fromkeys(order.words))}: there is no contract of a known kind in it"])
    changes = sorted(comparison.log.changes(), key=_by_level_and_place)
    findings = [_finding(change, order) for change in changes]
    return DiffResult(
        crossdock=order.crossdock,
        command=order.command,
        exit_code=_exit_code(findings, order.fail_on),
        old=order.words[0],
        new=order.words[1],
        fail_on=order.fail_on,
        documents=tuple(sorted(documents, key=lambda each: each.new or each.old)),
        rules=tuple(_in_words(change_rules[name]) for name in sorted({each.rule for each in findings})),
        changes=tuple(findings),
        consumers=tuple(consumer.name for consumer in order.consumers),
    )


def _paired(order: DiffOrder) -> list[_Pair]:
    """By their place in the two folders; two files belong together whatever they are called."""
    if order.old.named and order.new.named:
        return [_Pair("", order.old.documents[0], order.new.documents[0])]
    old = {order.old.relative(document): document for document in order.old.documents}
    new = {order.new.relative(document): document for document in order.new.documents}
    return [_Pair(name, old.get(name), new.get(name)) for name in sorted({*old, *new})]


def _apis_first(pair: _Pair) -> tuple[bool, str]:
    """Schemas last: when they come, it is known which of them an API or an event uses, and which way they go."""
    kind = kind_of(load(pair.new or pair.old or ""))
    return kind is None or kind.id in _SHARED, pair.name


def _demand_sound(documents: Iterable[str], order: DiffOrder) -> None:
    listed = list(documents)
    found = check(CheckOrder(listed, order.today, frozenset(), shown=order.shown)).findings
    unsound = [each for each in found if each.severity == "error" and rules[each.rule].stage <= Stage.SHAPE]
    if unsound:
        raise Incomparable(
            [f"{each.file}:{each.line}:{each.column}: {each.what}; expected {each.expected}" for each in unsound]
        )


def _compare(pair: _Pair, comparison: Comparison, order: DiffOrder) -> ComparedDocument:
    old, new = (Part.whole(document) if document else None for document in (pair.old, pair.new))
    kinds = [kind_of(part.value) if part else None for part in (old, new)]
    kind = kinds[1] or kinds[0]
    shown = [order.shown(part.document) if part else "" for part in (old, new)]
    summary = ComparedDocument(old=shown[0], new=shown[1], kind=kind.id if kind else "")
    if kind is None or kind.id == "waivers":
        return ComparedDocument(old=shown[0], new=shown[1], kind="" if kind is None else kind.id, compared=False)
    if new is None:
        # A schema may have moved into another file, and its users with it; they are compared for themselves.
        level = Level.DANGEROUS if kind.id in _SHARED else None
        comparison.changed(DocumentRemoved, f"{shown[0]} is gone", old, None, DOCUMENT, level=level)
    elif old is None:
        comparison.changed(DocumentAdded, f"{shown[1]} is new", None, new, DOCUMENT)
    elif kinds[0] is None or kinds[1] is None or kinds[0].id != kinds[1].id:
        titles = [each.title if each else "no contract" for each in kinds]
        comparison.changed(DocumentKindChanged, f"{shown[1]} is {titles[1]}, and was {titles[0]}", old, new, DOCUMENT)
    elif kind.id in document_comparers:
        document_comparers[kind.id](old, new, comparison)
    else:
        return ComparedDocument(old=shown[0], new=shown[1], kind=kind.id, compared=False)
    return summary


def _finding(change: Change, order: DiffOrder) -> ChangeFinding:
    old, new = _place(change.old or change.new, order), _place(change.new or change.old, order)
    word = change.level.word
    reason = order.waivers.reason(change.rule.id, new.file, new.pointer) if order.waivers else ""
    return ChangeFinding(
        rule=change.rule.id,
        level=word,  # type: ignore[arg-type]  # one of the three
        what=change.what,
        why=_why(change),
        old=old,
        new=new,
        needs_person=change.needs_person,
        met_by=tuple(_met(use, change) for use in sorted(change.uses)),
        hits=tuple(_hits(change, order.consumers)),
        waived=reason,
    )


def _why(change: Change) -> str:
    """Whom it breaks or endangers, in a sentence."""
    if change.level is Level.COMPATIBLE:
        return "Nobody who keeps to the old document fails."
    if change.needs_person:
        return "Nobody can tell by the documents whether all that fitted still fits: look at it."
    if change.rule.always is not None:
        breaks = change.level is Level.BREAKING
        return f"Whoever keeps to the old document {'fails' if breaks else 'may fail'}."
    worst = {direction for direction, level in change.levels.items() if level is change.level}
    acts = [verb for direction, verb in _ACTS.items() if direction in worst]
    return f"Whoever {' or '.join(acts)} as before {'fails' if change.level is Level.BREAKING else 'may fail'}."


_ACTS = {Direction.TAKEN: "sends", Direction.GIVEN: "reads"}


def _met(use: Use, change: Change) -> MetBy:
    level = change.levels.get(use.direction, change.level)
    return MetBy(
        operation=use.operation,
        direction=use.direction.value,
        level=level.word,  # type: ignore[arg-type]  # one of the three
        role=use.role,
        field=use.field.lstrip("."),
    )


def _hits(change: Change, consumers: Iterable[Consumer]) -> list[Hit]:
    """Consumers that meet the change where it breaks or endangers."""
    found = []
    title, gone = _title(change.old or change.new), _gone(change)
    for consumer in consumers:
        for use in sorted(change.uses):
            if change.levels.get(use.direction, change.level) is Level.COMPATIBLE:
                continue
            usage = consumer.meets(replace(use, field=f"{use.field}{gone}"), title, change.value)
            if usage is not None:
                used = "" if change.value is UNSET else f", with {shown(change.value)}"
                found.append(Hit(consumer=consumer.name, file=consumer.file, because=f"{usage.description}{used}"))
                break
    return found


def _gone(change: Change) -> str:
    """The step to a field that is gone: who met what was around it may not have met the field itself."""
    if change.old is None or change.rule not in (FieldRemoved, RequiredFieldRemoved):
        return ""
    return f".{change.old.pointer.rpartition('/')[2].replace('~1', '/').replace('~0', '~')}"


def _title(part: Part | None) -> str:
    """The title of the document that a part stands in; "" where it has none, as one that others share."""
    content = load(part.document) if part is not None else None
    info = content.get("info") if isinstance(content, dict) else None
    return str(info.get("title", "")) if isinstance(info, dict) else ""


def _place(part: Part | None, order: DiffOrder) -> Place:
    assert part is not None
    line, column = position(part.document, part.pointer)
    return Place(file=order.shown(part.document), line=line, column=column, pointer=part.pointer)


def _in_words(rule: type[ChangeRule]) -> ChangeRuleInWords:
    return ChangeRuleInWords(id=rule.id, title=rule.title, because=" ".join((inspect.getdoc(rule) or "").split()))


def _by_level_and_place(change: Change) -> tuple[int, str, str, str, str]:
    part = change.new or change.old
    assert part is not None
    return -change.level, part.document, part.pointer, change.rule.id, change.what


def _exit_code(findings: Iterable[ChangeFinding], fail_on: FailOnLevel) -> int:
    failing = {"breaking": ("breaking",), "dangerous": ("breaking", "dangerous"), "none": ()}[fail_on]
    return int(any(finding.level in failing and not finding.waived for finding in findings))
