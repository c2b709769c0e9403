"""Where identifiers and secrets come from: one seeded source per world, so that a run can be repeated."""

from __future__ import annotations

from random import Random


class Ids:
    """Hands out business keys (`SO-7K3F-000001`), unique within the run and fresh between runs.

    `run` is the run's own mark: with another mark every key of the run is another, so a target that keeps what it saw
    in an earlier run is still tested honestly.
    """

    def __init__(self, run: str, seed: int | str) -> None:
        if not (run.isascii() and run.isalnum()) or len(run) > 8:
            raise ValueError(f"the run's mark is 1 to 8 letters A-Z, a-z and digits, not {run!r}")
        self.run = run
        self._random = Random(f"{seed}/{run}")
        self._numbers: dict[str, int] = {}

    def next(self, prefix: str) -> str:
        """The next key of its kind: at most 22 characters for prefixes of up to 4 (X12 W0502 gives no more)."""
        return f"{prefix}-{self.run}-{self.number(prefix):06d}"

    def number(self, sequence: str) -> int:
        """The next number of a named sequence, from 1."""
        number = self._numbers[sequence] = self._numbers.get(sequence, 0) + 1
        return number

    def hex(self, octets: int) -> str:
        """Random hexadecimal digits, two per octet: tokens, trace ids."""
        return self._random.getrandbits(octets * 8).to_bytes(octets).hex()

    def octets(self, count: int) -> bytes:
        """Random octets: secrets."""
        return self._random.getrandbits(count * 8).to_bytes(count)

    def fraction(self) -> float:
        """A number in [0, 1): jitter."""
        return self._random.random()
