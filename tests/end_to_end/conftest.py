"""The real command line in a process of its own, as a user starts it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
PATIENCE_S = 300
# A shell has what it starts in the background ignore SIGINT, and so would all that these tests start and interrupt.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str
    folder: Path

    @property
    def result(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(self.out)
        return document


Crossdock = Callable[..., Done]


@pytest.fixture
def crossdock(tmp_path: Path) -> Crossdock:
    """`crossdock("run", …)`: runs in an empty folder and returns how it ended."""

    def call(*words: str | Path) -> Done:
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("COV", "PYTEST"))}
        done = subprocess.run(
            [sys.executable, "-P", "-m", "crossdock.harness.cli", *map(str, words)],
            cwd=tmp_path,
            env={**environment, "COLUMNS": "100"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr, tmp_path)

    return call
