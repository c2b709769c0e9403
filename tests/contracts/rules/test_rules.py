"""Each rule, shown to fail: sound documents pass, and each planted defect is found where it is, and nothing else."""

import inspect
import re
from pathlib import Path

import pytest

from crossdock.contracts.documents import position
from crossdock.contracts.rule import explained, rules
from crossdock.tests.contracts.rules.defects import DEFECTS
from crossdock.tests.contracts.rules.planted import SOUND, Planted, checked, written

SOUND_DOCUMENTS = sorted(str(path.relative_to(SOUND)) for path in SOUND.rglob("*.*"))
# These judge a file of waivers, or the check as a whole: test_waivers.py.
ELSEWHERE = {"waiver-known", "waiver-expired", "waiver-used"}


@pytest.mark.parametrize("document", SOUND_DOCUMENTS)
def test_a_sound_document_has_no_findings(document: str) -> None:
    result = checked(str(SOUND / document))
    assert result.findings == ()
    assert [each.judged for each in result.documents] == [True]
    assert result.exit_code == 0


@pytest.mark.parametrize("planted", DEFECTS, ids=lambda planted: f"{planted.rule}: {planted.what}")
def test_a_planted_defect_is_found_where_it_is_and_nothing_else(planted: Planted, tmp_path: Path) -> None:
    document = written(tmp_path, planted)
    result = checked(document)
    assert result.errors == ()
    assert [(finding.rule, finding.pointer) for finding in result.findings] == [(planted.rule, planted.at)]
    finding = result.findings[0]
    assert finding.file == document
    assert finding.severity == rules[planted.rule].severity
    assert finding.what
    assert finding.expected
    assert finding.do
    if planted.text is None:
        assert (finding.line, finding.column) == position(document, planted.at)


def test_every_rule_has_a_planted_defect_and_there_are_more_than_sixty() -> None:
    assert {planted.rule for planted in DEFECTS} | ELSEWHERE == set(rules)
    assert len(DEFECTS) >= 60


@pytest.mark.parametrize("name", rules)
def test_a_rule_says_what_it_demands_and_why(name: str) -> None:
    kind = rules[name]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
    assert len(inspect.getdoc(kind) or "") > 60
    assert kind.__doc__ is not None, "its own words, not those of the base"
    assert kind.title
    assert not kind.title.endswith(".")
    assert explained(name).startswith(f"{name}  {kind.title}\n\n")
