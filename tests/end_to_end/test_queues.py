"""The healthy layer over a broker: the same business, the same promises, whatever carries the messages."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from crossdock.scenarios.scenario import library
from crossdock.simulators.journal import read
from crossdock.tests.end_to_end.conftest import EXAMPLES, Crossdock

REFERENCE = EXAMPLES / "reference_layer" / "target.yaml"


def target(folder: Path, **changes: object) -> Path:
    """The reference layer's target file, changed; it starts the same layer."""
    document = yaml.safe_load(REFERENCE.read_text("utf-8")) | changes
    document["start"]["directory"] = str(EXAMPLES)
    del document["start"]["at_once"]  # which goes with no broker that all would share
    file = folder / "target.yaml"
    file.write_text(yaml.safe_dump(document), "utf-8")
    return file


@pytest.mark.slow
def test_orders_go_through_with_every_event_and_the_east_warehouse_over_a_broker(
    crossdock: Crossdock, tmp_path: Path
) -> None:
    file = target(
        tmp_path, events={"subscribe": "queue"}, warehouses={"east": "queue", "west": "x12", "regional": "csv"}
    )

    done = crossdock(
        "run", "happy-path", "every-warehouse", "return-whole", "--target", file, "--days-per-second", "2", "--json"
    )

    assert done.code == 0, done.out[-3000:] + done.err
    assert {each["id"]: each["verdict"] for each in done.result["scenarios"]} == {
        "happy-path": "PASS",
        "every-warehouse": "PASS",
        "return-whole": "PASS",
    }
    journal = list(read((done.folder / ".crossdock" / "latest").resolve() / "journal.ndjson"))
    asked = {entry.name for entry in journal if (entry.channel, entry.kind, entry.party) == ("queue", "ok", "east")}
    assert {"createFulfilmentRequest", "createReturn", "crossdock.shipment.shipped.v1"} <= asked
    assert {entry.party for entry in journal if entry.channel == "queue"} == {"crm", "erp", "east"}
    assert not [entry for entry in journal if entry.channel == "webhook"]


@pytest.mark.slow
def test_faults_of_queues_and_brokers_strike_and_the_layer_bears_them(crossdock: Crossdock) -> None:
    file = EXAMPLES / "queue_layer" / "target.yaml"

    done = crossdock("run", "queue", "--target", file, "--days-per-second", "2", "--json")

    assert done.code == 0, done.out[-3000:] + done.err
    played = {each["id"]: each["verdict"] for each in done.result["scenarios"]}
    assert played == dict.fromkeys((name for name, each in library().items() if "queue" in each.tags), "PASS")
    silent = [
        fault["id"] for each in done.result["scenarios"] for fault in each.get("faults", []) if not fault["fired"]
    ]
    assert not silent
    journal = list(read((done.folder / ".crossdock" / "latest").resolve() / "journal.ndjson"))
    failed = [entry.detail for entry in journal if (entry.channel, entry.kind) == ("queue", "fail")]
    assert [detail["acknowledged"] for detail in failed if "acknowledged" in detail] == [False], "the poison, set aside"


def test_a_broker_that_nobody_runs_is_a_configuration_error(crossdock: Crossdock, tmp_path: Path) -> None:
    file = target(tmp_path, events={"subscribe": "queue"}, broker="nats://127.0.0.1:1")

    done = crossdock("run", "happy-path", "--target", file)

    assert done.code == 2, done.out + done.err
    assert "broker: no connection to nats://127.0.0.1:1" in " ".join(done.out.split())
