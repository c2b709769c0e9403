"""What the layer counts of itself, and how it shows that: Prometheus' text format.

It counts what the layer logs, so that both tell the same story.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import ClassVar

from .ports import Timing

# The key of the effect by which an order comes into the ERP.
NEW_ORDER = re.compile("crm-order:[^:]+:create")

Series = tuple[str, tuple[tuple[str, str], ...]]


class Metrics:
    """Counters by what was logged; gauges are asked for when somebody looks."""

    helps: ClassVar[Mapping[str, str]] = {
        "layer_orders_total": "Orders of the CRM that were taken in.",
        "layer_webhooks_total": "Deliveries of events, by what was answered.",
        "layer_calls_total": "Tries of requests to the parties, by what was answered; 0 for no whole answer.",
        "layer_retries_total": "Tries of requests of which the last try had failed.",
        "layer_deliveries_total": "Effects that happened at a party.",
        "layer_refusals_total": "Effects that a party refused for good.",
        "layer_documents_total": "Documents put into a partner's folder.",
    }

    def __init__(self, timing: Timing) -> None:
        self._started_at = timing.unix()
        self._counts: Counter[Series] = Counter()

    def take(self, what: str, fields: Mapping[str, object]) -> None:
        """Count a line of the log."""
        party = str(fields.get("party", ""))
        match what:
            case "webhook":
                self.count("layer_webhooks_total", party=party, status=fields["status"])
            case "call":
                self.call(party, int(str(fields["status"])))
                if fields["again"]:
                    self.count("layer_retries_total", party=party)
            case "effect":
                self.delivered(party)
                if NEW_ORDER.fullmatch(str(fields["key"])):
                    self.count("layer_orders_total")
            case "refused":
                self.refused(party)
            case "file" if "sent" in fields:
                self.count("layer_documents_total", partner=fields["partner"], kind=fields["kind"])

    def call(self, party: str, status: int) -> None:
        """A try of a request is over."""
        self.count("layer_calls_total", party=party, status=status)

    def delivered(self, party: str) -> None:
        """An effect is known to have happened."""
        self.count("layer_deliveries_total", party=party)

    def refused(self, party: str) -> None:
        """A party does not want what was to happen there."""
        self.count("layer_refusals_total", party=party)

    def count(self, name: str, **labels: object) -> None:
        self._counts[name, tuple((label, str(value)) for label, value in labels.items())] += 1

    def text(self, gauges: Mapping[str, tuple[str, float]]) -> str:
        """All of it; `gauges` are name → (help, value)."""
        lines: list[str] = []
        for name, told in self.helps.items():
            lines += [f"# HELP {name} {told}", f"# TYPE {name} counter"]
            lines += [
                f"{name}{_braces(labels)} {count}" for (each, labels), count in self._counts.items() if each == name
            ]
        started = ("Start time of the process since unix epoch in seconds.", self._started_at)
        for name, (told, value) in {**gauges, "process_start_time_seconds": started}.items():
            lines += [f"# HELP {name} {told}", f"# TYPE {name} gauge", f"{name} {value!r}"]
        return "\n".join(lines) + "\n"


def _braces(labels: Iterable[tuple[str, str]]) -> str:
    told = ",".join(f'{label}="{value}"' for label, value in labels)
    return f"{{{told}}}" if told else ""
