"""What somebody wants to be simulated, checked as far as that is possible before anything is started."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from ...scenarios.seeding.wish import Wish
from ...simulators.host import QUEUE, REST
from ...simulators.world import PARTIES, WAREHOUSE

# The admin API has the first port, and each party its own after it, whoever else is there; then a broker that is run.
PLACES = {name: place for place, name in enumerate(("admin", *PARTIES, "broker"))}
USUAL_SEED = 1


class SimulationError(Exception):
    """What was asked for can't be simulated; `problems` are sentences that say what to change."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Order:
    """`channels` is party → how it speaks, empty for all of them over REST; `seed` None for the usual one, or that of
    the state file. `port` is the admin API's, 0 for any free ones; `webhooks` a URL in which `{party}` is replaced, ""
    where the layer subscribes by itself. `queue` is where everybody's events are published: the kind of a broker that
    is run, or the URL of one; "" has one run only for parties that speak in queues. `host_key` and `authorized_keys`
    are files as OpenSSH has them: what SFTP servers show in place of a key of their own, and who may log in without a
    password.
    """

    channels: Mapping[str, str] = field(default_factory=dict)
    seed: int | None = None
    port: int = 8100
    days_per_second: float = 1.0
    requests_per_second: float | None = None
    wish: Wish = field(default_factory=Wish)
    data: Path | None = None
    state: Path | None = None
    webhooks: str = ""
    queue: str = ""
    host_key: Path | None = None
    authorized_keys: Path | None = None

    def ports(self) -> dict[str, int]:
        """Party → its port; empty where the system chooses."""
        return {name: self.port + place for name, place in PLACES.items()} if self.port else {}


def channels_of(words: Iterable[str]) -> dict[str, str]:
    """Party → channel, of words such as `crm` and `west=x12`, in the order of the cast.

    Raises: SimulationError.
    """
    said: dict[str, str] = {}
    problems = []
    for word in words:
        name, mark, channel = word.partition("=")
        problem = _problem(name, channel if mark else REST)
        if not problem and name in said:
            problem = f"{name} is named twice"
        if problem:
            problems.append(problem)
        said[name] = channel if mark else REST
    if problems:
        raise SimulationError(*problems)
    return {name: said[name] for name in PARTIES if name in said}


def _problem(name: str, channel: str) -> str:
    if name not in PARTIES:
        near = get_close_matches(name, PARTIES, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(PARTIES)}"
        return f"there is no party {name!r}: {hint}"
    if channel == REST:
        return ""
    from ...simulators.channels.files.partner import formats

    if channel not in (QUEUE, *formats):
        known = ", ".join((REST, QUEUE, *formats))
        return f"{name}={channel}: there is no such channel; there are {known}"
    if channel == QUEUE and PARTIES[name] != WAREHOUSE:
        return f"{name}=queue: only warehouses take requests from queues; --queue has the {name}'s events published"
    if PARTIES[name] != WAREHOUSE:
        return f"{name}={channel}: only warehouses speak in files, the {name} speaks {REST}"
    return ""
