"""What somebody wants to be simulated, checked as far as that is possible before anything is started."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from ...contracts.documents import FOLDER
from ...scenarios.seeding.wish import Wish
from ...simulators.host import QUEUE, REST
from ...simulators.world import PARTIES, WAREHOUSE

# The admin API has the first port, and each party its own after it, whoever else is there; then a broker that is run.
PLACES = {name: place for place, name in enumerate(("admin", *PARTIES, "broker"))}
USUAL_SEED = 1
NOTICE_DAYS = 90.0  # a quarter, as often as cloud applications bring a release
AND = "+"  # between versions that are served side by side


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
    password. `versions` is warehouse → those of its API, or editions of its guides, that it serves, the usual one where
    it is not named; of two the older ends `notice_days` business days after the start.
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
    versions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notice_days: float = NOTICE_DAYS

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


def versions_of(words: Iterable[str], channels: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Warehouse → the versions that it serves, oldest first, of words such as `east=v2` and `west=v1+v2`; `channels` as
    `channels_of` gives them.

    Raises: SimulationError.
    """
    said: dict[str, tuple[str, ...]] = {}
    problems: list[str] = []
    for word in words:
        name, _, versions = word.partition("=")
        said[name] = tuple(versions.split(AND))
        problems += _version_problems(word, name, said[name], channels)
    if problems:
        raise SimulationError(*problems)
    return said


def _version_problems(word: str, name: str, versions: tuple[str, ...], channels: Mapping[str, str]) -> Iterable[str]:
    known = sorted(path.name for path in (FOLDER / WAREHOUSE).glob("v*"))
    if PARTIES.get(name) != WAREHOUSE:
        yield f"--versions {word}: only warehouses have more than one version: write east=v2 or east=v1+v2"
    elif (channels.get(name, REST) if channels else REST) not in (REST, "x12"):
        speaks = f"{name} speaks {channels[name]}"
        yield f"--versions {word}: {speaks}, and only an API (rest) and X12 guides (x12) have versions"
    elif channels and name not in channels:
        yield f"--versions {word}: {name} is not simulated: name it among the parties"
    elif any(version not in known for version in versions) or sorted(set(versions)) != list(versions):
        yield f"--versions {word}: expected versions from the oldest to the newest, with + between: {AND.join(known)}"
