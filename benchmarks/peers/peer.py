"""What a peer is, and where its npm package comes from."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from crossdock.benchmarks.measure import MeasureError
from crossdock.contracts.openapi import api

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = Path(__file__).with_name("package.json")
NPM_SETTINGS = Path(__file__).with_name(".npmrc")
# Ignored by git, and kept: installing takes half a minute.
INSTALLED = ROOT / ".crossdock" / "benchmarks" / "peers"


@dataclass(frozen=True, slots=True)
class Peer:
    """`does` is what it does of all that our simulator does with the same request; `path` where it takes orders.

    `program` is a command of its package, or the path of a jar in it. `settle` writes the files it needs into a folder
    and returns the arguments of its program. `goal` is how many times as fast ours is to be, None where none was set.
    """

    name: str
    package: str
    program: str
    does: str
    path: str
    settle: Callable[[Path, int], Sequence[str]]
    goal: float | None = None

    def command(self, folder: Path, port: int) -> list[str]:
        """How it is started; installs the packages first where they are missing.

        Raises: MeasureError when they can't be installed.
        """
        modules = installed() / "node_modules"
        if self.program.endswith(".jar"):
            java = shutil.which("java")
            if java is None:
                raise MeasureError(f"there is no java here: install Java 17 or later, or leave {self.name} out")
            return [java, "-jar", str(modules / self.package / self.program), *self.settle(folder, port)]
        return [str(modules / ".bin" / self.program), *self.settle(folder, port)]

    @property
    def version(self) -> str:
        pinned: dict[str, str] = msgspec.json.decode(PACKAGES.read_bytes())["dependencies"]
        return pinned[self.package]


@cache
def installed() -> Path:
    """The folder with the packages, as pinned. Raises: MeasureError when npm is missing or fails."""
    mark = INSTALLED / PACKAGES.name
    complete = INSTALLED / "complete"
    if complete.exists() and mark.read_bytes() == PACKAGES.read_bytes():
        return INSTALLED
    npm = shutil.which("npm")
    if npm is None:
        raise MeasureError("there is no npm here: install Node.js 20 or later, or leave the peers out")
    complete.unlink(missing_ok=True)
    INSTALLED.mkdir(parents=True, exist_ok=True)
    shutil.copy(PACKAGES, mark)
    shutil.copy(NPM_SETTINGS, INSTALLED)
    command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
    done = subprocess.run(command, cwd=INSTALLED, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise MeasureError(f"npm could not install the peers ({PACKAGES}):\n{done.stderr.strip()[-2000:]}")
    complete.touch()
    return INSTALLED


def contract() -> dict[str, Any]:
    """The ERP's OpenAPI document, self-contained; shared: do not change it."""
    return api("erp").document


def written_answer() -> dict[str, Any]:
    """What the contract gives as the example of an accepted order."""
    example: dict[str, Any] = contract()["components"]["examples"]["salesOrderAccepted"]["value"]
    return example
