"""The rounds: feeds are read and what they told is worked on, again and again, until the process ends."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from .feeds import FeedReader
from .job import Job
from .party import Refused, TryLater
from .set_aside import own_event
from .settings import Settings
from .store import Store, Waiting

ROUND_S = 0.02
REST_S, REST_AT_MOST_S = 0.1, 1.0
OWN = "self"  # the party behind the layer's events to itself

Work = Callable[[Job], None]


class Rounds:
    """Works on different subjects at the same time, on one subject one event at a time."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        readers: Sequence[FeedReader],
        works: Mapping[tuple[str, str], Work],
        job: Callable[[Waiting], Job],
    ) -> None:
        self._settings, self._store, self._readers, self._works, self._job = settings, store, readers, works, job
        self._busy: set[str] = set()
        self._over = threading.Event()

    def run(self) -> None:
        """Until `end`."""
        for reader in self._readers:
            threading.Thread(target=self._read, args=(reader,), name=f"feed of {reader.name}", daemon=True).start()
        with ThreadPoolExecutor(self._settings.workers) as pool:
            while not self._over.wait(ROUND_S):
                busy = frozenset(self._busy)  # as of before the look: what is done since may stand in the list
                by_subject: dict[str, list[Waiting]] = {}
                for waiting in self._store.due(time.monotonic()):
                    if waiting.subject not in busy:
                        by_subject.setdefault(waiting.subject, []).append(waiting)
                for subject, events in by_subject.items():
                    self._busy.add(subject)
                    pool.submit(self._work_off, subject, events)

    def end(self) -> None:
        """After what is under way. What is left stands in the store."""
        self._over.set()

    def _read(self, reader: FeedReader) -> None:
        wait_s = 0.0
        while not self._over.wait(wait_s):
            wait_s = self._settings.poll_every_s
            try:
                reader.read()
            except TryLater as error:
                wait_s = max(wait_s, error.wait_s)
                _log(f"the feed of {reader.name} is read later: {error}")
            except Exception as error:
                wait_s = REST_AT_MOST_S
                _log(f"the feed of {reader.name} can't be read: {error!r}")

    def _work_off(self, subject: str, events: list[Waiting]) -> None:
        try:
            for waiting in events:
                if self._over.is_set():
                    return
                self.work(waiting)
        except Exception as error:  # our own mistake: the events stay where they are
            _log(f"working on {subject} failed: {error!r}")
        finally:
            self._busy.discard(subject)

    def work(self, waiting: Waiting) -> None:
        """One try of one event."""
        kind = waiting.party if waiting.party in ("crm", "erp", OWN) else "warehouse"
        try:
            self._works[kind, waiting.event["type"]](self._job(waiting))
        except TryLater as error:
            self._later(waiting, str(error), error.wait_s)
        except Refused as refusal:
            self._refused(waiting, refusal)
        except (KeyError, TypeError, ValueError, ArithmeticError) as error:
            self._aside(waiting, f"it can't be understood: {error!r}")
        else:
            self._store.done(waiting.number)
            self._store.hasten(waiting.subject)

    def _refused(self, waiting: Waiting, refusal: Refused) -> None:
        if waiting.party == OWN:  # a case about a case would help nobody
            _log(f"nobody could be told: {refusal}")
            self._store.done(waiting.number)
        elif refusal.status == 404:  # it may not be readable yet
            self._later(waiting, str(refusal), 0.0)
        else:
            self._aside(waiting, str(refusal))

    def _later(self, waiting: Waiting, reason: str, wait_s: float) -> None:
        now = time.monotonic()
        since = waiting.failing_since if waiting.failing_since is not None else now
        if waiting.party != OWN and now - since > self._settings.give_up_s:
            self._aside(waiting, reason)
            return
        _log(f"event {waiting.event['id']} waits: {reason}")
        rest_s = min(REST_AT_MOST_S, REST_S * 2 ** min(waiting.tries, 5))
        self._store.later(waiting.number, now + max(wait_s, rest_s), now, reason, asked=wait_s > 0)

    def _aside(self, waiting: Waiting, reason: str) -> None:
        _log(f"event {waiting.event['id']} is set aside: {reason}")
        event = own_event(waiting, reason)
        self._store.keep(OWN, event["id"], waiting.subject, event)
        self._store.set_aside(waiting.number, reason)


def _log(line: str) -> None:
    print(f"{time.monotonic():.3f} {line}", file=sys.stderr, flush=True)
