"""Who may call: the credentials that an operation asks for, and how they are got."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from ...api_operation import ApiOperation
from ...part import Part
from ..change_rule import ChangeRule, change_rule
from ..judgement import Level
from ..operation_pair import OperationPair, operation_comparer

Requirement: TypeAlias = Mapping[str, frozenset[str]]


@change_rule
class CredentialsDemanded(ChangeRule):
    """An operation asks for credentials that anybody could call. Whoever has none is refused."""

    id = "credentials-demanded"
    title = "An operation asks for credentials"
    always = Level.BREAKING


@change_rule
class CredentialsChanged(ChangeRule):
    """An operation does not take the credentials any more that were enough: another scheme, or one more besides."""

    id = "credentials-changed"
    title = "An operation asks for other credentials"
    always = Level.BREAKING


@change_rule
class ScopeDemanded(ChangeRule):
    """An operation asks for a scope that was not needed. Whoever's client was not given it is refused."""

    id = "scope-demanded"
    title = "An operation asks for one more scope"
    always = Level.BREAKING


@change_rule
class CredentialsDropped(ChangeRule):
    """An operation asks for fewer credentials than before, or for none. Nobody is refused; whether that is meant is
    another question.
    """

    id = "credentials-dropped"
    title = "An operation asks for fewer credentials"
    always = Level.COMPATIBLE


@change_rule
class SchemeChanged(ChangeRule):
    """Credentials are shown otherwise, or are got somewhere else: another kind of scheme, another header, another token
    endpoint, a flow that is gone.
    """

    id = "scheme-changed"
    title = "Credentials are shown or got otherwise"
    always = Level.BREAKING


@operation_comparer
def compare_credentials(pair: OperationPair) -> None:
    old, new = _requirements(pair.old), _requirements(pair.new)
    places = _place(pair.old), _place(pair.new)
    label = pair.old.label
    if not old and new:
        pair.changed(
            CredentialsDemanded, f"{label} asks for {_words(new)}, and anybody could call it", *places, "security"
        )
        return
    for requirement in old:
        if any(_is_met(each, requirement) for each in new) or not new:
            continue
        same = [each for each in new if each.keys() <= requirement.keys()]
        if same:
            more = sorted({scope for each in same for name in each for scope in each[name] - requirement[name]})
            pair.changed(ScopeDemanded, f"{label} asks for the scope {', '.join(more)}", *places, "security")
        else:
            what = f"{label} asks for {_words(new)}; {_words([requirement])} was enough"
            pair.changed(CredentialsChanged, what, *places, "security")
    if old and any(not any(_is_met(each, before) and _is_met(before, each) for before in old) for each in new or [{}]):
        dropped = [each for each in new or [{}] if any(_is_met(each, b) and not _is_met(b, each) for b in old)]
        if dropped:
            what = f"{label} is content with {_words(dropped) or 'no credentials'}"
            pair.changed(CredentialsDropped, what, *places, "security")
    _compare_schemes(pair, {name for each in old for name in each})


def _requirements(operation: ApiOperation) -> list[Requirement]:
    """Of which one must be met; none where anybody may call."""
    found: list[Requirement] = [
        {name: frozenset(scopes) for name, scopes in each.items()} for each in operation.security() or []
    ]
    return [] if {} in found else found


def _is_met(demanded: Requirement, shown: Requirement) -> bool:
    """Whether who was let in by the one is let in by the other."""
    return all(name in shown and scopes <= shown[name] for name, scopes in demanded.items())


def _words(requirements: list[Requirement]) -> str:
    return " or ".join(" and ".join(sorted(each)) for each in requirements if each)


def _place(operation: ApiOperation) -> Part:
    own = operation.part.member("security")
    return own if own.value is not None else operation.root.member("security")


def _compare_schemes(pair: OperationPair, names: set[str]) -> None:
    for name in sorted(names):
        old, new = (
            operation.root.member("components", "securitySchemes", name).followed()
            for operation in (pair.old, pair.new)
        )
        if old.value is None or new.value is None:
            continue
        for what, before, after in _differences(old, new):
            said = f"the credentials {name} have {what} {after or 'none'}, and had {before}"
            pair.changed(SchemeChanged, said, old, new, "security")


def _differences(old: Part, new: Part) -> list[tuple[str, Any, Any]]:
    named = [("the type", "type"), ("the scheme", "scheme"), ("the name", "name"), ("the place", "in")]
    found = [(what, old.get(key), new.get(key)) for what, key in named if old.get(key) is not None]
    for flow, part in old.member("flows").members():
        other = new.member("flows", flow)
        found.append((f"the flow {flow}", flow, flow if other.value is not None else None))
        if other.value is not None:
            keys = ("tokenUrl", "authorizationUrl", "refreshUrl")
            found += [(f"the {key} of {flow}", part.get(key), other.get(key)) for key in keys if part.get(key)]
    return [(what, before, after) for what, before, after in found if before != after]
