"""Keeps a world in its state file: hears of all that changes, and writes it before anybody is told.

`flush` is called before each answer goes out, and by itself in the next turn of the loop for what happens without one:
before the event that tells of it is on its way, because that takes a turn of its own.
"""

from __future__ import annotations

from collections.abc import Callable

from ..channels.files.format import FileFormat
from ..idempotency import Key, StoredAnswer
from ..journal import Entry
from ..party import Cause, Party, Subscription
from ..transaction import Job
from ..transport import Delivery
from ..world import World
from .changes import (
    END_FILE,
    END_SUBSCRIPTIONS,
    END_TOKENS,
    PUT_ANSWER,
    PUT_EVENT,
    PUT_FILE,
    PUT_FORMAT,
    PUT_POSITION,
    PUT_SUBSCRIPTION,
    PUT_TOKEN,
    Changes,
    encoded,
)
from .position import Position
from .state_file import Row, StateFile, StateFileError
from .storage import KeptStorage

WEBHOOK = "webhook"


class Keeper:
    """Implements `Ledger`. Made once the world is as the file has it (`restore`). `soon` has something called in the
    next turn of the loop.
    """

    def __init__(self, world: World, file: StateFile, soon: Callable[[Callable[[], None]], object]) -> None:
        self._world = world
        self._file = file
        self._soon = soon
        self._changes = Changes()
        self._end = {name: party.feed.end for name, party in world.parties.items()}
        self._tokens = {name: party.access.tokens for name, party in world.parties.items()}
        self._subscriptions = {name: _webhooks(party) for name, party in world.parties.items()}
        self._mailboxes: dict[str, tuple[KeptStorage, FileFormat]] = {}
        self._due = False
        world.journal.subscribe(self._heard)
        world.outbox.ledger = self
        for party in world.parties.values():
            party.agenda = _Agenda(party.name, self)
            party.idempotency.on_settled = _Answers(party.name, self)

    def keep_all(self) -> None:
        """Write what the world has already: what it began with, when the file is new."""
        for name, party in self._world.parties.items():
            for kind, table in party.state.tables().items():
                for key, record in table.items():
                    self._changes.records[(name, kind.__name__, key)] = record
        self.flush(even_so=True)

    def keep_mailbox(self, party: str, storage: KeptStorage, form: FileFormat) -> None:
        """Keep the files of a party that speaks in them, and their numbers."""
        self._mailboxes[party] = (storage, form)

    def flush(self, *, even_so: bool = False) -> None:
        """Have everything in the file that has happened until now.

        Raises: StateFileError when that is not possible; it is tried again the next time.
        """
        for name, party in self._world.parties.items():
            self._compare(name, party)
        for name, (storage, form) in self._mailboxes.items():
            if storage.changed:
                self._put_files(name, storage, form)
        if self._changes or even_so:
            self._file.commit({**self._changes.statements(), PUT_POSITION: [(self._position(),)]})
            self._changes = Changes()

    # What the world tells.

    def _heard(self, entry: Entry) -> None:
        if entry.kind == "commit":
            party = entry.party
            for kind, key, record in entry.detail.records:
                self._changes.records[(party, kind, key)] = record
            for event in entry.detail.events:
                place, self._end[party] = self._end[party], self._end[party] + 1
                order_id = self._world.lineage.order_of(event.subject)
                names = (event.id, event.subject, event.sequence, order_id)
                self._changes.add(PUT_EVENT, (party, place, *names, entry.wire_s, encoded(event)))
            self._changed()
        elif entry.kind == "note" and (entry.channel, entry.name) == ("admin", "reset"):
            self._forget()

    def owed(self, delivery: Delivery) -> None:
        self._changes.deliveries[_owed(delivery)] = True
        self._changed()

    def settled(self, delivery: Delivery) -> None:
        self._changes.deliveries[_owed(delivery)] = False
        self._changed()

    def dropped(self, subscription_id: str) -> None:
        self._changes.drop(subscription_id)
        self._changed()

    def job(self, party: str, number: int, row: tuple[str, str] | None) -> None:
        """A job as it is to be kept, None when it is begun."""
        self._changes.jobs[(party, number)] = row
        self._changed()

    def answer(self, row: Row) -> None:
        """An answer is to be repeated from now on."""
        self._changes.add(PUT_ANSWER, row)
        self._changed()

    def _changed(self) -> None:
        if not self._due:
            self._due = True
            self._soon(self._flush_alone)

    def _flush_alone(self) -> None:
        """Without anybody who waits for an answer."""
        self._due = False
        try:
            self.flush()
        except StateFileError as error:
            self._world.errors.append(str(error))

    def _forget(self) -> None:
        """The world begins anew; its clients, subscriptions and files stay."""
        self._changes = Changes(afresh=True)
        self._end = dict.fromkeys(self._end, 0)
        self._changed()

    # What has to be looked for.

    def _compare(self, name: str, party: Party) -> None:
        """Tokens and subscriptions are few, and have no one way in which they change."""
        tokens = party.access.tokens
        if tokens is not self._tokens[name]:
            self._tokens[name] = tokens
            self._changes.add(END_TOKENS, (name,))
            for token in tokens.values():
                scopes = " ".join(sorted(token.scopes))
                self._changes.add(PUT_TOKEN, (name, token.value, token.client, scopes, token.expires))
        subscriptions = _webhooks(party)
        if subscriptions != self._subscriptions[name]:
            self._subscriptions[name] = subscriptions
            self._changes.add(END_SUBSCRIPTIONS, (name,))
            for key, subscription in subscriptions.items():
                self._changes.add(PUT_SUBSCRIPTION, (name, key, encoded(subscription)))

    def _put_files(self, name: str, storage: KeptStorage, form: FileFormat) -> None:
        for path, row in storage.rows():
            if row is None:
                self._changes.add(END_FILE, (name, path))
            else:
                self._changes.add(PUT_FILE, (name, *row))
        storage.changed.clear()
        self._changes.add(PUT_FORMAT, (name, form.numbers_so_far().decode()))

    def _position(self) -> str:
        world = self._world
        position = Position(
            now=world.clock.now(),
            wire_s=world.clock.wire(),
            numbers=world.ids.numbers,
            first={name: party.feed.first for name, party in world.parties.items()},
            journal=world.journal.length,
        )
        return encoded(position)


