"""The samples in docs are what the code makes, and right.

After a change that is meant: UPDATE_GOLDEN=1 python -m pytest tests/contracts/edi/test_samples.py
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from crossdock.contracts.edi import Guides, InterchangeEnd, TransactionSet, load_guide, read, standard_guides
from crossdock.tests.contracts.edi.generated import SETS
from crossdock.tests.contracts.edi.messages import events
from crossdock.tests.contracts.edi.partners import PURCHASE_ORDER
from crossdock.tests.contracts.edi.samples import SAMPLES, sample

REFERENCE = Path(__file__).parents[3] / "docs" / "reference"
FOLDER = REFERENCE / "samples" / "x12"
PAGE = (REFERENCE / "x12.md").read_text("utf-8")


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_in_docs_is_what_the_code_makes(name: str) -> None:
    path = FOLDER / f"{name}.x12"
    if "UPDATE_GOLDEN" in os.environ:
        path.write_bytes(sample(name))

    assert path.read_bytes() == sample(name)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_accepted(name: str) -> None:
    found = events(sample(name))

    assert [event.result.code for event in found if isinstance(event, (TransactionSet, InterchangeEnd))] in (
        ["A", "A"],
        ["A"],
    )


def test_there_is_a_sample_of_every_set_and_no_file_that_is_none() -> None:
    assert {*SETS, "ta1"} == set(SAMPLES) == {path.stem for path in FOLDER.iterdir()}


def test_quantities_of_the_846_add_up() -> None:
    (found,) = [event for event in events(sample("846")) if isinstance(event, TransactionSet)]
    tree = found.tree()

    assert str(sum(int(loop.value("QTY", 2)) for loop in tree.each("QTY"))) == tree.value("CTT", 2)
    assert tree.value("CTT", 1) == str(sum(1 for _ in tree.each("LIN")))


def test_the_page_names_every_set_with_its_group() -> None:
    rows = re.findall(r"^\| \[?([0-9]{3})\]?[^|]* \| ([A-Z]{2}) \| ([^|]+?) \|", PAGE, re.MULTILINE)

    assert rows == [(guide.set_id, guide.functional_group, guide.name) for guide in standard_guides()]


def test_the_partners_guide_of_the_page_is_one_and_does_what_the_page_says(tmp_path: Path) -> None:
    text, _ = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "partner.yaml").write_text(text, "utf-8")
    guide = load_guide(str(tmp_path / "partner.yaml"))
    guides = Guides([*standard_guides(), guide])
    order = sample("940").replace(b"*X*004010~", b"*X*004010UCS~")

    def told(octets: bytes) -> list[tuple[str, str, list[tuple[int, str]]]]:
        (found,) = [event for event in read(octets, guides) if isinstance(event, TransactionSet)]
        assert found.guide is guide
        return [
            (error.segment, error.code, [(part.position, part.code) for part in error.elements])
            for error in found.result.segments
        ]

    assert told(order) == []
    assert told(order.replace(b"W05*N*", b"W05*R*")) == [("W05", "8", [(1, "7")])]
    assert told(order.replace(b"*PO-7781", b"")) == [("W05", "8", [(3, "1")])]
    assert told(order.replace(b"W66*PP*U***GROUND*****UPSN~\n", b"").replace(b"SE*24*", b"SE*23*"))[:1] == [
        ("W66", "3", [])
    ]
    assert told(order.replace(b"LX*1~", b"W6*HM~\nLX*1~"))[:1] == [("W6", "6", [])]


def test_the_guide_of_the_page_for_a_set_that_there_is_none_for_is_one(tmp_path: Path) -> None:
    _, text = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "850.yaml").write_text(text, "utf-8")
    guides = Guides([*standard_guides(), load_guide(str(tmp_path / "850.yaml"))])
    (found,) = [event for event in read(PURCHASE_ORDER.encode(), guides) if isinstance(event, TransactionSet)]

    assert found.result.code == "A"


def test_the_code_of_the_page_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "orders.x12").write_bytes(sample("940"))
    (block,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)

    names: dict[str, object] = {}
    exec(block, names)

    assert names["lines"] == [("1", "SKU-RED", "10"), ("2", "SKU-BLU", "4")]
