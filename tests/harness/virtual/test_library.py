"""Scenarios that the reference layer is put to with another cast than the usual one."""

from __future__ import annotations

from pathlib import Path

from crossdock.tests.harness.virtual.playing import EXAMPLES, play


def test_the_reference_layer_goes_on_when_a_version_ends_unannounced(tmp_path: Path) -> None:
    result = play(EXAMPLES / "reference_layer" / "target-rest.yaml", tmp_path, "version-ends-unannounced")

    assert result.verdict == "PASS", [finding.summary for each in result.scenarios for finding in each.findings]
