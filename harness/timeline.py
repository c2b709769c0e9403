"""From the entries of an order to the steps of its sequence diagram."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from ..contracts.result import Finding, TimelineStep
from ..scenarios.layer import PARTY as LAYER
from ..simulators.journal import Entry

EVENTS = "crossdock."
FILES = "sftp"
PEOPLE = "people"
FETCHED = "fetched"


def timeline(entries: Iterable[Entry], findings: Sequence[Finding]) -> tuple[TimelineStep, ...]:
    """The steps in order of the journal; evidence of findings is highlighted."""
    entries = list(entries)
    answers = {entry.exchange: entry for entry in entries if entry.kind in ("ok", "fail", "info") and entry.exchange}
    struck = {entry.exchange: entry.name for entry in entries if entry.kind == "fault" and entry.exchange}
    told = _told(entries)
    sent_otherwise = {
        _text(entry.detail, "event"): entry.name for entry in entries if entry.kind == "fault" and not entry.exchange
    }
    evidence: dict[int, set[str]] = {}
    for finding in findings:
        for exchange in finding.exchanges:
            evidence.setdefault(exchange, set()).add(finding.invariant)
    steps = []
    for entry in entries:
        event_id = _text(entry.detail, "event")
        fault = struck.get(entry.seq, "") or (sent_otherwise.get(event_id, "") if event_id else "")
        step = _step(entry, answers.get(entry.seq), fault, told.get(event_id, ""))
        if step is not None:
            broken = evidence.get(entry.seq)
            if broken:
                step = msgspec.structs.replace(step, highlight=True, invariants=tuple(sorted(broken)))
            steps.append(step)
    return tuple(steps)


def _step(entry: Entry, answer: Entry | None, fault: str, told: str) -> TimelineStep | None:
    if entry.channel == FILES:  # what travels in a file is shown, not how the file travels
        return None
    if entry.kind == "invoke":
        told_by_party = entry.name.startswith(EVENTS)
        asks = PEOPLE if entry.party == LAYER else LAYER
        detail: dict[str, Any] = {"asked": _plain(entry.detail)}
        if answer is not None:
            detail["answered"] = _plain(answer.detail)
        return TimelineStep(
            seq=entry.seq,
            at=entry.at,
            at_s=entry.wire_s,
            source=entry.party if told_by_party else asks,
            target=LAYER if told_by_party else entry.party,
            label=_label(entry, answer, told),
            kind="event" if told_by_party else "request",
            outcome=answer.kind if answer is not None and answer.kind in ("ok", "fail", "info") else "info",
            took_s=round(answer.wire_s - entry.wire_s, 6) if answer is not None else 0.0,
            fault=fault,
            detail=detail,
        )
    if entry.kind == "commit" and entry.channel in ("clock", "people", "admin"):
        people = entry.channel == "people"
        return _mark(entry, PEOPLE if people else entry.party, entry.name, "work", _records(entry))
    if entry.kind == "fault" and not entry.exchange and not _text(entry.detail, "event"):
        return _mark(entry, entry.party, entry.name, "fault", _plain(entry.detail))
    if entry.kind == "note" and entry.name != FETCHED:
        return _mark(entry, entry.party or PEOPLE, entry.name, "note", _plain(entry.detail))
    return None


def _mark(entry: Entry, source: str, label: str, kind: str, detail: Any) -> TimelineStep:
    return TimelineStep(
        seq=entry.seq,
        at=entry.at,
        at_s=entry.wire_s,
        source=source,
        target=entry.party or source,
        label=label,
        kind=kind,  # type: ignore[arg-type]
        fault=entry.name if kind == "fault" else "",
        detail=detail,
    )


# What a request says in a word, by operation: the member of its body.
TELLING = {
    "updateOrderStatus": "status",
    "updateTracking": "milestone",
    "createCase": "category",
    "updateCase": "status",
    "createFulfilmentRequest": "fulfilmentId",
    "rerouteFulfilment": "warehouseId",
    "reportCancellation": "outcome",
    "updateReturnRequestStatus": "status",
    "createReturn": "rmaId",
    "receiveReturn": "receiptId",
    "createCreditMemo": "rmaId",
}


# What an event says in a word: the first of these members that its data has.
NAMING = ("code", "status", "shipmentId", "receiptId", "rmaId")


def _told(entries: Sequence[Entry]) -> dict[str, str]:
    """Event id → what the event says in a word."""
    said: dict[str, str] = {}
    for entry in entries:
        if entry.kind != "commit":
            continue
        detail = entry.detail
        for event in detail.get("events", []) if isinstance(detail, dict) else detail.events:
            plain = _plain(event)
            data = plain["data"]
            said[plain["id"]] = next((str(data[member]) for member in NAMING if data.get(member)), "")
    return said


def _text(detail: Any, name: str) -> str:
    return str(detail.get(name, "")) if isinstance(detail, dict) else ""


def _label(entry: Entry, answer: Entry | None, told: str) -> str:
    name = entry.name.removeprefix("crossdock.").removesuffix(".v1")
    member = TELLING.get(entry.name)
    if (
        member is not None
        and isinstance(entry.detail, dict)
        and isinstance(body := _plain(entry.detail.get("body")), dict)
    ):
        told = str(body.get(member, ""))
    if told:
        name = f"{name} {told}"
    if file := _text(answer.detail if answer else None, "file") or _text(entry.detail, "file"):
        name = f"{name} · {file}"
    if answer is None:
        return f"{name} · no answer"
    detail = answer.detail if isinstance(answer.detail, dict) else {}
    if detail.get("stored"):
        return f"{name} · in the queue"
    if "acknowledged" in detail:
        return f"{name} · {'acknowledged' if detail['acknowledged'] else 'set aside'}"
    if detail.get("withheld"):
        return f"{name} · no answer"
    if "reason" in detail:
        return f"{name} · not delivered"
    return f"{name} · {detail.get('status', answer.kind)}"


def _records(entry: Entry) -> Any:
    detail = entry.detail
    records = detail["records"] if isinstance(detail, dict) else detail.records
    return {f"{kind} {key}": _plain(record) for kind, key, record in records[:5]}


def _plain(value: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))
