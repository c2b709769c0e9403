"""Answers: which statuses there are, with which headers and bodies."""

from __future__ import annotations

from ...api_operation import answer
from ...part import Part
from ..change_rule import ChangeRule, change_rule
from ..judgement import Level, Relation
from ..operation_pair import OperationPair, operation_comparer
from .bodies import compare_contents


@change_rule
class SuccessRemoved(ChangeRule):
    """A success is answered no more. Whoever waits for just this status takes what comes instead for a failure."""

    id = "success-removed"
    title = "A success is answered no more"
    always = Level.BREAKING


@change_rule
class SuccessAdded(ChangeRule):
    """There is one more way to succeed: 202 beside 201. Whoever compares with one status takes the other for a
    failure.
    """

    id = "success-added"
    title = "There is a new success"
    always = Level.DANGEROUS


@change_rule
class ErrorRemoved(ChangeRule):
    """An error is answered no more."""

    id = "error-removed"
    title = "An error is answered no more"
    always = Level.COMPATIBLE


@change_rule
class ErrorAdded(ChangeRule):
    """There is one more error. Whoever does not know its status treats it as the first of its class (RFC 9110, 15)."""

    id = "error-added"
    title = "There is a new error"
    always = Level.COMPATIBLE


@change_rule
class HeaderRemoved(ChangeRule):
    """An answer does not have a header any more that it could have."""

    id = "header-removed"
    title = "A header of an answer is gone"
    always = Level.DANGEROUS


@change_rule
class RequiredHeaderRemoved(ChangeRule):
    """An answer does not have a header any more that it always had."""

    id = "required-header-removed"
    title = "A required header of an answer is gone"
    always = Level.BREAKING


@change_rule
class HeaderAdded(ChangeRule):
    """An answer has a new header. Whoever does not know it ignores it."""

    id = "header-added"
    title = "An answer has a new header"
    always = Level.COMPATIBLE


@change_rule
class HeaderBecameOptional(ChangeRule):
    """An answer may be without a header that it always had."""

    id = "header-became-optional"
    title = "A header of an answer may be absent"
    relation = Relation.WIDER


@change_rule
class HeaderBecameRequired(ChangeRule):
    """An answer always has a header that it could be without."""

    id = "header-became-required"
    title = "A header of an answer is always there"
    relation = Relation.NARROWER


@operation_comparer
def compare_answers(pair: OperationPair) -> None:
    old, new = pair.old.responses(), pair.new.responses()
    for status, part in old.items():
        other = new.get(status) or _of_class(new, status)
        if other is None:
            rule: type[ChangeRule] = SuccessRemoved if status[:1] == "2" else ErrorRemoved
            pair.changed(
                rule, f"{pair.old.label} never answers {status} any more", part, None, _role(status), pair.answered
            )
        else:
            _compare(pair, status, part, other)
    for status, part in new.items():
        if status in old:
            continue
        before = _of_class(old, status)
        if before is not None:
            _compare(pair, status, before, part)
        else:
            rule = SuccessAdded if status[:1] == "2" else ErrorAdded
            pair.changed(rule, f"{pair.old.label} may answer {status}", None, part, _role(status), pair.answered)


def _of_class(responses: dict[str, Part], status: str) -> Part | None:
    return answer(responses, int(status)) if status.isdecimal() else responses.get("default")


def _role(status: str) -> str:
    return f"response {status}"


def _compare(pair: OperationPair, status: str, old: Part, new: Part) -> None:
    if old.get("content"):
        compare_contents(pair, _role(status), pair.answered, old, new)
    before, after = _headers(old), _headers(new)
    where = f"of the answer {status} of {pair.old.label}"
    for name, part in before.items():
        required = part.get("required") is True
        if name not in after:
            rule: type[ChangeRule] = RequiredHeaderRemoved if required else HeaderRemoved
            pair.changed(rule, f"the header {name} {where} is gone", part, new, _role(status), pair.answered)
            continue
        other = after[name]
        if required is not (other.get("required") is True):
            rule = HeaderBecameOptional if required else HeaderBecameRequired
            verb = "may be absent" if required else "is always there"
            pair.changed(rule, f"the header {name} {where} {verb}", part, other, _role(status), pair.answered)
        if part.get("schema") is not None and other.get("schema") is not None:
            pair.schemas(_role(status), pair.answered, part.member("schema"), other.member("schema"), f"header {name}")
    for name, part in after.items():
        if name not in before:
            pair.changed(HeaderAdded, f"the header {name} {where} is new", old, part, _role(status), pair.answered)


def _headers(part: Part) -> dict[str, Part]:
    return {name.lower(): header.followed() for name, header in part.member("headers").members()}
