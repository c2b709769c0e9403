"""Take all measures, or those that are named: `python benchmarks/run.py [NAME…] [--json FILE]`.

A measure is a module here with a function `measure()`; each also runs alone, as `python -m benchmarks.NAME`.
"""

from __future__ import annotations

import sys

from crossdock.benchmarks import (
    contract_check,
    csv_rate,
    edi_rate,
    journal_check,
    lifecycles,
    memory,
    mock_rate,
    operation_cost,
    order_parts,
    order_rate,
    queue_rate,
    ready_time,
    relay_rate,
    sftp_rate,
    state_rate,
)
from crossdock.benchmarks.measure import Measure, main

MEASURES: dict[str, Measure] = {
    "order_rate": order_rate.measure,
    "mock_rate": mock_rate.measure,
    "operation_cost": operation_cost.measure,
    "order_parts": order_parts.measure,
    "ready_time": ready_time.measure,
    "memory": memory.measure,
    "contract_check": contract_check.measure,
    "relay_rate": relay_rate.measure,
    "queue_rate": queue_rate.measure,
    "state_rate": state_rate.measure,
    "edi_rate": edi_rate.measure,
    "csv_rate": csv_rate.measure,
    "sftp_rate": sftp_rate.measure,
    "journal_check": journal_check.measure,
    "lifecycles": lifecycles.measure,
}

if __name__ == "__main__":
    main(MEASURES, sys.argv[1:])
