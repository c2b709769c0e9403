"""What passed between a layer and the parties, and what the layer said of it, told entry by entry at given times."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from crossdock.harness.invariant import Outcome, Terms, invariants
from crossdock.harness.telemetry.offered import MetricClaim, Metrics, Telemetry, Traces
from crossdock.harness.telemetry.testimony import Comparison, Testimony
from crossdock.harness.transactions import Transactions
from crossdock.simulators.journal import Committed, Entry

AT = datetime(2026, 3, 2, tzinfo=UTC)
KINDS = {2: "ok", 4: "fail", 5: "fail"}


class Story:
    """Each statement happens two seconds after the last one. `metrics` are what the layer shows when it is asked."""

    def __init__(self, *claims: MetricClaim, complete: bool = False, traces: Traces | None = None) -> None:
        metrics = Metrics(url="http://layer/metrics", claims=claims, complete=complete)
        self.telemetry = Telemetry(metrics=metrics, traces=traces)
        self.transactions = Transactions()
        self.testimony = Testimony(self.telemetry, self.transactions)
        self.entries: list[Entry] = []
        self.now_s = 0.0

    def tell(self, kind: Any, party: str, channel: Any, name: str, **fields: Any) -> int:
        seq = len(self.entries) + 1
        entry = Entry(seq=seq, at=AT, wire_s=self.now_s, party=party, kind=kind, channel=channel, name=name, **fields)
        self.entries.append(entry)
        self.testimony.take(entry)
        return seq

    def call(
        self,
        party: str,
        operation: str,
        status: int = 200,
        *,
        key: str = "",
        took_s: float = 0.01,
        effect: bool = False,
        trace: str = "",
        **told: Any,
    ) -> int:
        """A request of the layer; `status` 0 for no answer, `effect` for one that changed something."""
        self.now_s += 2
        asked = {"method": told.pop("method", "POST"), "idempotencyKey": key, "path": "/v1/x"}
        exchange = self.tell("invoke", party, "http", operation, trace=trace, detail=asked)
        if effect:
            self.tell("commit", party, "http", operation, exchange=exchange, detail=Committed(records=[]))
        self.now_s += took_s
        kind = KINDS[status // 100] if status else "info"
        detail = {**({"status": status} if status else {}), **told}
        self.tell(kind, party, "http", operation, exchange=exchange, detail=detail)
        return exchange

    def webhook(self, kind: Any, status: int | None, event: str = "crossdock.item.changed.v1") -> None:
        self.now_s += 2
        exchange = self.tell("invoke", "erp", "webhook", event, detail={"url": "http://layer"})
        detail = {} if status is None else {"status": status}
        self.tell(kind, "erp", "webhook", event, exchange=exchange, detail=detail)

    def file(self, *sets: str, digest: str, confirmed: bool = True, layout: str = "") -> None:
        """The layer puts a file into the folder of west, or of regional where it has a layout."""
        self.now_s += 2
        party, channel = ("regional", "csv") if layout else ("west", "x12")
        exchange = self.tell("invoke", party, "sftp", "rename", detail={})
        told: dict[str, Any] = (
            {"layout": layout}
            if layout
            else {"interchanges": [{"groups": [{"sets": [{"setId": each} for each in sets]}]}]}
        )
        self.tell("note", party, channel, "file", exchange=exchange, detail={"sha256": digest, **told})
        self.tell("ok" if confirmed else "info", party, "sftp", "rename", exchange=exchange, detail={})

    def fault(self, party: str, name: str, channel: Any = "run", exchange: int = 0, **told: Any) -> None:
        self.tell("fault", party, channel, name, exchange=exchange, detail=told)

    def scrape(self, *samples: tuple[str, dict[str, str], float]) -> int:
        """The layer is asked for its metrics."""
        self.now_s += 2
        exchange = self.tell("invoke", "layer", "people", "getMetrics", detail={})
        rows = [(name, [*labels.items()], value) for name, labels, value in samples]
        self.tell("ok", "layer", "people", "getMetrics", exchange=exchange, detail={"status": 200, "samples": rows})
        return exchange

    def compared(self) -> Comparison:
        """The one comparison of the wave."""
        (comparison,) = self.testimony.comparisons
        return comparison

    def seen(self) -> tuple[int | None, int | None]:
        return self.compared().least, self.compared().most

    def judged(self) -> Outcome:
        outcome = Outcome("O1")
        invariants["O1"]().testimony(self.testimony, Terms(telemetry=self.telemetry), outcome)
        return outcome


def counted(claim: str, **narrowed: str) -> Story:
    """A story with one claim, whose metric is `n`, and which stood at 0 before anything happened."""
    story = Story(MetricClaim(claim=claim, metric="n", **narrowed))
    story.scrape(("n", {}, 0))
    return story
