"""One step of a partner, with whatever faults make of it: before it, and once it is done but not answered."""

from __future__ import annotations

from collections import Counter

from ...interference import Delay
from ..http.waiting import pause
from .interference import CutTransfer, FileMessage, HangUp, Operation, Refuse, SlowTransfer, Vanish
from .partner_mailbox import PartnerMailbox
from .status import ConnectionCut, FileRefused, Status

TransferEffect = CutTransfer | SlowTransfer


class Steps:
    """Makes the steps of one account known to whoever interferes. Counts them across its sessions."""

    def __init__(self, mailbox: PartnerMailbox, user: str, counts: Counter[Operation]) -> None:
        self._mailbox = mailbox
        self._user = user
        self._counts = counts

    def message(
        self, operation: Operation, path: str, *, inward: bool, target: str = "", nth: int | None = None
    ) -> FileMessage:
        """Counts the step, unless `nth` says which one of a transfer it is."""
        if nth is None:
            self._counts[operation] += 1
            nth = self._counts[operation]
        party = self._mailbox.provider.name
        return FileMessage("in" if inward else "out", party, self._user, operation, path, target, nth)

    async def before(self, message: FileMessage, exchange: int = 0) -> TransferEffect | None:
        """Go on once this returns; with what is to happen to the transfer, when the step opens a file.

        Raises: FileRefused, ConnectionCut: it does not happen.
        """
        provider = self._mailbox.provider
        effect = provider.interference.before_step(message)
        if effect is None:
            return None
        self._struck(effect.fault, effect, message, exchange)
        match effect:
            case Delay():
                await pause(provider.clock, effect.seconds)
            case Refuse():
                raise FileRefused(effect.status, effect.text)
            case HangUp():
                raise ConnectionCut(effect.fault)
            case Vanish():
                self._mailbox.vanish(message.path)
            case CutTransfer() | SlowTransfer():
                return effect
        return None

    async def after(self, message: FileMessage, exchange: int) -> Refuse | HangUp | None:
        """What the partner is told instead of the truth; None: the truth."""
        provider = self._mailbox.provider
        effect = provider.interference.after_step(message, Status.OK)
        if effect is None:
            return None
        self._struck(effect.fault, effect, message, exchange)
        if isinstance(effect, Delay):
            await pause(provider.clock, effect.seconds)
        return effect if isinstance(effect, Refuse | HangUp) else None

    def _struck(self, fault: str, effect: object, message: FileMessage, exchange: int) -> None:
        self._mailbox.provider.record.struck(
            fault, effect, self._user, exchange, operation=message.operation, path=message.path
        )


def mislead(effect: Refuse | HangUp | None) -> None:
    """Raises: FileRefused, ConnectionCut, as the effect has it."""
    if isinstance(effect, Refuse):
        raise FileRefused(effect.status, effect.text)
    if isinstance(effect, HangUp):
        raise ConnectionCut(effect.fault)
