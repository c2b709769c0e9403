"""Getting the events: a webhook subscription at each party, and a look at its feed for what never arrived."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

import msgspec

from .calls import Call, Calls, GaveUp, Refused, Trace
from .log import Log
from .ports import Timing
from .settings import Settings
from .store import Store
from .versions import GONE
from .worker import Worker

PAGE = 200


class Subscriptions:
    """Subscribes once, also after a restart, and again when a party has ended the subscription."""

    def __init__(
        self, settings: Settings, calls: Calls, timing: Timing, store: Store, worker: Worker, log: Log
    ) -> None:
        self._settings, self._calls, self._timing = settings, calls, timing
        self._store, self._worker, self._log = store, worker, log
        self._subscribed: set[str] = set()

    def are_there(self) -> bool:
        return self._subscribed == set(self._settings.by_webhook)

    async def keep(self, event_types: Iterable[str]) -> None:
        """Runs until it is cancelled."""
        types = sorted(event_types)
        parties = self._settings.by_webhook
        keeping = (each(party, types) for party in parties for each in (self._keep, self._follow))
        await asyncio.gather(*keeping)

    async def _keep(self, party: str, types: list[str]) -> None:
        if self._settings.catch_up_s and self._store.cursor(party) is None:
            await self._skip_history(party)
        while True:
            await self._subscribe(party, types)
            if not self._settings.catch_up_s:
                return
            while not await self._catch_up(party):
                pass  # as long as the webhooks bring everything, the subscription stands

    async def _follow(self, party: str, types: list[str]) -> None:
        """A subscription ends with the version of the API under which it was made."""
        while True:
            await self._calls.versions.moved(party)
            await self._subscribe(party, types)

    async def _subscribe(self, party: str, types: list[str]) -> None:
        """Until it stands; the harness may have done it already."""
        url = f"{self._settings.public_url}/webhooks/{party}"
        while not self._settings.subscribed:
            try:
                listed = await self._calls.read(party, "/v1/webhook-subscriptions", Trace())
                if any(each["url"] == url and each["status"] == "active" for each in listed["items"]):
                    break
                wish = {"url": url, "eventTypes": types, "secret": self._settings.parties[party].webhook_secret}
                call = Call(party, "POST", "/v1/webhook-subscriptions", body=msgspec.json.encode(wish))
                answer = await self._calls.send(call)
                if answer.status >= 400:
                    raise Refused(call, answer)
                break
            except (GaveUp, Refused) as error:
                self._log("subscription", party=party, result=str(error))
                await self._timing.sleep(1.0)
        self._subscribed.add(party)

    async def _skip_history(self, party: str) -> None:
        """What happened before the layer came is none of its business."""
        while (cursor := (await self._read_on(party, ""))[1]) is None:
            await self._timing.sleep(1.0)
        self._store.move_cursor(party, cursor)

    async def _catch_up(self, party: str) -> bool:
        """Read on in the feed, and a while later take from it what no webhook has brought; True if there was any."""
        events, cursor = await self._read_on(party, self._store.cursor(party) or "")
        await self._timing.sleep(self._settings.catch_up_s)
        missed = [event["id"] for event in events if self._accept(party, event)]
        if cursor is not None:
            self._store.move_cursor(party, cursor)
        if missed:
            self._log("feed", party=party, result=f"the webhooks missed {len(missed)} events", first=missed[0])
        return bool(missed)

    async def _read_on(self, party: str, cursor: str) -> tuple[list[dict[str, Any]], str | None]:
        """All events after the cursor, and the cursor after them: None when the party did not answer."""
        events: list[dict[str, Any]] = []
        while True:
            query = f"limit={PAGE}" + (f"&cursor={cursor}" if cursor else "")
            page = await self._calls.glance(party, f"/v1/events?{query}", Trace())
            if page.problem("code") == GONE:  # by now we have been told what follows
                return [], None
            if page.status == 410 and cursor:  # the layer was away for too long: the oldest that there is
                cursor = ""
            elif page.status != 200:
                return [], None
            else:
                events += page.content["items"]
                cursor = page.content["nextCursor"]
                if len(page.content["items"]) < PAGE:
                    return events, cursor

    def _accept(self, party: str, event: object) -> bool:
        try:
            return self._worker.accept(party, msgspec.json.encode(event))
        except msgspec.DecodeError as error:
            self._log("feed", party=party, result=f"this is no CloudEvent: {error}")
            return False
