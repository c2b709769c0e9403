"""How many five-line orders a second one ERP simulator takes on one core, and how many its peers.

Ours validates each order by the contract, checks token and idempotency key, prices, reserves and releases it, keeps
it, and writes it to a journal file. All are asked by the same client with the same requests over the same number of
connections, server and client on a core each, in turns, so that a slow minute of the machine strikes all of them.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from crossdock.benchmarks.five_line_order import requests
from crossdock.benchmarks.http_load import Answered, drive
from crossdock.benchmarks.machine import CLIENT_CORE, can_pin, on_core
from crossdock.benchmarks.measure import Figure, Goal, Measured, MeasureError, main
from crossdock.benchmarks.peers import PEERS
from crossdock.benchmarks.peers.peer import Peer
from crossdock.benchmarks.server_process import ServerProcess, free_port

GOAL_PER_SECOND = 5_000
CONNECTIONS = 16
WARM_UP_S = 10.0
ROUND_S = 4.0
ROUNDS = 5
# Less of a core than this, and somebody else was using it.
WHOLE_CORE = 0.9


@dataclass(slots=True)
class Contestant:
    """A started server, and what it has shown so far."""

    name: str
    server: ServerProcess
    port: int
    next_request: Callable[[], bytes]
    token: str = ""
    goal: float | None = None
    rounds: list[Answered] = field(default_factory=list)
    cpu_s: list[float] = field(default_factory=list)

    def take_round(self) -> None:
        cpu_s = self.server.cpu_seconds()
        answered = drive(self.port, self.next_request, connections=CONNECTIONS, seconds=ROUND_S)
        self.rounds.append(valid(self.name, answered))
        self.cpu_s.append(self.server.cpu_seconds() - cpu_s)

    @property
    def per_second(self) -> float:
        return statistics.median(answered.per_second for answered in self.rounds)

    @property
    def core_share(self) -> float:
        """How much of its core it got."""
        return sum(self.cpu_s) / sum(answered.seconds for answered in self.rounds)

    @property
    def cpu_us(self) -> float:
        """Processor time for a request, microseconds: what is left of a core's time when others use it too."""
        return sum(self.cpu_s) / sum(answered.count for answered in self.rounds) * 1e6


def measure() -> Measured:
    """Raises: MeasureError when a server can't be started, or an answer is not 2xx."""
    with on_core(CLIENT_CORE), ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="crossdock-benchmark-")))
        contestants = [stack.enter_context(started_erp(folder))]
        contestants += [stack.enter_context(_started_peer(peer, folder)) for peer in PEERS]
        for contestant in contestants:
            warm = drive(contestant.port, contestant.next_request, connections=CONNECTIONS, seconds=WARM_UP_S)
            valid(contestant.name, warm)
        for _ in range(ROUNDS):
            for contestant in contestants:
                contestant.take_round()
        return _measured(contestants)


@contextmanager
def started_erp(folder: Path) -> Iterator[Contestant]:
    """Our own server, seeded, its journal in the folder."""
    command = [sys.executable, "-P", "-m", "crossdock.benchmarks.erp_server", str(folder / "journal.ndjson")]
    with ServerProcess("Crossdock", command, folder / "crossdock.log", piped=True) as server:
        told = msgspec.json.decode(server.line())
        token = told["token"]
        yield Contestant("Crossdock", server, told["port"], requests("/v1/sales-orders", token), token)


@contextmanager
def _started_peer(peer: Peer, folder: Path) -> Iterator[Contestant]:
    own = folder / peer.package.replace("/", "-")
    own.mkdir()
    port = free_port()
    with ServerProcess(peer.name, peer.command(own, port), own / "output.log") as server:
        server.wait_for_port(port)
        yield Contestant(f"{peer.name} {peer.version}", server, port, requests(peer.path, "any"), goal=peer.goal)


def valid(name: str, answered: Answered) -> Answered:
    """Raises: MeasureError when there is an answer that is not 2xx: an error costs less than an order."""
    if answered.errors:
        raise MeasureError(
            f"{name} answered {answered.errors} of {answered.count} requests with other than 2xx; the first was\n"
            f"{answered.example.decode('utf-8', 'replace')[:2000]}"
        )
    return answered


def _measured(contestants: list[Contestant]) -> Measured:
    measured = Measured("order_rate", "taking a five-line order, one process on one core")
    ours = contestants[0]
    for each in contestants:
        goal = Goal("at least", GOAL_PER_SECOND) if each is ours else None
        latency_ms = [statistics.median(answered.latency_ms(part) for answered in each.rounds) for part in (0.5, 0.99)]
        measured.figures += [
            Figure(each.name, "orders", each.per_second, "1/s", goal),
            Figure(each.name, "half within", latency_ms[0], "ms"),
            Figure(each.name, "99 % within", latency_ms[1], "ms"),
        ]
        if each.cpu_us:
            measured.figures.append(Figure(each.name, "processor time", each.cpu_us, "µs"))
        if each is not ours:
            ratio = ours.per_second / each.per_second
            peer_goal = None if each.goal is None else Goal("at least", each.goal)
            measured.figures.append(Figure(each.name, "Crossdock is faster", ratio, "times", peer_goal))
            if each.cpu_us and ours.cpu_us:
                more = each.cpu_us / ours.cpu_us
                measured.figures.append(Figure(each.name, "processor time of Crossdock's", more, "times"))
    measured.notes = _notes(contestants)
    return measured


def _notes(contestants: list[Contestant]) -> list[str]:
    answers = sum(answered.count for each in contestants for answered in each.rounds)
    notes = [
        f"{CONNECTIONS} connections; {ROUNDS} rounds of {ROUND_S:g} s each, in turns, after {WARM_UP_S:g} s to warm up",
        f"medians of the rounds; {answers:,} answers, all 2xx",
        "Crossdock: validates; token, scope and idempotency key; prices, taxes, reserves, releases; keeps and journals",
        *(f"{peer.name}: {peer.does}" for peer in PEERS),
    ]
    if not can_pin():
        notes.append("server and client could not be given a core each: they took time from each other")
    notes += [
        f"{each.name} had only {each.core_share:.0%} of its core: other programs were running; look at processor time"
        for each in contestants
        if each.cpu_us and each.core_share < WHOLE_CORE and each.per_second < 1e6 / each.cpu_us
    ]
    return notes


if __name__ == "__main__":
    main({"order_rate": measure}, sys.argv[1:])
