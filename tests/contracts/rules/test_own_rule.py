"""The rule in docs/how-to/change-a-contract.md is one, and the file of waivers there is one."""

import json
import re
from pathlib import Path

import pytest

from crossdock.contracts.rule import rules
from crossdock.tests.contracts.rules.planted import changed, checked, sound

GUIDE = (Path(__file__).parents[3] / "docs" / "how-to" / "change-a-contract.md").read_text("utf-8")


def block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)
    assert found is not None
    return found[1]


def test_a_rule_of_ones_own_is_judged_like_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "our-cost-centre" not in rules
    monkeypatch.setattr(rules, "_things", dict(rules.items()))
    exec(compile(block("python"), "guide", "exec"), {"__name__": "our_rules"})
    document = tmp_path / "openapi.yaml"
    document.write_text(json.dumps(sound("v1/openapi.yaml")))
    assert [finding.rule for finding in checked(str(document)).findings] == ["our-cost-centre"] * 4


def test_the_waivers_of_the_guide_are_read(tmp_path: Path) -> None:
    (tmp_path / "waivers.yaml").write_text(block("yaml"))
    basic = {"/components/securitySchemes/basic": {"type": "http", "scheme": "basic"}}
    document = tmp_path / "apis" / "carrier" / "openapi.yaml"
    document.parent.mkdir(parents=True)
    document.write_text(json.dumps(changed(sound("v1/openapi.yaml"), basic)))
    result = checked(
        str(document), waivers=(str(tmp_path / "waivers.yaml"),), shown=lambda name: name.removeprefix(f"{tmp_path}/")
    )
    assert [(finding.rule, bool(finding.waived)) for finding in result.findings] == [("no-basic", True)]
