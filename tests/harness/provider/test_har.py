"""The HAR file of a contract test."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from crossdock.harness.provider.exchange import Reply, Sent
from crossdock.harness.provider.har import Har

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
READ = Sent("GET", "http://there/v1/orders?limit=2", {"authorization": "Bearer t0ken"})


def written(tmp_path: Path, *calls: tuple[Sent, Reply | None, float | None]) -> list[dict[str, Any]]:
    har = Har(lambda: NOW)
    for sent, reply, ended in calls:
        har.add(sent, reply, 0.5, ended)
    har.write(tmp_path / "calls.har")
    entries: list[dict[str, Any]] = json.loads((tmp_path / "calls.har").read_bytes())["log"]["entries"]
    return entries


def test_a_call_and_its_answer_are_told(tmp_path: Path) -> None:
    [entry] = written(tmp_path, (READ, Reply(200, {"content-type": "application/json"}, b'{"items":[]}'), None))

    assert (entry["startedDateTime"], entry["time"]) == ("2026-03-02T08:59:59.500+00:00", 500.0)
    assert entry["request"]["queryString"] == [{"name": "limit", "value": "2"}]
    assert entry["response"]["content"] == {"size": 12, "mimeType": "application/json", "text": '{"items":[]}'}


def test_what_lets_one_in_is_hidden(tmp_path: Path) -> None:
    subscribed = Sent("POST", "http://there/v1/webhook-subscriptions", {"authorization": "Bearer t0ken"}, b"{}")
    entries = written(tmp_path, (READ, None, None), (subscribed, Reply(201, {}, b'{"secret":"whsec_s3cret"}'), None))

    assert "t0ken" not in str(entries)
    assert "s3cret" not in str(entries)


def test_no_answer_is_status_0(tmp_path: Path) -> None:
    [entry] = written(tmp_path, (READ, None, None))

    assert entry["response"]["status"] == 0


def test_calls_stand_in_the_order_in_which_they_began(tmp_path: Path) -> None:
    later, earlier = NOW.timestamp() + 5, NOW.timestamp() + 1
    entries = written(tmp_path, (READ, Reply(200, {}), later), (READ, Reply(404, {}), earlier))

    assert [entry["response"]["status"] for entry in entries] == [404, 200]
