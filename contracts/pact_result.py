"""The result document of `crossdock contract pact verify`. Its schema is contracts/harness/v1/pact-result.json."""

from __future__ import annotations

from typing import Literal

import msgspec

SCHEMA = "https://contracts.crossdock.example/harness/v1/pact-result.json"
Outcome = Literal["PASS", "FAIL", "CONFIG_ERROR", "HARNESS_ERROR"]


class _Part(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """Base of all parts of the document."""


class PactMismatch(_Part, kw_only=True, frozen=True):
    """How what came differs from what is expected. `path` is where in the body, the name of the header, or "" for the
    status or the whole.
    """

    kind: str
    path: str
    what: str
    expected: str = ""
    actual: str = ""


class VerifiedInteraction(_Part, kw_only=True, frozen=True):
    """One interaction. `problem` is why it could not be verified: a state that can't be brought about, or our fault."""

    description: str
    kind: str
    pointer: str
    states: tuple[str, ...] = ()
    outcome: Outcome
    mismatches: tuple[PactMismatch, ...] = ()
    problem: str = ""


class VerifiedPact(_Part, kw_only=True, frozen=True):
    """One pact. `played_by` is the simulator that stood in for the provider, or the address of a real one; `sha256` of
    the file's octets, so that a result can be told from that of another version of the pact.
    """

    file: str
    sha256: str
    consumer: str
    provider: str
    played_by: str
    interactions: tuple[VerifiedInteraction, ...] = ()


class PactResult(_Part, kw_only=True, frozen=True):
    """The document. Exit code 0: every interaction holds; 1: one does not; 2: a state can't be brought about; 3: we
    have failed.
    """

    schema: str = SCHEMA
    crossdock: str
    command: str
    exit_code: int
    pacts: tuple[VerifiedPact, ...] = ()


EXIT_CODES: dict[Outcome, int] = {"PASS": 0, "FAIL": 1, "CONFIG_ERROR": 2, "HARNESS_ERROR": 3}
_WORST_FIRST: tuple[Outcome, ...] = ("FAIL", "HARNESS_ERROR", "CONFIG_ERROR", "PASS")


def worst(outcomes: list[Outcome]) -> Outcome:
    """What several come to: a failure sticks, and nothing at all is no pass."""
    return next((outcome for outcome in _WORST_FIRST if outcome in outcomes), "CONFIG_ERROR")
