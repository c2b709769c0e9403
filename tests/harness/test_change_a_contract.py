"""docs/how-to/change-a-contract.md: its example of two versions, compared as it says."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from crossdock.harness.cli import cli

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "change-a-contract.md"
CHANGES = (
    ("version: 1.4.0", "version: 1.5.0"),
    ("maxLength: 20", "maxLength: 40"),
    ("[open, shipped]", "[open, shipped, lost]"),
    ("note: {", "carrier: {"),
)


def test_what_the_page_shows_is_what_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    part = PAGE.read_text("utf-8").partition("## See what a change breaks")[2]
    (old,) = re.findall(r"```yaml\n(.*?)```", part, re.DOTALL)
    (shown,) = re.findall(r"```text\n(.*?)```", part, re.DOTALL)
    new = old
    for before, after in CHANGES:
        assert before in new
        new = new.replace(before, after)
    monkeypatch.chdir(tmp_path)
    Path("old.yaml").write_text(old, "utf-8")
    Path("new.yaml").write_text(new, "utf-8")
    done = CliRunner().invoke(cli, ["contract", "diff", "old.yaml", "new.yaml"])
    assert (done.exit_code, done.stdout) == (1, shown)
