"""What a layer must do with an event that is sent to it."""

from __future__ import annotations

from dataclasses import dataclass

RECEIVE = "contracts/layer/v1/openapi.yaml#/paths/~1webhooks~1{party}/post"


@dataclass(frozen=True, slots=True)
class EventRule:
    """`title` is the rule in a line, `clause` where it stands."""

    id: str
    title: str
    clause: str


RULES = {
    rule.id: rule
    for rule in (
        EventRule(
            "event-taken", "An event that keeps its contract is taken, and taken again when it comes again", RECEIVE
        ),
        EventRule(
            "forged-event",
            "An event that its party did not sign just now is refused",
            "Standard Webhooks, Verifying webhook authenticity",
        ),
        EventRule(
            "no-event", "What is no CloudEvent is refused, or set aside", "CloudEvents 1.0, 2 and HTTP binding 3.2"
        ),
        EventRule(
            "nothing-dropped",
            "What is taken is acted upon or set aside, never silently dropped",
            "docs/reference/invariants.md, X2",
        ),
    )
}
