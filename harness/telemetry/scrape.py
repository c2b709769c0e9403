"""Asks the layer for its metrics; each time is an exchange in the journal, with the samples that are spoken of in
target.yaml.
"""

from __future__ import annotations

import asyncio
import math

from ...scenarios.layer import PARTY, NotAnswered
from ...simulators.journal import Kind
from ...simulators.transport import NotDelivered
from ...simulators.world import World
from ..layer_line import Line, wanted
from .claim import claims
from .exposition import Exposition, Unreadable, read
from .offered import Metrics
from .selector import parse
from .testimony import GET_METRICS, STARTED_AT, Testimony

PATIENCE_S = 10.0
LOOK_S = 0.1


class Scraper:
    """Of one layer; `url` is the address of its metrics, `token` what they want, both filled in."""

    def __init__(self, world: World, metrics: Metrics, url: str, line: Line, token: str = "") -> None:
        self._world, self._metrics, self._url, self._line, self._token = world, metrics, url, line, token
        self._names = {parse(each.metric).name for each in metrics.claims} | {STARTED_AT}
        self._in_vain = False

    async def check(self) -> list[str]:
        """Ask for the first time: what target.yaml says that can't be, in sentences.

        Raises: NotAnswered.
        """
        types = await self.ask()
        wrong = []
        for each in self._metrics.claims:
            name = parse(each.metric).name
            if not claims[each.claim].gauge and types.type_of(name) == "gauge":
                wrong.append(f"{name} is a gauge, and {each.claim} needs a counter: name another metric")
        return wrong

    async def ask(self) -> Exposition:
        """Raises: NotAnswered, also when it is not the format."""
        asked: dict[str, object] = {"method": "GET", "url": self._url}
        exchange = self._write("invoke", 0, asked)
        try:
            status, body = await self._line.ask("GET", self._url, b"", PATIENCE_S, token=self._token)
        except NotDelivered as error:
            self._write("fail" if error.definite else "info", exchange, {"problem": str(error)})
            raise NotAnswered(f"GET {self._url}: {error}") from error
        problem = wanted(status)
        shown = Exposition()
        if not problem:
            try:
                shown = read(body)
            except Unreadable as error:
                problem = f"expected Prometheus' text format: {error}"
        if problem:
            self._write("fail", exchange, {"status": status, "problem": problem})
            raise NotAnswered(f"GET {self._url}: {problem}")
        kept = [
            (sample.name, sample.labels, sample.value)
            for sample in shown.samples
            if sample.name in self._names and math.isfinite(sample.value)
        ]
        self._write("ok", exchange, {"status": status, "samples": kept})
        return shown

    async def until_it_agrees(self, testimony: Testimony) -> None:
        """Ask now that all is quiet, and again while a number may still be on its way.

        Once it has been waited for in vain it is not waited for again. A layer that does not answer has said nothing.
        """
        clock = self._world.clock
        until = clock.wire() + (0.0 if self._in_vain else self._metrics.within_s)
        while True:
            try:
                await self.ask()
            except NotAnswered:
                return
            if not testimony.contradictions:
                return
            if clock.wire() >= until:
                self._in_vain = True
                return
            await asyncio.sleep(LOOK_S)

    def _write(self, kind: Kind, exchange: int, detail: dict[str, object]) -> int:
        return self._world.journal.append(kind, PARTY, "people", GET_METRICS, exchange=exchange, detail=detail)
