"""Parameters: in the path, the query, a header or a cookie."""

from __future__ import annotations

import re
from typing import TypeAlias

from ...api_operation import ApiOperation
from ...part import Part
from ..change_rule import ChangeRule, change_rule
from ..judgement import Level, Relation
from ..operation_pair import OperationPair, operation_comparer

_PLACEHOLDER = re.compile(r"\{([^}]*)\}")
Name: TypeAlias = tuple[str, str]


@change_rule
class ParameterRemoved(ChangeRule):
    """An operation takes a parameter no more. Whoever sends it is refused where unknown ones are, and ignored
    elsewhere: the list that was filtered comes in full.
    """

    id = "parameter-removed"
    title = "A parameter is gone"
    always = Level.DANGEROUS


@change_rule
class ParameterAdded(ChangeRule):
    """An operation takes a new parameter that may be left out."""

    id = "parameter-added"
    title = "There is a new parameter"
    always = Level.COMPATIBLE


@change_rule
class RequiredParameterAdded(ChangeRule):
    """An operation demands a new parameter. Whoever does not send it is refused."""

    id = "required-parameter-added"
    title = "There is a new required parameter"
    relation = Relation.NARROWER


@change_rule
class ParameterBecameRequired(ChangeRule):
    """A parameter must be sent that could be left out."""

    id = "parameter-became-required"
    title = "A parameter must be sent"
    relation = Relation.NARROWER


@change_rule
class ParameterBecameOptional(ChangeRule):
    """A parameter may be left out that had to be sent."""

    id = "parameter-became-optional"
    title = "A parameter may be left out"
    relation = Relation.WIDER


@change_rule
class ParameterWritten(ChangeRule):
    """The values of a parameter are written otherwise into the URL or the header (`style`, `explode`, `content`)."""

    id = "parameter-written-otherwise"
    title = "A parameter is written otherwise"
    always = Level.BREAKING


@change_rule
class PlaceholderRenamed(ChangeRule):
    """A part of a path has another name. On the wire nothing changes; generated clients, links and pacts that name it
    do.
    """

    id = "placeholder-renamed"
    title = "A part of a path has another name"
    always = Level.DANGEROUS


@operation_comparer
def compare_parameters(pair: OperationPair) -> None:
    old, new = _by_name(pair.old), _by_name(pair.new)
    for name, part in old.items():
        if name in new:
            _compare(pair, name, part, new[name])
        elif name[0] != "path":  # a path that has one less is another path
            what = f"{pair.old.label} does not take the {name[0]} parameter {name[1]} any more"
            pair.changed(ParameterRemoved, what, part, None, f"parameter {name[1]}")
    for name, part in new.items():
        if name not in old:
            required = part.get("required") is True
            rule = RequiredParameterAdded if required else ParameterAdded
            verb = "demands" if required else "takes"
            what = f"{pair.old.label} {verb} a new {name[0]} parameter {name[1]}"
            pair.changed(rule, what, None, part, f"parameter {name[1]}")


def _by_name(operation: ApiOperation) -> dict[Name, Part]:
    """Those of the path by their place in it, because a caller fills places and does not see names."""
    places = {name: str(place) for place, name in enumerate(_PLACEHOLDER.findall(operation.path))}
    found = operation.parameters().items()
    return {(where, places.get(name, name) if where == "path" else name): part for (where, name), part in found}


def _compare(pair: OperationPair, name: Name, old: Part, new: Part) -> None:
    role = f"parameter {new.get('name')}"
    if old.get("name") != new.get("name") and name[0] == "path":
        what = f"the placeholder {old.get('name')} of {pair.old.label} is named {new.get('name')}"
        pair.changed(PlaceholderRenamed, what, old, new, role)
    before, after = old.get("required") is True, new.get("required") is True
    if before is not after:
        rule = ParameterBecameRequired if after else ParameterBecameOptional
        verb = "must be sent" if after else "may be left out"
        pair.changed(rule, f"the parameter {new.get('name')} of {pair.old.label} {verb}", old, new, role)
    if _writing(old) != _writing(new):
        what = f"the parameter {new.get('name')} of {pair.old.label} is written otherwise"
        pair.changed(ParameterWritten, what, old, new, role)
    pair.schemas(role, pair.asked, _schema(old), _schema(new))


def _writing(part: Part) -> tuple[object, ...]:
    """How the value is written, with what holds where nothing is said (OpenAPI 3.1.1, 4.8.12.2)."""
    style = part.get("style", "form" if part.get("in") in ("query", "cookie") else "simple")
    kinds = _schema(part).followed().get("type")
    compound = not isinstance(kinds, str) or kinds in ("array", "object")
    explode = part.get("explode", style == "form") if compound else None
    return style, explode, tuple(part.get("content") or ())


def _schema(part: Part) -> Part:
    """Of the parameter, or of the only media type of its content; one that takes anything where there is none."""
    for _, media in part.member("content").members():
        return media.member("schema")
    found = part.member("schema")
    return found if found.value is not None else Part(part.document, part.pointer, {})
