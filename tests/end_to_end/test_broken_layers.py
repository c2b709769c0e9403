"""Each broken layer is caught by the invariant that its bug breaks, in the scenario made for it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crossdock.tests.end_to_end.conftest import EXAMPLES, Crossdock
from crossdock.tests.examples.bugs import caught

CAUGHT = caught("broken_layers")
# All are played by `crossdock selftest`, and in virtual time where that can be (tests/harness/virtual); here, over
# sockets, some of each kind of bug.
OVER_SOCKETS = (
    "acks_before_storing",
    "forgets_inbox_on_restart",
    "trusts_any_certificate",
    "new_message_id_per_sending",
    "poison_stops_the_queue",
    "no_event_dedup",
    "new_key_per_retry",
    "drops_correlation",
    "processes_files_twice",
    "never_acknowledges",
    "logs_its_token",
    "never_resumes",
    "replay_runs_twice",
    "drops_what_it_cannot_read",
)


@pytest.mark.slow
@pytest.mark.parametrize("layer", OVER_SOCKETS)
def test_a_broken_layer_is_caught_for_the_right_reason(layer: str, crossdock: Crossdock) -> None:
    scenario, invariant = CAUGHT[layer]

    target = EXAMPLES / "broken_layers" / layer / "target.yaml"
    done = crossdock("run", scenario, "--target", target, "--days-per-second", "2", "--json")

    assert done.code == 1, done.out[-3000:] + done.err
    findings = [finding for part in (done.result, *done.result["scenarios"]) for finding in part.get("findings", [])]
    assert invariant in {finding["invariant"] for finding in findings}, findings
    meant = next(finding for finding in findings if finding["invariant"] == invariant)
    assert meant["because"]
    assert meant.get("exchanges") or meant["summary"].endswith("of the layer's log")
    assert meant["reproduce"].startswith("crossdock run ")


@pytest.mark.slow
def test_what_a_layer_lets_slip_stands_nowhere_in_the_evidence(crossdock: Crossdock, tmp_path: Path) -> None:
    target = EXAMPLES / "broken_layers" / "token_in_cases" / "target.yaml"
    words = ("--days-per-second", "2", "--out", tmp_path / "out", "--json")
    done = crossdock("run", "delivery-failure", "--target", target, *words)

    evidence = [done.out, *(file.read_text("utf-8") for file in (tmp_path / "out").glob("*.*son"))]
    assert len(evidence) == 3
    for text in evidence:
        assert "Bearer [access token of crm]" in text
        assert not re.search(r"Bearer [0-9a-f]{16}", text)
