"""What a session on a warehouse's SFTP server costs, and how many files a second go up, are listed and go down in one.

OpenSSH's `sftp` is the client of both servers, with the same batches and keys, client and server on a core each, in
turns. Ours checks rights and names, digests what comes in, takes it, archives it, and writes a journal; sshd does none
of that, and starts two processes for each session. What a session with a password costs is measured with asyncssh's
client, because `sftp` takes none from a program.
"""

from __future__ import annotations

import asyncio
import getpass
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import asyncssh
import msgspec

from crossdock.benchmarks import openssh_server
from crossdock.benchmarks.machine import CLIENT_CORE, can_pin, on_core
from crossdock.benchmarks.measure import Figure, Goal, Measured, MeasureError, main
from crossdock.benchmarks.server_process import ServerProcess
from crossdock.benchmarks.sftp_server import PASSWORD

OCTETS = 10_000
FILES = 500
LISTINGS = 20
SESSIONS = 30
PASSWORD_SESSIONS = 150
ROUNDS = 3
GOAL_SESSION_MS = 10


@dataclass(slots=True)
class Contestant:
    """A started server. `home` is where its folders are, from where a client begins."""

    name: str
    server: ServerProcess
    port: int
    home: str
    options: list[str]
    values: dict[str, list[float]] = field(default_factory=dict)

    def batch(self, *commands: str) -> tuple[float, float]:
        """Run `sftp` with these commands: seconds, and the server's processor time in milliseconds.

        Raises: MeasureError when one fails.
        """
        cpu_s, began = self.server.cpu_seconds(), time.perf_counter()
        command = ["sftp", *self.options, "-P", str(self.port), "-b", "-", "127.0.0.1"]
        done = subprocess.run(command, input="\n".join(commands), check=False, capture_output=True, text=True)
        seconds = time.perf_counter() - began
        if done.returncode:
            raise MeasureError(f"sftp to {self.name} failed:\n{done.stdout[-500:]}{done.stderr[-500:]}")
        return seconds, (self.server.cpu_seconds() - cpu_s) * 1000

    def note(self, quantity: str, value: float) -> None:
        self.values.setdefault(quantity, []).append(value)

    def median(self, quantity: str) -> float:
        return statistics.median(self.values[quantity])


def measure() -> Measured:
    """Raises: MeasureError when a server can't be started, or a command fails."""
    with on_core(CLIENT_CORE), ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="crossdock-benchmark-")))
        key = folder / "id_ed25519"
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key)], check=True)
        local = folder / "local.csv"
        local.write_bytes(b"x" * OCTETS)
        contestants = [stack.enter_context(_ours(folder, key))]
        missing = openssh_server.missing()
        if not missing:
            contestants.append(stack.enter_context(_openssh(folder, key)))
        for round_number in range(ROUNDS):
            for contestant in contestants:
                _take_round(contestant, local, round_number)
        password_ms = asyncio.run(_password_session_ms(contestants[0]))
        return _measured(contestants, password_ms, missing)


@contextmanager
def _ours(folder: Path, key: Path) -> Iterator[Contestant]:
    own = folder / "crossdock"
    own.mkdir()
    given = [str(own), getpass.getuser(), str(key.with_suffix(".pub")), str(FILES), str(OCTETS)]
    command = [sys.executable, "-P", "-m", "crossdock.benchmarks.sftp_server", *given]
    with ServerProcess("Crossdock", command, folder / "crossdock.log", piped=True) as server:
        told = msgspec.json.decode(server.line())
        yield Contestant("Crossdock", server, told["port"], "", _client_options(own, key, told["knownHosts"]))


@contextmanager
def _openssh(folder: Path, key: Path) -> Iterator[Contestant]:
    own = folder / "openssh"
    for name in ("inbound", "outbound"):
        (own / name).mkdir(parents=True)
    for number in range(FILES):
        (own / "outbound" / f"{number:05}.edi").write_bytes(b"x" * OCTETS)
    with openssh_server.started_sshd(own, key.with_suffix(".pub")) as (server, port, known_hosts):
        yield Contestant("OpenSSH sshd", server, port, f"{own}/", _client_options(own, key, known_hosts))