class _Agenda:
    """Implements `Agenda` for one party."""

    def __init__(self, party: str, keeper: Keeper) -> None:
        self._party = party
        self._keeper = keeper

    def planned(self, number: int, job: Job, cause: Cause) -> None:
        self._keeper.job(self._party, number, (encoded(job), encoded(cause)))

    def begun(self, number: int) -> None:
        self._keeper.job(self._party, number, None)


class _Answers:
    """Hears of the settled Idempotency-Keys of one party."""

    def __init__(self, party: str, keeper: Keeper) -> None:
        self._party = party
        self._keeper = keeper

    def __call__(self, key: Key, fingerprint: bytes, until: float, answer: StoredAnswer) -> None:
        headers = [[name.decode("latin-1"), value.decode("latin-1")] for name, value in answer.headers]
        body = answer.body.decode() if isinstance(answer.body, bytes) else encoded(answer.body)
        facts = (fingerprint.hex(), until, answer.status, encoded(headers), body)
        self._keeper.answer((self._party, *key, *facts))


def _webhooks(party: Party) -> dict[str, Subscription]:
    """The subscriptions that somebody made; those of other channels are made anew at each start."""
    return {key: each for key, each in party.subscriptions.items() if each.channel == WEBHOOK}


def _owed(delivery: Delivery) -> Row:
    subscription = delivery.subscription
    key = subscription.subscription_id if subscription.channel == WEBHOOK else ""
    return (delivery.owner.name, subscription.channel, key, delivery.event.id)
