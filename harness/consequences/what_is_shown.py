"""C1, C3, S1 and S2: what comes of a truth that is told too early, too late, or never."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..goods import customer, moment
from ..seen import Seen
from ..trail import MilestoneShown, OrderTrail, StatusShown


def status_went_back(trail: OrderTrail, before: Seen[StatusShown], seen: Seen[StatusShown]) -> str:
    mended = next((s for s in trail.statuses if s.seq > seen.seq and s.what.status != seen.what.status), None)
    return (
        f"{_until(seen, mended)} customer service tells {customer(trail)} that order {trail.order_id} is"
        f" {seen.what.status}, after it was {before.what.status}: the one who asks is the first to notice"
    )


def milestone_went_back(trail: OrderTrail, shown: Seen[MilestoneShown], newer: Seen[Any]) -> str:
    number, code = shown.what.tracking_number, shown.what.code
    later = (s for s in trail.milestones_shown if s.seq > shown.seq and s.what.tracking_number == number)
    mended = next((s for s in later if s.what.code != code), None)
    return (
        f"{_until(shown, mended)} {customer(trail)} is told that parcel {number} is {code}, though it is"
        f" {newer.what.code} since {newer.what.occurred_at:%Y-%m-%d %H:%M}"
    )


def truth_never_shown(trail: OrderTrail, truth: str, shown: str, cause: Iterable[Seen[Any]]) -> str:
    since = max((seen.at for seen in cause), default=None)
    when = f" since {since:%Y-%m-%d %H:%M}" if since else ""
    return f"whoever asks about {trail.order_id} of {customer(trail)} hears that {shown}; {truth}{when}"


def claimed_too_early(trail: OrderTrail, seen: Seen[Any], cause: Seen[Any] | None) -> str:
    """What people act on that has not happened."""
    totals = getattr(seen.what, "totals", None)
    about = f"{totals.gross} of " if totals is not None else ""
    when = (
        f"until {moment(cause)}, when it really happened" if cause is not None else "though it had not happened by then"
    )
    return f"from {moment(seen)} on people act on this for {about}order {trail.order_id} of {customer(trail)}, {when}"


def _until(seen: Seen[Any], mended: Seen[Any] | None) -> str:
    return f"from {moment(seen)} " + (f"until {moment(mended)}" if mended else "on, and for good,")
