"""Bodies: whether there is one, in which media types, and by what schema."""

from __future__ import annotations

from ...part import Part
from ..change_rule import ChangeRule, change_rule
from ..judgement import Direction, Level, Relation
from ..operation_pair import OperationPair, operation_comparer


@change_rule
class BodyRemoved(ChangeRule):
    """A request has no body any more. Whoever sends one is refused, or is not heard."""

    id = "body-removed"
    title = "A request has no body any more"
    always = Level.BREAKING


@change_rule
class BodyAdded(ChangeRule):
    """A request may have a body."""

    id = "body-added"
    title = "A request may have a body"
    always = Level.COMPATIBLE


@change_rule
class RequiredBodyAdded(ChangeRule):
    """A request must have a body, and had none. Whoever sends none is refused."""

    id = "required-body-added"
    title = "A request must have a body"
    relation = Relation.NARROWER


@change_rule
class BodyBecameRequired(ChangeRule):
    """A request must have the body that it could be without."""

    id = "body-became-required"
    title = "The body of a request must be there"
    relation = Relation.NARROWER


@change_rule
class BodyBecameOptional(ChangeRule):
    """A request may be without the body that it had to have."""

    id = "body-became-optional"
    title = "The body of a request may be absent"
    relation = Relation.WIDER


@change_rule
class MediaTypeRemoved(ChangeRule):
    """A body does not come, or is not taken, in a media type any more. Whoever sends it or asks for it is refused."""

    id = "media-type-removed"
    title = "A media type is gone"
    always = Level.BREAKING


@change_rule
class MediaTypeAdded(ChangeRule):
    """A body may come in one more media type. Who sends and who asks chooses which."""

    id = "media-type-added"
    title = "There is a new media type"
    always = Level.COMPATIBLE


@change_rule
class BodySchemaAdded(ChangeRule):
    """A body must fit a schema, and could be anything."""

    id = "body-schema-added"
    title = "A body must fit a schema"
    relation = Relation.NARROWER


@change_rule
class BodySchemaRemoved(ChangeRule):
    """A body may be anything, and had to fit a schema. Whoever reads it does not know any more what it gets."""

    id = "body-schema-removed"
    title = "A body may be anything"
    relation = Relation.WIDER


@operation_comparer
def compare_request_bodies(pair: OperationPair) -> None:
    old, new = pair.old.request(), pair.new.request()
    label, role = pair.old.label, "request body"
    if old is not None and new is not None:
        before, after = old.get("required") is True, new.get("required") is True
        if before is not after:
            rule: type[ChangeRule] = BodyBecameRequired if after else BodyBecameOptional
            verb = "must have its body" if after else "may be without its body"
            pair.changed(rule, f"a request of {label} {verb}", old, new, role)
        compare_contents(pair, role, pair.asked, old, new)
    elif new is not None:
        required = new.get("required") is True
        rule = RequiredBodyAdded if required else BodyAdded
        pair.changed(rule, f"a request of {label} {'must' if required else 'may'} have a body", None, new, role)
    elif old is not None:
        pair.changed(BodyRemoved, f"a request of {label} has no body any more", old, None, role)


def compare_contents(pair: OperationPair, role: str, direction: Direction, old: Part, new: Part) -> None:
    """Media types and schemas of two bodies."""
    before, after = _media_types(old), _media_types(new)
    for name, media in before.items():
        other = after.get(name)
        if other is None and direction is Direction.TAKEN:
            # Whoever sent one kind is served by a whole range of them.
            other = next((each for wide, each in after.items() if _covers(wide, name)), None)
        if other is None:
            pair.changed(
                MediaTypeRemoved,
                f"the {role} of {pair.old.label} is never {name} any more",
                media,
                new,
                role,
                direction,
            )
        else:
            _compare_schemas(pair, role, direction, media, other)
    for name, media in after.items():
        if name not in before and before:
            what = f"the {role} of {pair.old.label} may be {name}"
            pair.changed(MediaTypeAdded, what, old, media, role, direction)


def _compare_schemas(pair: OperationPair, role: str, direction: Direction, old: Part, new: Part) -> None:
    before, after = old.member("schema"), new.member("schema")
    if before.value is not None and after.value is not None:
        pair.schemas(role, direction, before, after)
    elif before.value is not None or after.value is not None:
        rule = BodySchemaAdded if before.value is None else BodySchemaRemoved
        verb = "must fit a schema" if before.value is None else "may be anything"
        pair.changed(rule, f"the {role} of {pair.old.label} {verb}", old, new, role, direction)


def _media_types(part: Part) -> dict[str, Part]:
    """By name, without regard to case and white space (RFC 9110, 8.3.1)."""
    return {"".join(name.lower().split()): media for name, media in part.member("content").members()}


def _covers(wide: str, name: str) -> bool:
    kind, _, subtype = wide.partition(";")[0].partition("/")
    return subtype == "*" and (kind == "*" or name.startswith(f"{kind}/"))
