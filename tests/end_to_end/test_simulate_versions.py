"""`crossdock simulate --versions`: warehouses in another version, or in two side by side."""

from __future__ import annotations

import urllib.error
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from crossdock.harness.cli import cli
from crossdock.tests.end_to_end.simulated import simulated


def test_a_warehouse_serves_the_versions_that_are_named(tmp_path: Path) -> None:
    words = ("east=rest", "west=x12", "--versions", "east=v1+v2", "--versions", "west=v2", "--notice-days", "30")
    with simulated(*words, folder=tmp_path) as running:
        parties = running.offer["parties"]
        assert {name: told["versions"] for name, told in parties.items()} == {"east": ["v1", "v2"], "west": ["v2"]}
        assert running.offer["environment"]["CROSSDOCK_EAST_VERSION"] == "v2"
        assert running.offer["environment"]["CROSSDOCK_WEST_VERSION"] == "v2"
        fields = {}
        for version in ("v1", "v2"):
            with pytest.raises(urllib.error.HTTPError) as refused:
                urllib.request.urlopen(f"{parties['east']['url']}/{version}/capacity", timeout=10)
            assert refused.value.code == 401
            refused.value.close()
            fields[version] = {name.lower() for name in refused.value.headers} & {"deprecation", "sunset", "link"}

    assert fields == {"v1": {"deprecation", "sunset", "link"}, "v2": set()}


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("--versions", "erp=v2"), "only warehouses have more than one version"),
        (("--versions", "east=v9"), "expected versions from the oldest to the newest, with + between: v1+v2"),
        (("--versions", "east=v2+v1"), "expected versions from the oldest to the newest, with + between: v1+v2"),
        (("regional=csv", "--versions", "regional=v2"), "regional speaks csv, and only an API (rest) and X12 guides"),
        (("crm", "--versions", "east=v2"), "east is not simulated: name it among the parties"),
        (("--notice-days", "3"), "--notice-days is for two --versions side by side"),
        (("--versions", "east=v2", "--state", "world.sqlite"), "a --state file does not keep --versions"),
    ],
)
def test_versions_that_cannot_be_served_are_refused_before_anything_starts(
    words: tuple[str, ...], problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    done = CliRunner().invoke(cli, ["simulate", *words])

    assert (done.exit_code, problem in done.stderr) == (2, True), done.stderr
