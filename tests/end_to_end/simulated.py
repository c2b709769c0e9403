"""`crossdock simulate` in a process of its own, and a caller that knows what was printed."""

from __future__ import annotations

import base64
import json
import os
import select
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PATIENCE_S = 60
COMMAND = (sys.executable, "-P", "-m", "crossdock.harness.cli", "simulate")


@dataclass
class Simulated:
    """A running simulation. `offer` is the JSON that it printed."""

    process: subprocess.Popen[str]
    offer: dict[str, Any]

    def ask(self, method: str, url: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        """Status and decoded body."""
        data = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(url, data, {"Content-Type": "application/json", **named}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
                status, octets = answer.status, answer.read()
        except urllib.error.HTTPError as refused:
            status, octets = refused.code, refused.read()
        try:
            return status, json.loads(octets) if octets else None
        except ValueError:
            return status, octets

    def admin(self, method: str, path: str, body: Any = None) -> Any:
        """The admin API, of which nothing is refused here."""
        admin = self.offer["admin"]
        status, answer = self.ask(method, admin["url"] + path, body, Authorization=f"Bearer {admin['token']}")
        assert status == 200, answer
        return answer

    def token(self, party: str) -> str:
        """An access token."""
        told = self.offer["parties"][party]
        client = base64.b64encode(f"{told['clientId']}:{told['clientSecret']}".encode()).decode()
        form = {"Authorization": f"Basic {client}", "Content_Type": "application/x-www-form-urlencoded"}
        status, answer = self.ask("POST", f"{told['url']}/v1/oauth/token", b"grant_type=client_credentials", **form)
        assert status == 200, answer
        return str(answer["access_token"])

    def line(self) -> str:
        """The next line that it prints."""
        assert self.process.stdout is not None
        ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE_S)
        assert ready, "it said nothing more"
        return self.process.stdout.readline()

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        """The exit code, and what it said on stderr."""
        self.process.send_signal(number)
        _, err = self.process.communicate(timeout=PATIENCE_S)
        return self.process.returncode, err


@contextmanager
def simulated(*words: str | Path, folder: Path) -> Iterator[Simulated]:
    """Start it on free ports, and end it when the test is over, whatever came of that."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("COV", "PYTEST"))}
    process = subprocess.Popen(
        [*COMMAND, "--json", "--port", "0", *map(str, words)],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    try:
        running = Simulated(process, {})
        line = running.line()
        assert line, process.communicate()[1]
        running.offer = json.loads(line)
        yield running
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()
