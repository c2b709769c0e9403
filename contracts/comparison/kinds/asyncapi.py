"""AsyncAPI: channels by address, with what is sent and received there.

What the application sends is given to subscribers; what it receives is taken from publishers. A channel that no
operation speaks of is judged as sent.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ...part import Part
from ..change_log import Use
from ..change_rule import ChangeRule
from ..comparison import Comparison
from ..document_comparer import document_comparers
from ..judgement import Direction, Level
from ..rules.documents import DOCUMENT, compare_versions
from ..rules.events import (
    ActionChanged,
    BindingChanged,
    BrokerChanged,
    ChannelMoved,
    CorrelationChanged,
    EventAdded,
    EventRemoved,
    MessageAdded,
    MessageMediaTypeChanged,
    MessageRefused,
    MessageRenamed,
    SenderRemoved,
)


@dataclass(slots=True)
class _Channel:
    part: Part
    actions: set[str] = field(default_factory=set)
    parties: set[str] = field(default_factory=set)

    @property
    def address(self) -> str:
        return str(self.part.get("address") or self.part.pointer.rpartition("/")[2])

    def messages(self) -> dict[str, Part]:
        return {name: part.followed() for name, part in self.part.member("messages").members()}


@document_comparers.register("asyncapi")
def compare_asyncapi(old: Part, new: Part, comparison: Comparison) -> None:
    mark = comparison.log.mark()
    _compare_servers(old, new, comparison)
    before, after = _channels(old), _channels(new)
    addresses = {channel.address: name for name, channel in after.items()}
    matched = {name: addresses.get(channel.address, name if name in after else "") for name, channel in before.items()}
    for name, channel in before.items():
        if matched[name]:
            _compare_channels(channel, after[matched[name]], _content_types(old, new), comparison)
        else:
            _removed(channel, new, comparison)
    for name, channel in after.items():
        if name not in matched.values():
            use = _use(channel, channel)
            comparison.changed(EventAdded, f"{channel.address} is new", old.member("channels"), channel.part, use)
    compare_versions(old, new, comparison, mark)


def _content_types(old: Part, new: Part) -> tuple[str, str]:
    return str(old.get("defaultContentType")), str(new.get("defaultContentType"))


def _channels(root: Part) -> dict[str, _Channel]:
    found = {name: _Channel(written.followed()) for name, written in root.member("channels").members()}
    by_key = {channel.part.key: channel for channel in found.values()}
    for _, written in root.member("operations").members():
        operation = written.followed()
        channel = by_key.get(operation.member("channel").followed().key)
        if channel is not None:
            channel.actions.add(str(operation.get("action")))
            channel.parties.update(str(tag.followed().get("name")) for _, tag in operation.member("tags").members())
    return found


def _use(old: _Channel, new: _Channel, role: str = "") -> Use:
    actions = new.actions or old.actions
    direction = Direction.TAKEN if actions == {"receive"} else Direction.GIVEN
    return Use(old.address, role, direction)


def _removed(channel: _Channel, new: Part, comparison: Comparison) -> None:
    use = _use(channel, channel)
    given = use.direction is Direction.GIVEN
    rule: type[ChangeRule] = EventRemoved if given else MessageRefused
    verb = "is sent no more" if given else "is received no more"
    comparison.changed(rule, f"{channel.address} {verb}", channel.part, new.member("channels"), use)


def _compare_channels(old: _Channel, new: _Channel, defaults: tuple[str, str], comparison: Comparison) -> None:
    use = _use(old, new)

    def told(rule: type[ChangeRule], what: str, one: Part = old.part, other: Part = new.part) -> None:
        comparison.changed(rule, what, one, other, use)

    if old.address != new.address:
        places = old.part.member("address"), new.part.member("address")
        told(ChannelMoved, f"the address is {new.address}, and was {old.address}", *places)
    if old.actions - new.actions and new.actions:
        told(ActionChanged, f"{old.address} is {_words(new.actions)}, and was {_words(old.actions)}")
    elif old.actions and not new.actions:
        rule = EventRemoved if use.direction is Direction.GIVEN else MessageRefused
        told(rule, f"{old.address} is not {_words(old.actions)} any more")
    for party in sorted(old.parties - new.parties) if new.actions else ():
        told(SenderRemoved, f"{party} does not take part in {old.address} any more")
    _compare_bindings(old.part, new.part, old.address, use, comparison)
    before, after = old.messages(), new.messages()
    alone = len(before) == len(after) == 1
    for name, message in before.items():
        other = next(iter(after.values())) if alone else after.get(name)
        if other is None:
            rule = EventRemoved if use.direction is Direction.GIVEN else MessageRefused
            told(rule, f"the message {name} does not come on {old.address} any more", message, new.part)
        else:
            _compare_messages(message, other, use, defaults, comparison)
    for name, message in after.items():
        if name not in before and not alone:
            told(MessageAdded, f"the message {name} comes on {old.address}", old.part, message)


def _words(actions: set[str]) -> str:
    return " and ".join({"send": "sent", "receive": "received"}.get(action, action) for action in sorted(actions))


def _compare_messages(old: Part, new: Part, use: Use, defaults: tuple[str, str], comparison: Comparison) -> None:
    name, label = old.get("name"), f"the message on {use.operation}"
    if name is not None and name != new.get("name"):
        places = old.member("name"), new.member("name")
        what = f"{label} is named {new.get('name', 'no more')}, and was {name}"
        comparison.changed(MessageRenamed, what, *places, use)
    before, after = str(old.get("contentType", defaults[0])), str(new.get("contentType", defaults[1]))
    if before != after:
        what = f"{label} comes as {after}, and came as {before}"
        comparison.changed(MessageMediaTypeChanged, what, old, new, use)
    correlations = [part.member("correlationId").followed().get("location") for part in (old, new)]
    if correlations[0] is not None and correlations[0] != correlations[1]:
        what = f"{label} is joined by {correlations[1] or 'nothing'}, and was by {correlations[0]}"
        comparison.changed(CorrelationChanged, what, old, new, use)
    _compare_bindings(old, new, use.operation, use, comparison)
    for role in ("payload", "headers"):
        schemas = old.member(role), new.member(role)
        if all(isinstance(part.value, dict) for part in schemas):
            meant = [part.member("schema") if "schemaFormat" in part.value else part for part in schemas]
            comparison.schemas.use(Use(use.operation, role, use.direction), *meant)


def _compare_bindings(old: Part, new: Part, label: str, use: Use, comparison: Comparison) -> None:
    before, after = old.get("bindings"), new.get("bindings")
    if before and before != after:
        what = f"{label} is carried otherwise by its protocol"
        comparison.changed(BindingChanged, what, old.member("bindings"), new, use)


def _compare_servers(old: Part, new: Part, comparison: Comparison) -> None:
    for name, written in old.member("servers").members():
        before, after = written.followed(), new.member("servers", name).followed()
        for member in ("host", "protocol", "pathname"):
            if before.get(member) != after.get(member):
                what = f"the {member} of {name} is {after.get(member) or 'gone'}, and was {before.get(member)}"
                level = Level.DANGEROUS if member == "host" else None
                place = after if after.value is not None else new
                comparison.changed(BrokerChanged, what, before, place, DOCUMENT, level=level)
                break
