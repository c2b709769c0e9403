"""Guide documents: those of the standard, those of partners, and what is said about wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from crossdock.contracts.documents import FOLDER, DocumentError, load
from crossdock.contracts.edi import Guides, load_guide, standard_guides
from crossdock.contracts.edi.dictionary import dictionary
from crossdock.contracts.edi.guide import Composite, Guide, Identity, LoopPlace, leaves
from crossdock.contracts.validation import Validator
from crossdock.tests.contracts.edi.generated import SETS
from crossdock.tests.harness.wrong_files import wrong_files

GOLDEN = Path(__file__).parent / "golden" / "wrong_guides.txt"
WRONG = wrong_files(GOLDEN)
PARTNER = """\
x12: 1
based_on: 004010/940
name: Orders for warehouse B
version: 004010UCS
sender: {qualifier: ZZ, id: DEPOSITOR}
receiver: {id: WAREHOUSEB}
separators: {element: "|", line_break: "\\n"}
noted: {element: ["5"]}
restrict:
  - segment: W05
    elements: {1: {codes: [N, F]}, 3: {required: true, length: [1, 10]}}
  - {segment: W66, required: true}
  - {segment: W09, forbidden: true}
  - {segment: N9, loop: heading, max: 2}
  - segment: N1
    loop: "0100"
    required: true
    elements: {1: {more_codes: {OO: our own}}}
"""


def written(folder: Path, text: str, name: str = "guide.yaml") -> Guide:
    (folder / name).write_text(text, "utf-8")
    return load_guide(str(folder / name))


def test_every_set_of_the_standard_has_its_guide() -> None:
    assert tuple(guide.set_id for guide in standard_guides()) == SETS


@pytest.mark.parametrize("set_id", SETS)
def test_a_guide_is_what_its_schema_says(set_id: str) -> None:
    assert Validator(load("x12/guide.json")).is_valid(load(f"x12/004010/{set_id}.yaml"))


def test_every_element_and_segment_of_the_dictionary_is_used() -> None:
    words = dictionary("004010")
    used = {segment.id: segment for guide in standard_guides() for segment in guide.segments()}
    used |= {name: words.segments[name] for name in ("ISA", "GS", "GE", "IEA", "TA1")}
    elements = [use.element for segment in used.values() for use in segment.uses]
    elements += [part.element for element in elements if isinstance(element, Composite) for part in element.components]

    assert set(used) == set(words.segments)
    assert {element.number for element in elements} == set(words.elements)


def test_codes_fit_the_length_of_their_element() -> None:
    for element in dictionary("004010").elements.values():
        if not isinstance(element, Composite) and element.codes:
            assert {code for code in element.codes if not element.shortest <= len(code) <= element.longest} == set()


def test_every_file_of_the_folder_is_one_that_is_read() -> None:
    names = {path.stem for path in (FOLDER / "x12/004010").iterdir()}

    assert names == {*SETS, "elements", "segments"}


def test_a_partner_restricts_a_set(tmp_path: Path) -> None:
    guide = written(tmp_path, PARTNER)
    places = [(place, loop) for place, loop in leaves(guide.structure)]
    w05 = next(place.segment for place, _ in places if place.segment.id == "W05")

    assert (guide.set_id, guide.version, guide.name) == ("940", "004010UCS", "Orders for warehouse B")
    assert (guide.sender, guide.receiver) == (Identity("DEPOSITOR", "ZZ"), Identity("WAREHOUSEB"))
    assert guide.separators.element == "|"
    assert w05.uses[0].element.codes == {"N": "original order", "F": "cancels the order"}  # type: ignore[union-attr]
    assert (w05.uses[2].required, w05.uses[2].element.longest) == (True, 10)  # type: ignore[union-attr]
    assert [place.required for place, _ in places if place.segment.id == "W66"] == [True]
    assert [place for place, _ in places if place.segment.id == "W09"] == []
    assert [place.most for place, loop in places if place.segment.id == "N9" and loop == "heading"] == [2]
    assert [place.most for place, loop in places if place.segment.id == "N9" and loop == "0310"] == [200]
    (names,) = [place for place in guide.structure if isinstance(place, LoopPlace) and place.id == "0100"]
    assert names.required
    assert "OO" in names.leader.segment.uses[0].element.codes  # type: ignore[union-attr, operator]
    inside = next(place.segment for place, loop in places if place.segment.id == "N1" and loop == "0310")
    assert "OO" not in inside.uses[0].element.codes  # type: ignore[union-attr, operator]


def test_a_guide_may_be_based_on_a_partners_guide_beside_it(tmp_path: Path) -> None:
    written(tmp_path, PARTNER, "first.yaml")
    guide = written(
        tmp_path,
        "x12: 1\nbased_on: first.yaml\nname: Second\nrestrict: [{segment: W05, elements: {1: {codes: [N]}}}]\n",
    )

    codes = next(segment for segment in guide.segments() if segment.id == "W05").uses[0].element.codes  # type: ignore[union-attr]
    assert (guide.version, codes) == ("004010UCS", {"N": "original order"})


def test_the_guide_that_names_the_partner_goes_before_one_that_names_nobody(tmp_path: Path) -> None:
    from crossdock.contracts.edi import GroupHeader, InterchangeHeader
    from crossdock.tests.contracts.edi.generated import DEPOSITOR, MOMENT, WAREHOUSE

    mine = written(tmp_path, PARTNER.replace("version: 004010UCS\n", ""))
    guides = Guides([mine, *standard_guides()])
    ours = InterchangeHeader.at(MOMENT, DEPOSITOR, WAREHOUSE, 1)
    theirs = InterchangeHeader.at(MOMENT, WAREHOUSE, DEPOSITOR, 1)
    group = GroupHeader.at(MOMENT, "OW", "A1", "B1", 1)

    assert guides.choose("940", group, ours) is mine
    assert guides.choose("940", group, theirs) is standard_guides().by_set("940")


@pytest.mark.parametrize("what", WRONG)
def test_says_where_and_what_about(what: str, tmp_path: Path) -> None:
    text, expected = WRONG[what]
    with pytest.raises(DocumentError) as refused:
        written(tmp_path, text)

    assert [str(refused.value).replace(str(tmp_path / "guide.yaml"), "{file}")] == expected


def test_a_guide_that_is_not_there_is_named() -> None:
    with pytest.raises(DocumentError, match="there is no such file"):
        load_guide("nowhere.yaml")
