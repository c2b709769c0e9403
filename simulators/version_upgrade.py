"""A party goes over to the next version of its API or edition of its guides: both count for a while, then one ends."""

from __future__ import annotations

from datetime import timedelta

from .party import Party
from .refusal import Refusal
from .versions import Retirement
from .world import World

NOTE = "api-version"


def upgrade_version(world: World, party: Party, to: str, notice_h: float) -> None:
    """Serve `to` from now on; what was the newest version so far says that it will end, and does so `notice_h` business
    hours from now. A subscription ends with the version that it was made under.

    Raises: Refusal `already-exists` when the party serves that version already.
    """
    old = party.versions.newest
    if to in party.versions.served:
        raise Refusal("already-exists", f"{party.name} has gone over to {to} already")
    now = world.clock.now()
    ends = now + timedelta(hours=notice_h)
    party.versions.served = (*party.versions.served, to)
    party.versions.retirements[old] = Retirement(since=now, ends=ends, successor=to)
    said = {"served": list(party.versions.served), "deprecated": old, "sunset": ends.isoformat()}
    world.journal.append("note", party.name, "clock", NOTE, detail=said)

    def over() -> None:
        world.journal.append("note", party.name, "clock", NOTE, detail={"gone": old, "successor": to})
        for subscription in list(party.subscriptions.values()):
            if subscription.channel == "webhook" and subscription.api == old:
                world.outbox.end(party, subscription.subscription_id, f"{old} is gone")

    world.later(notice_h, over)
