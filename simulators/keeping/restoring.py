"""Makes a world what its state file says it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import msgspec

from ...contracts.objects import CloudEvent
from ..access import Token
from ..idempotency import StoredAnswer
from ..party import Cause, Party, Subscription
from ..transaction import Job, RecordKey
from ..transport import Delivery
from ..world import World
from .position import Cast, Position
from .record_types import record_types
from .state_file import StateFile, StateFileError
from .storage import KeptStorage

T = TypeVar("T")
_CAST = "cast"


def cast_of(file: StateFile) -> Cast | None:
    """What the file's world is; None when it is new. Raises: StateFileError."""
    for (value,) in file.rows("SELECT value FROM world WHERE name = ?", _CAST):
        return _decoded(file, value, Cast, "its cast")
    return None


def put_cast(file: StateFile, cast: Cast) -> None:
    """Say what the file's world is. Raises: StateFileError."""
    file.commit({"INSERT OR REPLACE INTO world VALUES (?, ?)": [(_CAST, msgspec.json.encode(cast).decode())]})


def position_of(file: StateFile) -> Position | None:
    """Where the file's world stands; None when it is new. Raises: StateFileError."""
    for (value,) in file.rows("SELECT value FROM position"):
        return _decoded(file, value, Position, "its position")
    return None


def restore(world: World, file: StateFile, starts: int) -> None:
    """Everything but what is still to be delivered. `starts` is the how-manieth start this is.

    Raises: StateFileError when the file holds what this version does not understand.
    """
    position = position_of(file)
    if position is None:
        return
    for subject, order_id in file.rows("SELECT subject, order_id FROM event WHERE order_id <> '' ORDER BY place"):
        world.lineage.learn(subject, order_id)
    for name, party in world.parties.items():
        party.state.clear()
        party.state.apply(dict(_records(file, party)))
        _restore_feed(file, party, position.first.get(name, 0))
        _restore_access(file, party)
        _restore_answers(file, party, position.wire_s)
        for number, job, cause in file.rows("SELECT number, job, cause FROM job WHERE party = ? ORDER BY number", name):
            party.schedule(number, _decoded(file, job, Job, "a job"), _decoded(file, cause, Cause, "a cause"))
    world.ids.go_on(position.numbers, starts)
    world.journal.length = position.journal


def deliver_owed(world: World, file: StateFile) -> None:
    """Go on with the deliveries that the last process left; whoever heard of one just then hears of it twice. To be
    called when all subscriptions are there.
    """
    owed = "SELECT delivery.*, value, order_id FROM delivery JOIN event USING (party) WHERE event.id = delivery.event"
    for party_name, channel, key, _, value, order_id in list(file.rows(f"{owed} ORDER BY party, event.place")):
        party = world.parties[party_name]
        subscription = next(
            (
                each
                for each in party.subscriptions.values()
                if each.channel == channel and key in ("", each.subscription_id)
            ),
            None,
        )
        if subscription is not None:
            event = _decoded(file, value, CloudEvent, "an event")
            world.outbox.take_up(Delivery(party, subscription, event, Cause(channel, order_id=order_id)))


def storage_of(file: StateFile, party: str, made: int) -> KeptStorage:
    """The files of a party's mailbox; `made` is how old its folders are, in seconds since the epoch."""
    query = "SELECT path, content, complete, mtime FROM file WHERE party = ? ORDER BY path"
    return KeptStorage(
        ((path, body, bool(complete), mtime) for path, body, complete, mtime in file.rows(query, party)), made
    )


def numbers_of(file: StateFile, party: str) -> bytes | None:
    """The numbers of the files that a party wrote and read; None while there are none."""
    for (value,) in file.rows("SELECT value FROM format WHERE party = ?", party):
        return str(value).encode()
    return None


def _records(file: StateFile, party: Party) -> Iterator[tuple[RecordKey, msgspec.Struct]]:
    types = record_types(party.kind)
    decoders = {name: msgspec.json.Decoder(each).decode for name, each in types.items()}
    for kind, key, value in file.rows("SELECT kind, key, value FROM record WHERE party = ? ORDER BY place", party.name):
        if kind not in decoders:
            raise StateFileError(f"{file.path}: {party.name} has a {kind}, which this version does not know")
        try:
            yield (types[kind], key), decoders[kind](value)
        except msgspec.ValidationError as error:
            raise StateFileError(
                f"{file.path}: {party.name}'s {kind} {key} can't be read by this version: {error}"
            ) from error


def _restore_feed(file: StateFile, party: Party, first: int) -> None:
    query = "SELECT wire_s, value FROM event WHERE party = ? AND place >= ? ORDER BY place"
    decode = msgspec.json.Decoder(CloudEvent).decode
    events = [(wire_s, decode(value)) for wire_s, value in file.rows(query, party.name, first)]
    sequences = file.rows("SELECT subject, max(sequence) FROM event WHERE party = ? GROUP BY subject", party.name)
    party.feed.restore(first, events, dict(sequences))


def _restore_access(file: StateFile, party: Party) -> None:
    rows = file.rows("SELECT value, client, scopes, expires FROM token WHERE party = ?", party.name)
    party.access.restore(
        Token(value, client, frozenset(scopes.split()), until) for value, client, scopes, until in rows
    )
    for (value,) in file.rows("SELECT value FROM subscription WHERE party = ? ORDER BY id", party.name):
        subscription = _decoded(file, value, Subscription, "a subscription")
        party.subscriptions[subscription.subscription_id] = subscription


def _restore_answers(file: StateFile, party: Party, now: float) -> None:
    query = (
        "SELECT client, operation, key, fingerprint, until, status, headers, body FROM answer "
        "WHERE party = ? AND until > ? ORDER BY until"
    )
    for *key, fingerprint, until, status, headers, body in file.rows(query, party.name, now):
        pairs = tuple((name.encode("latin-1"), value.encode("latin-1")) for name, value in msgspec.json.decode(headers))
        client, operation, given = key
        answer = StoredAnswer(status, pairs, body.encode())
        party.idempotency.restore((client, operation, given), bytes.fromhex(fingerprint), until, answer)


def _decoded(file: StateFile, value: str, kind: type[T], what: str) -> T:
    """Raises: StateFileError."""
    try:
        return msgspec.json.decode(value, type=kind)
    except msgspec.MsgspecError as error:
        raise StateFileError(f"{file.path}: {what} can't be read by this version: {error}") from error
