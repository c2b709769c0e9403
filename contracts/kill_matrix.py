"""The result document of `crossdock selftest`. Its schema is contracts/harness/v1/kill-matrix.json."""

from __future__ import annotations

from datetime import datetime

import msgspec

from .result import VerdictName

SCHEMA = "https://contracts.crossdock.example/harness/v1/kill-matrix.json"
RUN = "run"
"""Stands for the scenario where a finding belongs to none, but to the run as a whole."""


class _Part(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Base of all parts of the document."""


class Row(_Part, kw_only=True, frozen=True):
    """One layer: a variant with a bug, which `breaks` names, or a healthy layer, where `breaks` is empty.

    `follows` are the invariants that may speak as well, `beside` those that did and are in neither; `played` is
    scenario → `virtual` or `sockets`; `reason` says in a sentence what kept the verdict from PASS, or
    was not exercised.
    """

    id: str
    family: str
    title: str
    target: str
    breaks: tuple[str, ...]
    follows: tuple[str, ...]
    played: dict[str, str]
    verdict: VerdictName
    reason: str
    beside: tuple[str, ...]


class Column(_Part, kw_only=True, frozen=True):
    """One invariant: the variants that break it and on which it spoke, and those on which it alone did."""

    id: str
    title: str
    kills: tuple[str, ...]
    alone: tuple[str, ...]


class Strike(_Part, kw_only=True, frozen=True):
    """One scenario: the variants whose bug it brought to light."""

    id: str
    kills: tuple[str, ...]


class KillMatrix(_Part, kw_only=True, frozen=True):
    """The document. `matrix` is layer → invariant → the scenarios in which it spoke, `run` among them for what belongs
    to no scenario. `complete`: all layers were played, `whole`: with all scenarios. `problems` are what the verdict is
    about, `notes` what else there is to know, a sentence each.
    """

    schema: str = SCHEMA
    crossdock: str
    command: str
    started_at: datetime
    took_s: float
    seed: int
    complete: bool
    whole: bool
    verdict: VerdictName
    exit_code: int
    variants: tuple[Row, ...]
    invariants: tuple[Column, ...]
    scenarios: tuple[Strike, ...]
    matrix: dict[str, dict[str, tuple[str, ...]]]
    problems: tuple[str, ...]
    notes: tuple[str, ...]