def _client_options(folder: Path, key: Path, known_hosts: str) -> list[str]:
    trusted = folder / "known_hosts"
    trusted.write_text(known_hosts, encoding="utf-8")
    options = ("BatchMode=yes", "IdentitiesOnly=yes", f"UserKnownHostsFile={trusted}", "GlobalKnownHostsFile=none")
    return ["-F", "none", "-q", "-i", str(key), *(f"-o{option}" for option in options)]


def _take_round(contestant: Contestant, local: Path, round_number: int) -> None:
    home = contestant.home
    empty_s = statistics.median(contestant.batch("pwd")[0] for _ in range(5))
    mark = f"{home}inbound/{round_number}"
    sessions = [
        contestant.batch(f"put {local} {mark}-s{number}.tmp", f"rename {mark}-s{number}.tmp {mark}-s{number}.csv")
        for number in range(SESSIONS)
    ]
    contestant.note("a session, processor", statistics.fmean(cpu_ms for _, cpu_ms in sessions))
    contestant.note("a session", statistics.median(seconds for seconds, _ in sessions) * 1000)
    puts = [
        command
        for number in range(FILES)
        for command in (f"put {local} {mark}-{number}.tmp", f"rename {mark}-{number}.tmp {mark}-{number}.csv")
    ]
    seconds, cpu_ms = contestant.batch(*puts)
    contestant.note("up", FILES / (seconds - empty_s))
    contestant.note("up, processor", cpu_ms / FILES * 1000)
    seconds, cpu_ms = contestant.batch(*[f"ls -l {home}outbound"] * LISTINGS)
    contestant.note("listed", FILES * LISTINGS / (seconds - empty_s))
    gets = [f"get {home}outbound/{number:05}.edi {local.with_suffix('.got')}" for number in range(FILES)]
    seconds, cpu_ms = contestant.batch(*gets)
    contestant.note("down", FILES / (seconds - empty_s))
    contestant.note("down, processor", cpu_ms / FILES * 1000)


async def _password_session_ms(contestant: Contestant) -> float:
    """Processor time of our server for a login with a password, an upload, and the end."""
    content = b"x" * OCTETS

    async def one(number: int) -> None:
        connecting = asyncssh.connect(
            "127.0.0.1",
            contestant.port,
            username=getpass.getuser(),
            password=PASSWORD,
            known_hosts=None,
            client_keys=None,
            agent_path=None,
            config=None,
        )
        async with (
            connecting as connection,
            connection.start_sftp_client() as client,
            client.open(f"/inbound/p{number}.csv", "wb") as file,
        ):
            await file.write(content)

    await one(0)
    cpu_s = contestant.server.cpu_seconds()
    for number in range(1, PASSWORD_SESSIONS + 1):
        await one(number)
    return (contestant.server.cpu_seconds() - cpu_s) / PASSWORD_SESSIONS * 1000


_UNITS = {
    "a session": "ms",
    "a session, processor": "ms",
    "up": "files/s",
    "up, processor": "µs",
    "listed": "files/s",
    "down": "files/s",
    "down, processor": "µs",
}


def _measured(contestants: list[Contestant], password_ms: float, missing: str) -> Measured:
    measured = Measured("sftp_rate", f"files of {OCTETS:,} octets over SFTP")
    for each in contestants:
        measured.figures += [
            Figure(each.name, quantity, each.median(quantity), unit) for quantity, unit in _UNITS.items()
        ]
    goal = Goal("below", GOAL_SESSION_MS)
    measured.figures.append(Figure("Crossdock, password", "a session, processor", password_ms, "ms", goal))
    measured.notes = [
        f"medians of {ROUNDS} rounds in turns; {FILES} files in one session; `ls -l` of them {LISTINGS} times",
        f"a session: login, upload, rename, end; {SESSIONS} of `sftp` with a key in each round",
        f"with a password: {PASSWORD_SESSIONS} sessions of asyncssh's client, without the rename",
        "the time of an empty session is taken off the rates; `processor` is the server's own time",
        "every upload is renamed from a temporary name; Crossdock digests, takes, archives and journals it as well",
    ]
    if missing:
        measured.notes.append(f"OpenSSH's server was left out: {missing}")
    if not can_pin():
        measured.notes.append("server and client could not be given a core each: they took time from each other")
    return measured


if __name__ == "__main__":
    main({"sftp_rate": measure}, sys.argv[1:])
