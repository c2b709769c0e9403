"""What a layer must do with an event that is sent to it."""

from __future__ import annotations

from ..stated_rule import StatedRule

RECEIVE = "contracts/layer/v1/openapi.yaml#/paths/~1webhooks~1{party}/post"


RULES = {
    rule.id: rule
    for rule in (
        StatedRule(
            "event-taken",
            "An event that keeps its contract is taken, and taken again when it comes again",
            RECEIVE,
            "Senders try again what is refused, and give the subscription up in the end.",
            "The second delivery of the same event is answered 409.",
        ),
        StatedRule(
            "forged-event",
            "An event that its party did not sign just now is refused",
            "Standard Webhooks, Verifying webhook authenticity",
            "Whoever knows the address could have goods sent anywhere.",
            "An event signed with the secret of another party is answered 202.",
        ),
        StatedRule(
            "no-event",
            "What is no CloudEvent is refused, or set aside",
            "CloudEvents 1.0, 2 and HTTP binding 3.2",
            "What is taken and can't be read is lost: its sender believes that it was understood.",
            "JSON that is cut off is answered 202, and nothing comes of it.",
        ),
        StatedRule(
            "nothing-dropped",
            "What is taken is acted upon or set aside, never silently dropped",
            "docs/reference/invariants.md, X2",
            "Nobody asks for what nobody misses.",
            "order.submitted without its lines is answered 202; no call and no dead letter comes of it.",
        ),
    )
}
