"""What README and docs say is checked against what there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crossdock.harness import target
from crossdock.harness.cli import COMMANDS
from crossdock.harness.invariant import ORDER, invariants

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])


def test_the_readme_lists_every_invariant_with_its_title_in_order() -> None:
    rows = re.findall(r"^\| ([A-Z][0-9]) \| (.+?) \|$", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)

    assert rows == [(name, invariants[name].title) for name in ORDER]
    assert set(ORDER) == set(invariants)


def test_the_readme_names_every_command() -> None:
    named = set(re.findall(r"^\| `crossdock ([a-z]+)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE))

    assert named == set(COMMANDS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8"))

    broken = [link for link in links if "://" not in link and not (page.parent / link).exists()]

    assert not broken, f"{page.relative_to(ROOT)} links to what is not there: {broken}"


def test_the_target_file_in_the_guide_is_one(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "how-to" / "connect-a-layer.md").read_text("utf-8")
    (block,) = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    file = tmp_path / "target.yaml"
    file.write_text(block, encoding="utf-8")

    assert target.load(file).name == "our layer"
