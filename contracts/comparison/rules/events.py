"""Events and messages: channels, who sends and receives there, and in what form."""

from __future__ import annotations

from ..change_rule import ChangeRule, change_rule
from ..judgement import Level


@change_rule
class EventRemoved(ChangeRule):
    """An event is sent no more. Whoever waits for it waits for ever."""

    id = "event-removed"
    title = "An event is sent no more"
    always = Level.BREAKING


@change_rule
class EventAdded(ChangeRule):
    """There is a new event. Who did not subscribe to it does not get it."""

    id = "event-added"
    title = "There is a new event"
    always = Level.COMPATIBLE


@change_rule
class MessageRefused(ChangeRule):
    """A message is received no more. Whoever sends it is not heard."""

    id = "message-refused"
    title = "A message is received no more"
    always = Level.BREAKING


@change_rule
class ChannelMoved(ChangeRule):
    """A channel has another address, or an event another type. Whoever listens or sends at the old one is not
    reached.
    """

    id = "channel-moved"
    title = "A channel has another address"
    always = Level.BREAKING


@change_rule
class ActionChanged(ChangeRule):
    """Where a party sent it receives now, or the other way around."""

    id = "action-changed"
    title = "A party sends where it received"
    always = Level.BREAKING


@change_rule
class MessageAdded(ChangeRule):
    """On a channel there is one more kind of message. Who listens there gets one that it does not know."""

    id = "message-added"
    title = "There is a new message on a channel"
    taken = Level.COMPATIBLE
    given = Level.DANGEROUS


@change_rule
class MessageRenamed(ChangeRule):
    """A message has another name. Who tells messages by their names takes it for another."""

    id = "message-renamed"
    title = "A message has another name"
    always = Level.BREAKING


@change_rule
class MessageMediaTypeChanged(ChangeRule):
    """A message comes in another media type. Who parses it finds something else."""

    id = "message-media-type-changed"
    title = "A message has another media type"
    always = Level.BREAKING


@change_rule
class SenderRemoved(ChangeRule):
    """A kind of party does not send an event any more that it sent; another still does."""

    id = "sender-removed"
    title = "A party does not send an event any more"
    always = Level.DANGEROUS


@change_rule
class BrokerChanged(ChangeRule):
    """A server that events come from has another address or another protocol, or is named no more."""

    id = "broker-changed"
    title = "Events come from another server"
    always = Level.BREAKING


@change_rule
class BindingChanged(ChangeRule):
    """How events are carried by their protocol (a binding: partitions, queues, headers) is something else."""

    id = "binding-changed"
    title = "Events are carried otherwise"
    always = Level.DANGEROUS


@change_rule
class CorrelationChanged(ChangeRule):
    """Where in a message the id stands that joins it with others is somewhere else."""

    id = "correlation-changed"
    title = "Messages are joined by something else"
    always = Level.BREAKING
