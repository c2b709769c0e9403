"""A world: one isolated set of parties with its own clock, ids, data, journal and faults. A process may host many."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta

from msgspec.structs import replace

from ..contracts.objects import CloudEvent
from .access import Client
from .channels.files.interference import MailInterference, NoMailInterference
from .clock import Clock, Timer
from .ids import Ids
from .interference import Interference, NoInterference, Post
from .journal import Channel, Journal, Sink
from .kinds import kind_of
from .lineage import Lineage
from .outbox import Outbox
from .party import Cause, Party, Subscription
from .refusal import Refusal
from .secrets import Secrets
from .webhook import SECRET_PREFIX, Webhooks, secret_key

# Every party that a world may have: its name → its kind; and the usual ones.
PARTIES = {"crm": "crm", "erp": "erp", "east": "warehouse", "west": "warehouse", "regional": "warehouse"}
CAST = {name: kind for name, kind in PARTIES.items() if name != "regional"}
WAREHOUSE = "warehouse"
# The ERP of every world; and the one in the cloud, which a world has besides while regions go over to it.
ERP, CLOUD_ERP = "erp", "erp-cloud"
ERPS = (ERP, CLOUD_ERP)


class World:
    """The parties and what they share. Everything in it happens on one event loop, one thing at a time. `versions` is
    which version of its API a party serves, where it is not the first.
    """

    def __init__(
        self,
        name: str,
        clock: Clock,
        ids: Ids,
        *,
        cast: Mapping[str, str] = CAST,
        sink: Sink | None = None,
        interference: Interference | None = None,
        post: Post | None = None,
        versions: Mapping[str, str] | None = None,
    ) -> None:
        self.name = name
        self.clock = clock
        self.ids = ids
        self.interference: Interference = interference or NoInterference()
        self.secrets = Secrets()
        self.journal = Journal(clock, sink, self.secrets)
        self.lineage = Lineage()
        self.in_flight = 0
        self.errors: list[str] = []
        webhooks = Webhooks(clock, post)
        self.outbox = Outbox(
            clock, ids, self.journal, self.interference, {webhooks.channel: webhooks}, self.errors.append
        )
        self.on_reachable: Callable[[str, bool], None] = lambda _party, _reachable: None
        # Calls back once a party that was told to come back is there: a server that starts anew takes a while.
        self.once_back: Callable[[str, Callable[[], None]], None] = lambda _party, then: then()
        self._coming_back: set[str] = set()
        self.also_busy: list[Callable[[], str | None]] = []  # channels with work of their own: files under way
        self.mail_interference: MailInterference = NoMailInterference()
        self.on_host_key: Callable[[str, bool], None] = lambda _party, _own: None
        self.strangers: frozenset[str] = frozenset()  # parties whose file server shows a host key that nobody knows
        self._later: dict[int, Timer] = {}
        self.parties: dict[str, Party] = {}
        self._cast = dict(cast)
        for party_name, kind_name in cast.items():
            kind = kind_of(kind_name)
            party = Party(
                name=party_name,
                rules=kind.rules,
                clock=clock,
                ids=ids,
                journal=self.journal,
                lineage=self.lineage,
                indexes=kind.indexes,
                on_event=self._announce,
                on_fault=self.errors.append,
                secrets=self.secrets,
            )
            if versions and party_name in versions:
                party.versions.served = (versions[party_name],)
            self.parties[party_name] = party
            party.write("settings", kind.settings(party_name, self.warehouses))

    @property
    def warehouses(self) -> list[str]:
        """The names of the warehouses, in the order of the cast."""
        return [name for name, kind in self._cast.items() if kind == WAREHOUSE]

    @property
    def erps(self) -> list[Party]:
        """One, or two while regions go over from one to the other."""
        return [self.parties[name] for name in ERPS if name in self.parties]

    def register_client(self, party: str, client_id: str, secret: str, scopes: Iterable[str]) -> None:
        self.parties[party].access.register(Client(client_id, secret, frozenset(scopes)))

    def subscribe(
        self,
        party: str,
        url: str,
        event_types: Iterable[str] = (),
        *,
        client: str,
        secret: str | None = None,
        channel: Channel = "webhook",
        api: str = "",
    ) -> Subscription:
        """Have a party's events pushed to a URL. The secret (`whsec_…`) is made here when none is given; `api` is the
        version of the party's API that it belongs to, by default the newest.

        Raises: Refusal `invalid-request` when the secret is not of that form.
        """
        secret = secret or SECRET_PREFIX + base64.b64encode(self.ids.octets(32)).decode()
        if not _is_secret(secret):
            raise Refusal.at("invalid-request", "/secret", "a secret is `whsec_` and the Base64 of 24 to 64 octets")
        self.secrets.learn(secret, "webhook secret", party)
        now = self.clock.now()
        subscription = Subscription(
            subscription_id=self.ids.next("WS"),
            url=url,
            event_types=tuple(event_types),
            secret=secret,
            client=client,
            channel=channel,
            api=api or self.parties[party].versions.newest,
            created_at=now,
            updated_at=now,
        )
        self.parties[party].subscriptions[subscription.subscription_id] = subscription
        return subscription

    def unsubscribe(self, party: str, subscription_id: str) -> None:
        """End a subscription: nothing more is sent for it. What is under way may still arrive."""
        del self.parties[party].subscriptions[subscription_id]
        self.outbox.drop(subscription_id)

    def set_interference(self, interference: Interference, mail: MailInterference | None = None) -> None:
        """`mail` is who breaks things at parties that speak in files; nobody does without."""
        self.interference = interference
        self.outbox.interference = interference
        self.mail_interference = mail or NoMailInterference()

    def later(self, hours: float, call: Callable[[], None]) -> None:
        """Have something happen by itself so many business hours from now; the world is not quiet before. A mistake in
        it is reported as the world's own.
        """
        number = self.ids.number("later")

        def due() -> None:
            del self._later[number]
            try:
                call()
            except Exception as error:  # in a timer nobody else would hear of it
                self.errors.append(f"what was to come later: {type(error).__name__}: {error}")

        self._later[number] = self.clock.at(self.clock.now() + timedelta(hours=hours), due)

    @property
    def to_come(self) -> int:
        """How much will still happen by itself."""
        return len(self._later)

    def take_down(self, party: str, fault: str) -> None:
        """The party's servers stop answering (connection refused) and its events wait, until `bring_up`. Nothing when
        it is down already.
        """
        if party in self.outbox.paused:
            return
        self.journal.append("fault", party, "run", fault, detail={"reachable": False})
        self.outbox.pause(party)
        self.on_reachable(party, False)

    def bring_up(self, party: str, fault: str) -> None:
        """The party comes back, at the same address; until it is there it counts as down. Nothing when it is up, or on
        its way.
        """
        if party not in self.outbox.paused or party in self._coming_back:
            return
        self._coming_back.add(party)
        self.on_reachable(party, True)
        self.once_back(party, lambda: self._is_back(party, fault))

    def _is_back(self, party: str, fault: str) -> None:
        self._coming_back.discard(party)
        self.journal.append("fault", party, "run", fault, detail={"reachable": True})
        self.outbox.resume(party)

    def show_host_key(self, party: str, fault: str, *, own: bool) -> None:
        """From now on the party's file server proves itself by another host key than the agreed one, or by its own
        again. Who is connected is dropped.
        """
        self.journal.append("fault", party, "sftp", fault, detail={"hostKey": "its own" if own else "another"})
        self.strangers = self.strangers - {party} if own else self.strangers | {party}
        self.on_host_key(party, own)

    def drop_connections(self, party: str, fault: str) -> None:
        """Whoever is connected to the party's file server has to connect again."""
        self.journal.append("fault", party, "sftp", fault, detail={"connections": "dropped"})
        self.on_host_key(party, party not in self.strangers)

    def busy(self) -> str | None:
        """What is still going on by itself, in words, or None when all is quiet."""
        if self.in_flight:
            return f"{self.in_flight} requests are being answered"
        if deliveries := self.outbox.pending():
            return f"{deliveries} events are being delivered"
        if unread := sum(party.feed.unread for party in self.parties.values() if party.is_polled):
            return f"{unread} events stand in feeds that nobody has read yet"
        if told := next((told for busy in self.also_busy if (told := busy())), None):
            return told
        if self._later:
            return f"{len(self._later)} things are still to happen by themselves"
        if jobs := sum(len(party.jobs) for party in self.parties.values()):
            return f"{jobs} steps of the warehouses' own work are still to come"
        return None

    def last_read_s(self) -> float:
        """When somebody who polls was last handed something new, in wire seconds; 0 where nobody polls."""
        return max((party.feed.read_s or 0.0 for party in self.parties.values() if party.is_polled), default=0.0)

    def reset(self) -> None:
        """Back to an empty world; the journal goes on, so that nothing that happened is lost."""
        self._forget_what_is_to_come()
        self.outbox.drop_all()
        self.lineage.clear()
        self.errors.clear()
        self.journal.append("note", "", "admin", "reset")
        for name, party in self.parties.items():
            party.reset()
            party.write("settings", kind_of(party.kind).settings(name, self.warehouses))

    async def close(self) -> None:
        """The world ends: no job is done any more and no event delivered."""
        self._forget_what_is_to_come()
        for party in self.parties.values():
            party.stop()
        await self.outbox.close()

    def _forget_what_is_to_come(self) -> None:
        for timer in self._later.values():
            timer.cancel()
        self._later.clear()

    def _announce(self, party: Party, event: CloudEvent, cause: Cause) -> None:
        order_id = cause.order_id or self.lineage.order_of(event.subject)
        if order_id != cause.order_id:
            cause = replace(cause, order_id=order_id)
        self.outbox.announce(party, event, cause)


def _is_secret(text: str) -> bool:
    """Whether it is a key of the length that Standard Webhooks asks for."""
    try:
        return 24 <= len(secret_key(text)) <= 64
    except ValueError:
        return False
