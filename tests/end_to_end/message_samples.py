"""One message of each kind as it went over the wire in a run in virtual time: the samples in docs/reference."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

# Together they cause every event that there is.
SCENARIOS = (
    "happy-path",
    "every-warehouse",
    "partial-shipment",
    "delivery-failure",
    "cancel-before-pick",
    "backorder",
    "return-whole",
    "return-unannounced",
    "stock-correction",
    "snapshot-late",
    "customer-moves",
    "item-changes",
    "rerouted-after-acceptance",
    "return-request-twice",
)
OF_THE_CHANNEL = {"issueToken", "createWebhookSubscription", "listWebhookSubscriptions", "listEvents"}

Entry = Mapping[str, Any]


def samples(journal: Path) -> dict[str, str]:
    """File → its text: the first of each event, and of each request over HTTP that went well, with its answer."""
    made: dict[str, str] = {}
    asked: dict[int, Entry] = {}
    committed: dict[int, dict[tuple[str, str], Any]] = {}
    for entry in _entries(journal):
        detail = entry.get("detail") or {}
        if entry["kind"] == "commit":
            for event in detail.get("events", ()):
                made.setdefault(f"events/{event['type']}.json", _text(event))
            committed[entry.get("exchange", 0)] = {(kind, key): record for kind, key, record in detail["records"]}
        elif entry["channel"] != "http" or entry["name"] in OF_THE_CHANNEL:
            continue
        elif entry["kind"] == "invoke":
            asked[entry["seq"]] = detail
        elif entry["kind"] == "ok" and entry["exchange"] in asked:
            request = asked.pop(entry["exchange"])
            answer = _answer(detail, committed.get(entry["exchange"], {}))
            made.setdefault(
                f"requests/{_side(entry['party'])}.{entry['name']}.json", _text({"request": request, "answer": answer})
            )
    return made


def _entries(journal: Path) -> Iterator[Entry]:
    with journal.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _answer(detail: Entry, committed: Mapping[tuple[str, str], Any]) -> dict[str, Any]:
    """The journal says of a body that is what was committed only that it is."""
    body = committed.get(tuple(detail["committed"])) if "committed" in detail else detail.get("body")
    return {"status": detail["status"], **({} if body is None else {"body": body})}


def _side(party: str) -> str:
    return party if party in ("crm", "erp") else "warehouse"


def _text(document: object) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
