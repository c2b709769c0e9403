"""Has warehouses put files into a layer's folders, right ones and wrong ones, and judges what it makes of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

import msgspec

from ...contracts.provider_result import ProviderTest
from ...scenarios import plan as planning
from ...scenarios.engine import Engine
from ...simulators.channels.csv import registry as csv
from ...simulators.channels.files.interference import DocumentMessage
from ...simulators.channels.x12 import sets as x12
from ...simulators.clock import A_DAY_A_SECOND, START
from ...simulators.world import World
from ..layer_line import headers_of
from . import csv_case, x12_case
from .file_case import LIVES_ON, FileCase, Maker, mixed
from .file_hand import FileHand, Put
from .ground import LAST, REGIONS, SHIPS, fate, ground, leave_untracked
from .judgement import Judgement
from .reaction import SHIPPED, Reactions
from .telling import told

if TYPE_CHECKING:
    from aiohttp import ClientSession

FORMS = ("x12", "csv")
LOOK_S = 0.1
QUIET_S = 1.0
NO_FILES = "no warehouse of this target speaks in files"
NOTHING_CAME = "no warehouse was asked to ship anything, so it had nothing to tell"


@dataclass(frozen=True, slots=True)
class Files:
    """What is known of the layer: `channels` is how each warehouse speaks, `dead_letters` where it lists what it set
    aside, "" where it does not, `token` what that wants.
    """

    name: str
    channels: dict[str, str]
    capabilities: tuple[str, ...]
    dead_letters: str
    within_s: float
    token: str = ""

    @property
    def partners(self) -> dict[str, str]:
        """The warehouses that speak in files, each with how."""
        return {name: channel for name, channel in self.channels.items() if channel in FORMS and name in REGIONS}


class FileTest:
    """One run over the warehouses that speak in files."""

    def __init__(self, world: World, files: Files, mark: str) -> None:
        self._world, self._files, self._mark = world, files, mark
        self._reactions = Reactions(world)
        self._known: set[str] = set()
        self._judgement = Judgement(self._reactions, files.within_s)

    async def run(self, seed: int) -> ProviderTest:
        """Place orders, have every document about them be a case, and wait until it is known what became of each."""
        import aiohttp

        if not self._files.partners:
            return self._told([])
        scenario = ground(self._files.partners, self._files.capabilities)
        planned = planning.draw([scenario], seed, self._mark, A_DAY_A_SECOND, START).scenarios[0]
        engine = Engine(self._world)
        engine.prepare(planned)
        hand = FileHand(dict(self._queues(seed)), lambda message: self._last(engine, message), _meant_by(engine))
        self._world.set_interference(engine.faults, hand)
        self._world.journal.subscribe(self._reactions.take)
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
            await self._look(session, known=True)
            engine.strike(planned)
            leave_untracked(self._world, engine.placed(planned))
            await self._settle(session, engine, hand)
        await engine.close()
        self._world.set_interference(engine.faults)
        puts = list(hand.put.values())
        self._judgement.judge(puts)
        return self._told(puts)

    def _queues(self, seed: int) -> Iterator[tuple[tuple[str, str], Iterator[Maker]]]:
        for party, channel in self._files.partners.items():
            for event_type in x12.told if channel == "x12" else csv.told:
                name = x12.told[event_type].set_id if channel == "x12" else csv.told[event_type].layout
                chance = Random(f"{seed}/{party}/{name}")
                made = x12_case if channel == "x12" else csv_case
                drawn = made.drawn(name, chance)
                yield (party, name), mixed(made.styles(), made.broken_envelopes(), drawn, chance)

    def _last(self, engine: Engine, message: DocumentMessage) -> Maker | None:
        """What comes when all the others are over must be taken as ever."""
        named = [fate(engine.names.get(order_id, ("", ""))[1]) for order_id in message.order_ids]
        if SHIPPED in message.names and LAST in named:
            return lambda content: FileCase(LIVES_ON, "", content)
        return None

    async def _settle(self, session: ClientSession, engine: Engine, hand: FileHand) -> None:
        """Until something has come of all that something must come of, and the world is quiet."""
        loop = asyncio.get_running_loop()
        moved, count = loop.time(), -1
        while loop.time() - moved < self._files.within_s:
            await self._look(session)
            puts = list(hand.put.values())
            progress = len(puts) + len(self._reactions.calls) + len(self._reactions.letters)
            if progress > count or engine.actions_left or any(party.jobs for party in self._world.parties.values()):
                moved, count = loop.time(), progress
            elif loop.time() - moved > QUIET_S and puts and not self._judgement.lacks(puts):
                return
            await asyncio.sleep(LOOK_S)

    async def _look(self, session: ClientSession, *, known: bool = False) -> None:
        """See what stands in dead letters; what is `known` before anything was put is nothing of ours."""
        if not self._files.dead_letters:
            return
        headers = headers_of(b"", self._files.token)
        async with session.get(self._files.dead_letters, params={"limit": "200"}, headers=headers) as answer:
            page: Any = msgspec.json.decode(await answer.read())
        for letter in page["items"]:
            key = str(letter["deadLetterId"])
            if known:
                self._known.add(key)
            elif key not in self._known:
                self._reactions.letters[key] = msgspec.json.encode(letter).decode()

    def _told(self, puts: list[Put]) -> ProviderTest:
        idle = NO_FILES if not self._files.partners else NOTHING_CAME if not puts else ""
        return told(self._files.name, puts, self._judgement, idle, self._world.errors)


def _meant_by(engine: Engine) -> Callable[[DocumentMessage], bool]:
    """Ship notices only of the orders of which nothing else is told; of the others the first is as it is."""

    def meant(message: DocumentMessage) -> bool:
        if SHIPPED not in message.names:
            return True
        return any(fate(engine.names.get(order_id, ("", ""))[1]) == SHIPS for order_id in message.order_ids)

    return meant
