"""How long from the command to four simulators that answer, and where the time goes.

Each start is a process of its own, through the wrapper, as a user starts it. The clock stops when every party has
answered a request on its socket. Files are in the system's cache: the first start of all is not counted.
"""

from __future__ import annotations

import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from crossdock.benchmarks.measure import Figure, Goal, Measured, MeasureError, main
from crossdock.benchmarks.server_process import ServerProcess

ROOT = Path(__file__).resolve().parents[1]
GOAL_S = 0.5
STARTS = 7
PARTIES = 5
SIMULATE = ("simulate", "--port", "0")
PARTY_LISTENS = re.compile(rb"\w+ +rest (http://\S+)/v1\s")
IMPORT_TIME = re.compile(r"import time: +(\d+) \| +\d+ \| +(\S+)")
OWN_PACKAGE = "crossdock"
SHOWN_IMPORTS = 8


def measure() -> Measured:
    """Raises: MeasureError when the simulators don't start."""
    with tempfile.TemporaryDirectory(prefix="crossdock-benchmark-") as folder:
        log = Path(folder) / "crossdock.log"
        seconds = [_start([str(ROOT / "crossdock"), *SIMULATE], log) for _ in range(STARTS + 1)][1:]
        imports_ms = _imports_ms(log)
    measured = Measured("ready_time", "from `crossdock simulate` to five parties that answer")
    for subject, value in (
        ("median", statistics.median(seconds)),
        ("fastest", min(seconds)),
        ("slowest", max(seconds)),
    ):
        goal = Goal("below", GOAL_S) if subject == "median" else None
        measured.figures.append(Figure(subject, "ready after", value, "s", goal))
    measured.figures.append(Figure("`crossdock --help`", "ready after", _help_s(), "s"))
    measured.figures.append(Figure("all imports", "of it", sum(imports_ms.values()), "ms"))
    measured.figures += [
        Figure(f"  {package}", "of it", value, "ms") for package, value in imports_ms.most_common(SHOWN_IMPORTS)
    ]
    measured.notes = [
        f"{STARTS} starts through the wrapper, after one that is not counted",
        "imports: own time of the modules by package, by `python -X importtime` in one more start, which it slows down",
    ]
    return measured


def _start(command: list[str], log: Path) -> float:
    """Seconds until every party has answered."""
    began = time.perf_counter()
    with ServerProcess("crossdock simulate", command, log, piped=True, core=None) as server:
        urls: list[str] = []
        while len(urls) < PARTIES:
            if (told := PARTY_LISTENS.match(server.line())) is not None:
                urls.append(told[1].decode())
        for url in urls:
            _ask(url)
        return time.perf_counter() - began


def _ask(url: str) -> None:
    """One request. Any answer of the party's own will do; without a token it is 401."""
    address = urlsplit(url)
    request = f"GET /v1/events HTTP/1.1\r\nHost: {address.netloc}\r\nConnection: close\r\n\r\n"
    with socket.create_connection((address.hostname, address.port), timeout=10) as stream:
        stream.sendall(request.encode())
        answer = stream.recv(4096)
    if not answer.startswith(b"HTTP/1.1 401 "):
        raise MeasureError(f"{url} should have answered 401 to a request without a token, not {answer[:100]!r}")


def _help_s() -> float:
    """What the wrapper, the interpreter and the command line alone take, seconds; median."""
    taken = []
    for _ in range(STARTS):
        began = time.perf_counter()
        subprocess.run([str(ROOT / "crossdock"), "--help"], check=True, stdout=subprocess.DEVNULL)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def _imports_ms(log: Path) -> Counter[str]:
    """Milliseconds by package; our own packages by their part (`crossdock.simulators`)."""
    program = Path(sys.executable).with_name("crossdock")
    _start([sys.executable, "-X", "importtime", "-P", str(program), *SIMULATE], log)
    found: Counter[str] = Counter()
    for microseconds, module in IMPORT_TIME.findall(log.read_text("utf-8", "replace")):
        parts = module.split(".")
        package = ".".join(parts[:2]) if parts[0] == OWN_PACKAGE else parts[0]
        found[package] += int(microseconds) / 1000  # type: ignore[assignment]  # a counter of fractions
    return found


if __name__ == "__main__":
    main({"ready_time": measure}, sys.argv[1:])
