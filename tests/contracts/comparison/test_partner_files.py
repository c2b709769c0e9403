"""X12 guides and CSV layouts: which way a file goes decides, bases are seen through, and places are told."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from crossdock.contracts.comparison.compare import DiffOrder, diff
from crossdock.contracts.comparison.document_comparer import document_comparers
from crossdock.contracts.comparison.judgement import Direction
from crossdock.contracts.diff_result import DiffResult
from crossdock.contracts.document_set import document_set, ours
from crossdock.contracts.documents import load
from crossdock.contracts.kind import kind_of
from crossdock.tests.contracts.comparison.documents import TODAY, compared


def guide(*restrict: dict[str, Any]) -> dict[str, Any]:
    return {"x12": 1, "based_on": "004010/940", "name": "N", "restrict": list(restrict)}


def layout(**said: Any) -> dict[str, Any]:
    return {"layout": "it", "title": "T", "based_on": "tracking", **said}


def told(result: DiffResult) -> list[tuple[str, str]]:
    return [(change.level, change.rule) for change in result.changes]


@pytest.mark.parametrize(
    ("way", "narrower", "wider"),
    [(Direction.TAKEN, "breaking", "compatible"), (Direction.GIVEN, "compatible", "breaking")],
)
def test_what_a_guide_forbids_breaks_who_sends_and_what_it_allows_breaks_who_reads(
    way: Direction, narrower: str, wider: str, tmp_path: Path
) -> None:
    strict = guide({"segment": "NTE", "loop": "heading", "forbidden": True})
    assert told(compared(tmp_path / "a", guide(), strict, "g.yaml", ways=(way,))) == [(narrower, "segment-removed")]
    assert told(compared(tmp_path / "b", strict, guide(), "g.yaml", ways=(way,))) == [(wider, "segment-added")]


@pytest.mark.parametrize("way", Direction)
def test_a_segment_that_must_be_there_breaks_both_when_it_comes_and_when_it_goes(
    way: Direction, tmp_path: Path
) -> None:
    old, new = load("x12/004010/945.yaml"), dict(load("x12/004010/945.yaml"))
    new["structure"] = [*old["structure"][:-1], {"segment": "W66", "required": True, "max": 2}, old["structure"][-1]]
    assert told(compared(tmp_path / "a", old, new, "g.yaml", ways=(way,))) == [("breaking", "segment-added")]
    assert told(compared(tmp_path / "b", new, old, "g.yaml", ways=(way,))) == [("breaking", "segment-removed")]


def test_a_change_of_a_guide_is_told_where_the_guide_says_it(tmp_path: Path) -> None:
    new = guide({"segment": "W66", "required": True}, {"segment": "W05", "elements": {"2": {"length": [1, 10]}}})
    result = compared(tmp_path, guide(), new, "g.yaml")
    places = {change.rule: change.new.pointer for change in result.changes}
    assert places == {"segment-became-required": "/restrict/0", "limit-tightened": "/restrict/1"}
    (limit,) = [change for change in result.changes if change.rule == "limit-tightened"]
    assert limit.what == "the greatest length of W0502 is 10, and was 22"
    assert {(met.operation, met.field, met.direction, met.level) for met in limit.met_by} == {
        ("940", "W0502", "taken", "breaking"),
        ("940", "W0502", "given", "compatible"),
    }


def test_a_segment_in_a_loop_is_told_with_the_loop(tmp_path: Path) -> None:
    new = guide({"segment": "N3", "loop": "0100", "forbidden": True})
    (change,) = compared(tmp_path, guide(), new, "g.yaml").changes
    assert change.what == "N3 in loop 0100 is gone"


def test_a_loop_that_is_gone_is_told_once(tmp_path: Path) -> None:
    new = guide({"segment": "N1", "loop": "0100", "forbidden": True})
    (change,) = compared(tmp_path, guide(), new, "g.yaml").changes
    assert change.what == "loop 0100 is gone"


@pytest.mark.parametrize(
    ("sent_by", "levels"), [("layer", {"compatible"}), ("warehouse", {"breaking"}), ("both", {"breaking"})]
)
def test_who_sends_a_file_decides_whom_a_longer_text_breaks(sent_by: str, levels: set[str], tmp_path: Path) -> None:
    old = layout(sent_by=sent_by, columns=[{"name": "remark", "max_length": 10}])
    new = layout(sent_by=sent_by, columns=[{"name": "remark", "max_length": 20}])
    result = compared(tmp_path, old, new, "l.yaml")
    assert {change.level for change in result.changes} == levels
    assert [change.rule for change in result.changes] == ["limit-loosened"]


def test_a_layout_is_compared_with_all_that_it_is_based_on(tmp_path: Path) -> None:
    written_out = {key: value for key, value in load("csv/v1/tracking.yaml").items() if key != "layout"}
    assert compared(tmp_path, layout(), {"layout": "it", "type": "tracking", **written_out}, "l.yaml").changes == ()


def test_a_change_of_a_layout_is_told_at_the_column(tmp_path: Path) -> None:
    (change,) = compared(tmp_path, layout(), layout(without=["remark"]), "l.yaml").changes
    assert (change.rule, change.what) == ("column-removed", "the file has no column remark any more")
    relabelled = layout(columns=[{"name": "remark", "label": "words"}])
    (change,) = compared(tmp_path / "label", layout(), relabelled, "l.yaml").changes
    assert (change.rule, change.new.pointer) == ("column-relabelled", "/columns/0")


def test_every_kind_of_our_documents_that_something_is_judged_by_is_compared() -> None:
    found = {kind.id for document in ours().documents if (kind := kind_of(load(document)))}
    assert found - set(document_comparers) == {"waivers", "x12-names"}


def test_a_base_beside_a_revision_is_of_that_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("base.yaml").write_text(json.dumps(layout(layout="base")))
    Path("ours.yaml").write_text(json.dumps(layout(based_on="base.yaml")))
    who = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "init", "-q"], check=True)
    subprocess.run(["git", "add", "."], check=True)
    subprocess.run(["git", *who, "commit", "-qm", "One"], check=True)
    subprocess.run(["git", "tag", "with-remark"], check=True)
    Path("base.yaml").write_text(json.dumps(layout(layout="base", without=["remark"])))
    result = diff(
        DiffOrder(
            old=document_set("git:with-remark:ours.yaml"),
            new=document_set("ours.yaml"),
            words=("old", "new"),
            today=TODAY,
        )
    )
    assert told(result) == [("breaking", "column-removed")]
