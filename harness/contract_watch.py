"""Watches whether what the layer sends keeps its contracts, and whether it acknowledges what it must.

Only what the parties themselves could not use counts; a request that a fault struck says nothing about the layer.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

from ..simulators.channels.files.request import Flaw
from ..simulators.journal import Entry
from . import entry_detail
from .conduct import Astray, Breach, Conduct, Owed
from .seen import Seen

# Answers that say: the contract does not allow this request. What the business refuses is no breach, nor is a lack of
# leave, a stale version or a look at what is not there.
BREACHES = frozenset(
    {
        "malformed-body",
        "invalid-parameter",
        "invalid-request",
        "idempotency-key-missing",
        "idempotency-key-reused",
        "unsupported-media-type",
        "payload-too-large",
        "method-not-allowed",
    }
)
BAD_FLAWS = frozenset({Flaw.UNREADABLE, Flaw.BAD_FORM, Flaw.NUMBER_USED, Flaw.WRONG_USAGE})
ASTRAY_FLAWS = frozenset({Flaw.NOT_FOR_US, Flaw.NOT_FROM_PARTNER})
# Effects of a fault on an upload of which the layer hears nothing.
SILENT = frozenset({"vanish", "cut-transfer"})
INTERCHANGE = "interchange "
KEPT = 1_000
# What was on its way when a version of an API ended is excused: so long after the first answer that it is gone.
ON_ITS_WAY_S = 1.0


class ContractWatch:
    """`conduct_of` gives the conduct about an order, "" for that about none, to whoever is about to change it."""

    def __init__(self, conduct_of: Callable[[str], Conduct]) -> None:
        self._conduct_of = conduct_of
        self._struck: set[int] = set()
        self._spoilt: set[tuple[str, str]] = set()
        self._digests: OrderedDict[tuple[str, str], str] = OrderedDict()
        self._owed: dict[tuple[str, str, str], Owed] = {}
        self._opened: OrderedDict[tuple[str, str], int] = OrderedDict()
        self._early: OrderedDict[tuple[str, str, str], tuple[int, str]] = OrderedDict()
        self._gone_since: dict[tuple[str, str], float] = {}

    def answered(self, entry: Entry) -> None:
        """A request of the layer was answered, or a part of a file could not be used."""
        if entry.exchange in self._struck:
            self._struck.discard(entry.exchange)
            return
        conduct = self._conduct_of(entry.order_id)
        detail: Mapping[str, Any] = entry.detail if isinstance(entry.detail, dict) else {}
        if owner := detail.get("credentialsOf"):
            what = f"{entry.name} at {entry.party} came with credentials of {owner}"
            conduct.astray.append(Astray(entry.party, what, f"credentials of {entry.party}", entry.exchange))
        conduct.requests += 1
        if entry.kind == "fail":
            if "flaw" in detail:
                self._unusable(entry, conduct, detail)
            else:
                self._refused(entry, conduct, detail)

    def struck(self, entry: Entry) -> None:
        """A fault struck a request, a file or an event."""
        if entry.exchange and entry.channel != "sftp":
            self._struck.add(entry.exchange)
        path = entry_detail.text(entry, "path") or entry_detail.text(entry, "file")
        if not path and entry_detail.member(entry, "altered"):
            path = entry_detail.text(entry, "document")
        silent = bool(path) and entry_detail.text(entry, "effect") in SILENT
        if path:
            self._spoilt.add((entry.party, path.rpartition("/")[2]))
        if silent:
            for (party, _, _), owed in self._owed.items():
                owed.excused = owed.excused or (party == entry.party and not owed.answers)
        sendings = entry_detail.member(entry, "sendings") or ()
        changed = silent or bool(entry_detail.text(entry, "file") or entry_detail.text(entry, "cutTo"))
        if changed or any("octets" in each for each in sendings):
            self._conduct_of(entry.order_id).spoilt.append(entry.seq)

    def opened(self, entry: Entry) -> None:
        """The layer begins to fetch a file: it may have all of it before anybody knows, where the line is lost then."""
        file = entry_detail.text(entry, "path").rpartition("/")[2]
        _remember(self._opened, (entry.party, file), self._opened.get((entry.party, file), entry.seq))

    def noted(self, entry: Entry) -> None:
        """A party has read a file of the layer's, or the layer has fetched one."""
        if entry.name == "file":
            self._read(entry)
        elif entry.name == "fetched":
            self._fetched(entry)

    def _refused(self, entry: Entry, conduct: Conduct, detail: Mapping[str, Any]) -> None:
        problem = entry_detail.member(entry, "body")
        told = problem if isinstance(problem, dict) else detail
        code = str(told.get("code", ""))
        if code == "malformed-body" and entry.name == "unknown" and not entry.client:
            return  # not even HTTP, from nobody that is known: a scanner, a program with an old address
        if code in BREACHES:
            errors = told.get("errors") or ()
            pointers = tuple(str(each.get("pointer", each.get("parameter", ""))) for each in errors)
            breach = Breach(entry.party, entry.name, code, pointers, str(told.get("detail", "")))
            self._broken(conduct, (entry.party, entry.name, code, *pointers), breach, entry)
        elif code == "version-gone":
            detail_of_end = str(told.get("detail", ""))
            known_s = self._gone_since.setdefault((entry.party, detail_of_end), entry.wire_s)
            if entry.wire_s > known_s + ON_ITS_WAY_S:
                # Which version is called is never the doing of what a fault has spoilt.
                breach = Breach(entry.party, entry.name, code, (), detail_of_end)
                conduct.broke((entry.party, code), breach, entry.exchange)
        elif code == "wrong-warehouse" and entry.name == "createFulfilmentRequest":
            what = f"{entry.party} was sent a request that is for another warehouse"
            conduct.astray.append(Astray(entry.party, what, "the warehouse that it names", entry.exchange))

    def _unusable(self, entry: Entry, conduct: Conduct, detail: Mapping[str, Any]) -> None:
        if (entry.party, str(detail["file"])) in self._spoilt:
            return
        flaw, place, problem = Flaw(detail["flaw"]), str(detail["place"]), str(detail["problem"])
        if flaw in ASTRAY_FLAWS:
            what = f"{entry.party} found a file in the layer's mailbox there, of which it says: {problem}"
            conduct.astray.append(Astray(entry.party, what, "the ids that are agreed with it", entry.exchange))
        elif flaw in BAD_FLAWS and not (flaw is Flaw.NUMBER_USED and self._same_again(entry, place, detail)):
            words = re.sub(r"\d+", "#", problem)
            breach = Breach(entry.party, "file", flaw.value, (f"{detail['file']}, {place}",), problem)
            self._broken(conduct, (entry.party, "file", flaw.value, words), breach, entry)

    def _broken(self, conduct: Conduct, key: tuple[str, ...], breach: Breach, entry: Entry) -> None:
        if not conduct.spoilt_before(entry.seq):
            conduct.broke(key, breach, entry.exchange)

    def _same_again(self, entry: Entry, place: str, detail: Mapping[str, Any]) -> bool:
        """Whether the very file was there before under its number: then it is a repetition, which does no harm."""
        known = self._digests.get((entry.party, place))
        return place.startswith(INTERCHANGE) and known in (None, detail.get("sha256"))

    def _read(self, entry: Entry) -> None:
        sha256 = entry_detail.text(entry, "sha256")
        for interchange in entry_detail.member(entry, "interchanges") or ():
            place = f"{INTERCHANGE}{interchange['controlNumber']}"
            _remember(self._digests, (entry.party, place), self._digests.get((entry.party, place), sha256))
            for each in interchange["acknowledged"]:
                key = (entry.party, each["functionalId"], each["controlNumber"].lstrip("0"))
                owed = self._owed.get(key)
                if owed is not None:
                    owed.answers.append((entry.seq, each["code"]))
                    self._conduct_of(owed.order_id)
                else:
                    _remember(self._early, key, (entry.seq, each["code"]))

    def _fetched(self, entry: Entry) -> None:
        file = entry_detail.text(entry, "file")
        if (entry.party, file) in self._spoilt:
            return
        functional_id, number = entry_detail.text(entry, "functionalId"), entry_detail.text(entry, "controlNumber")
        owed = Owed(Seen.of(entry, file), functional_id, number, entry.order_id)
        key = (entry.party, functional_id, number.lstrip("0"))
        begun, early = self._opened.pop((entry.party, file), entry.seq), self._early.pop(key, None)
        if early is not None and begun < early[0]:
            owed.answers.append(early)
        self._owed[key] = owed
        self._conduct_of(entry.order_id).owed.append(owed)


def _remember(known: OrderedDict[Any, Any], key: object, value: object) -> None:
    known[key] = value
    if len(known) > KEPT:
        known.popitem(last=False)
