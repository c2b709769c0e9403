"""What a trading partner's guide makes of the set that it is based on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ..documents import pointer, wrong
from .guide import (
    HEADING,
    Composite,
    Element,
    Guide,
    Identity,
    LoopPlace,
    Noted,
    Place,
    SegmentGuide,
    SegmentPlace,
    Use,
    leaves,
)
from .separators import Separators, problem


def restricted(base: Guide, document: str, said: dict[str, Any]) -> Guide:
    """The guide that a partner's document (valid by its schema) makes of `base`.

    Raises: DocumentError for a rule that speaks of what is not there, or that would allow more than the set does.
    """
    structure = _listed(base.structure, {}) if said.get("only_listed_codes") else base.structure
    for index, rule in enumerate(said.get("restrict", ())):
        structure = _applied(structure, document, ("restrict", index), rule)
    separators = Separators(**said.get("separators", {}))
    if found := problem(separators):
        raise wrong(document, "/separators", found[1])
    noted = said.get("noted", {})
    return replace(
        base,
        version=said.get("version", base.version),
        name=said["name"],
        standard=base.standard or base,
        purpose=said.get("purpose", base.purpose),
        structure=structure,
        source=document,
        sender=Identity(**said["sender"]) if "sender" in said else base.sender,
        receiver=Identity(**said["receiver"]) if "receiver" in said else base.receiver,
        separators=separators if "separators" in said else base.separators,
        characters=said.get("characters", base.characters),
        noted=Noted(
            base.noted.segment | frozenset(noted.get("segment", ())),
            base.noted.element | frozenset(noted.get("element", ())),
        ),
    )


def _applied(
    structure: tuple[Place, ...], document: str, at: tuple[str | int, ...], rule: dict[str, Any]
) -> tuple[Place, ...]:
    segment_id, loop = rule["segment"], rule.get("loop", "")
    there = [where for place, where in leaves(structure) if place.segment.id == segment_id]
    if not there:
        raise wrong(document, pointer(*at, "segment"), f"the set has no {segment_id}, so there is nothing to restrict")
    if loop and loop not in there:
        raise wrong(
            document, pointer(*at, "loop"), f"{segment_id} does not stand there; it stands in {', '.join(there)}"
        )

    def change(place: SegmentPlace) -> SegmentPlace:
        segment = place.segment
        if elements := rule.get("elements"):
            uses = list(segment.uses)
            for position, limits in elements.items():
                where = (*at, "elements", position)
                if int(position) > len(uses):
                    problem = f"{segment_id} has {len(uses)} elements"
                    raise wrong(document, pointer(*where), problem)
                uses[int(position) - 1] = _use(uses[int(position) - 1], document, where, limits)
            segment = replace(segment, uses=tuple(uses))
        return replace(place, segment=segment)

    return _walk(structure, HEADING, segment_id, loop, change, _bounds(document, at, rule), bool(rule.get("forbidden")))


def _listed(places: tuple[Place, ...], made: dict[int, SegmentGuide]) -> tuple[Place, ...]:
    """The places with every list of codes as one that is whole. `made` has each segment by the identity of its like."""
    found: list[Place] = []
    for place in places:
        if isinstance(place, LoopPlace):
            found.append(replace(place, of=_listed(place.of, made)))
        else:
            segment = made.setdefault(id(place.segment), _closed(place.segment))
            found.append(replace(place, segment=segment))
    return tuple(found)


def _closed(segment: SegmentGuide) -> SegmentGuide:
    return replace(segment, uses=tuple(map(_listed_use, segment.uses)))


def _listed_use(use: Use) -> Use:
    element = use.element
    if isinstance(element, Element):
        return replace(use, element=replace(element, open=False))
    return replace(use, element=replace(element, components=tuple(map(_listed_use, element.components))))


def _bounds(document: str, at: tuple[str | int, ...], rule: dict[str, Any]) -> Callable[[Place], Place]:
    def bound(place: Place) -> Place:
        most = place.most
        if "max" in rule:
            wanted = None if rule["max"] == "many" else int(rule["max"])
            if most is not None and (wanted is None or wanted > most):
                raise wrong(document, pointer(*at, "max"), f"a guide can only restrict: the set allows {most}")
            most = wanted
        return replace(place, most=most, required=rule.get("required", place.required) or place.required)

    return bound


def _walk(
    places: tuple[Place, ...],
    here: str,
    id: str,
    loop: str,
    change: Callable[[SegmentPlace], SegmentPlace],
    bound: Callable[[Place], Place],
    forbidden: bool,
) -> tuple[Place, ...]:
    """The places with the rule applied; where the segment begins a loop, the bounds are the loop's."""
    found: list[Place] = []
    for index, place in enumerate(places):
        meant = isinstance(place, SegmentPlace) and place.segment.id == id and loop in ("", here)
        if isinstance(place, LoopPlace):
            leads = place.leader.segment.id == id and loop in ("", place.id)
            if leads and forbidden:
                continue
            of = _walk(place.of, place.id, id, loop, change, bound, forbidden)
            inner = replace(place, of=of)
            found.append(bound(inner) if leads else inner)
        elif not meant:
            found.append(place)
        elif index == 0:  # it begins the loop that is walked through: the bounds are applied to that
            found.append(change(place))
        elif not forbidden:
            found.append(bound(change(place)))
    return tuple(found)


def _use(use: Use, document: str, at: tuple[str | int, ...], limits: dict[str, Any]) -> Use:
    element = use.element
    if isinstance(element, Composite):
        if set(limits) - {"required", "forbidden"}:
            raise wrong(document, pointer(*at), f"{element.number} is a composite: only required and forbidden apply")
    else:
        element = _codes(_length(element, document, at, limits), document, at, limits)
    return Use(
        element, required=limits.get("required", False) or use.required, forbidden=limits.get("forbidden", False)
    )


def _length(element: Element, document: str, at: tuple[str | int, ...], limits: dict[str, Any]) -> Element:
    if "length" not in limits:
        return element
    shortest, longest = limits["length"]
    if not element.shortest <= shortest <= longest <= element.longest:
        raise wrong(
            document,
            pointer(*at, "length"),
            f"a guide can only restrict: {element.number} has {element.shortest} to {element.longest}",
        )
    return replace(element, shortest=shortest, longest=longest)


def _codes(element: Element, document: str, at: tuple[str | int, ...], limits: dict[str, Any]) -> Element:
    codes = element.codes
    if "codes" in limits:
        wanted = limits["codes"]
        known = codes or {}
        if isinstance(wanted, list):
            for index, code in enumerate(wanted):
                if codes is not None and code not in known:
                    problem = f"{code} is no code of {element.number} here; give it a meaning (code: meaning)"
                    raise wrong(document, pointer(*at, "codes", index), problem)
            wanted = {code: known.get(code, "") for code in wanted}
        codes = wanted
    if "more_codes" in limits:
        codes = {**(codes or {}), **limits["more_codes"]}
    if codes is not None and codes is not element.codes:
        for code in codes:
            if not element.shortest <= len(code) <= element.longest:
                problem = f"{code!r} is not {element.shortest} to {element.longest} characters long"
                raise wrong(document, pointer(*at), problem)
    return replace(element, codes=codes, open=element.open and "codes" not in limits)
