"""One provider's files: a mailbox for each partner, and whoever logs in to it. No sockets: those are server.py's.

A world in virtual time uses a depot alone, with storages in memory, and partners that log in with `direct_client`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from ...world import World
from .account import Account
from .completion import Completion
from .desk import Desk
from .interference import FileInterference, NoFileInterference, Operation
from .layout import Layout
from .limits import Limits
from .login import Login
from .mailbox import Mailbox
from .memory_storage import MemoryStorage
from .partner_mailbox import PartnerMailbox
from .partner_session import PartnerSession
from .provider import GRACE_S, Provider
from .status import FileRefused, Status
from .step import Steps
from .storage import Storage


class Depot:
    """The mailboxes and accounts of the party `party` in a world. Every mailbox is a root of its own: a partner can
    neither see nor name what is in another's.
    """

    def __init__(
        self,
        world: World,
        party: str,
        *,
        layout: Layout | None = None,
        limits: Limits | None = None,
        completion: Completion | None = None,
        interference: FileInterference | None = None,
        grace_s: float = GRACE_S,
    ) -> None:
        self.provider = Provider(
            name=party,
            clock=world.clock,
            journal=world.journal,
            report=world.errors.append,
            layout=layout or Layout(),
            limits=limits or Limits(),
            completion=completion or Completion(),
            interference=interference or NoFileInterference(),
            grace_s=grace_s,
        )
        self._accounts: dict[str, Account] = {}
        self._mailboxes: dict[str, PartnerMailbox] = {}
        self._partner_of: dict[str, str] = {}
        self._steps: dict[str, Counter[Operation]] = {}
        self._sessions: Counter[str] = Counter()
        self._session_number = 0

    def add(self, account: Account, storage: Storage | None = None, *, partner: str = "") -> Mailbox:
        """Let a user in. Users of the same `partner` (its own name by default) share a mailbox, made of `storage` (in
        memory by default) when the first of them is added.
        """
        partner = partner or account.user
        self._accounts[account.user] = account
        self._partner_of[account.user] = partner
        self._steps[account.user] = Counter()
        if partner not in self._mailboxes:
            made = MemoryStorage(self.provider.mtime()) if storage is None else storage
            self._mailboxes[partner] = PartnerMailbox(self.provider, partner, made)
        return self._mailboxes[partner]

    @property
    def mailboxes(self) -> Mapping[str, Mailbox]:
        """Partner → mailbox."""
        return self._mailboxes

    def set_interference(self, interference: FileInterference) -> None:
        self.provider.interference = interference

    def login(self, user: str) -> Login:
        """Somebody says who it is, and is still to prove it."""
        known = user in self._accounts
        steps = Steps(self._mailbox_of(user), user, self._steps[user]) if known else None
        return Login(self.provider, user, self._accounts.get(user), steps)

    def open_session(self, login: Login) -> PartnerSession:
        """A session for somebody who has logged in.

        Raises: FileRefused when the account has too many.
        """
        user = login.user
        limit = self.provider.limits.sessions
        if self._sessions[user] >= limit:
            why = f"{user} has {limit} sessions already"
            self.provider.record.noted("session-refused", user, login.exchange, why=why)
            raise FileRefused(Status.FAILURE, why)
        self._sessions[user] += 1
        self._session_number += 1
        mailbox = self._mailbox_of(user)
        desk = Desk(mailbox, user, self._session_number, Steps(mailbox, user, self._steps[user]))
        return PartnerSession(desk, login.exchange, lambda: self._sessions.subtract([user]))

    def busy(self) -> str | None:
        """What is still going on by itself, in words, or None when all is quiet."""
        return next((told for mailbox in self._mailboxes.values() if (told := mailbox.busy())), None)

    def close(self) -> None:
        """Nothing happens by itself any more."""
        for mailbox in self._mailboxes.values():
            mailbox.close()

    def _mailbox_of(self, user: str) -> PartnerMailbox:
        return self._mailboxes[self._partner_of[user]]
