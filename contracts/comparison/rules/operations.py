"""Operations of an API: gone, new, moved, named otherwise; and their links."""

from __future__ import annotations

from ..change_rule import ChangeRule, change_rule
from ..judgement import Level
from ..operation_pair import OperationPair, operation_comparer


@change_rule
class OperationRemoved(ChangeRule):
    """An operation is gone that nobody had said the end of. Everybody who calls it fails."""

    id = "operation-removed"
    title = "An operation is gone"
    always = Level.BREAKING


@change_rule
class OperationRemovedEarly(ChangeRule):
    """An operation is gone that was to work until a later day (`x-sunset`). Whoever relied on that day fails."""

    id = "operation-removed-early"
    title = "An operation is gone before its day"
    always = Level.BREAKING


@change_rule
class OperationRetired(ChangeRule):
    """An operation is gone whose last day, which had been told, is over."""

    id = "operation-retired"
    title = "An operation is gone after its day"
    always = Level.COMPATIBLE


@change_rule
class OperationAdded(ChangeRule):
    """There is a new operation. Nobody has to call it."""

    id = "operation-added"
    title = "There is a new operation"
    always = Level.COMPATIBLE


@change_rule
class OperationMoved(ChangeRule):
    """An operation is called by another method or at another path. Whoever calls the old one fails."""

    id = "operation-moved"
    title = "An operation is called otherwise"
    always = Level.BREAKING


@change_rule
class OperationRenamed(ChangeRule):
    """An operation has another operationId. On the wire nothing changes; generated clients, links and pacts that name
    it do.
    """

    id = "operation-renamed"
    title = "An operation has another name"
    always = Level.DANGEROUS


@change_rule
class WebhookRemoved(ChangeRule):
    """A call that the party made to its partners (a webhook, a callback) is not made any more. Whoever waits for it
    waits for ever.
    """

    id = "webhook-removed"
    title = "A webhook is gone"
    always = Level.BREAKING


@change_rule
class WebhookAdded(ChangeRule):
    """The party makes a new call to its partners. Who did not subscribe to it does not get it."""

    id = "webhook-added"
    title = "There is a new webhook"
    always = Level.COMPATIBLE


@change_rule
class LinkRemoved(ChangeRule):
    """An answer does not say any more which operation comes next. Whoever follows links stops there."""

    id = "link-removed"
    title = "A link is gone"
    always = Level.DANGEROUS


@operation_comparer
def compare_names(pair: OperationPair) -> None:
    old, new = pair.old.part.member("operationId"), pair.new.part.member("operationId")
    if old.value is not None and old.value != new.value:
        what = f"{pair.old.label} is named {new.value or 'nothing'}, and was named {old.value}"
        pair.changed(OperationRenamed, what, old, new)


@operation_comparer
def compare_links(pair: OperationPair) -> None:
    after = pair.new.responses()
    for status, response in pair.old.responses().items():
        for name, link in response.member("links").members():
            if status in after and name not in (after[status].get("links") or {}):
                what = f"the answer {status} of {pair.old.label} has no link {name} any more"
                pair.changed(LinkRemoved, what, link, after[status], f"response {status}", pair.answered)
