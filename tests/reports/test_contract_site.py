"""The site of the contracts: whole, and leading nowhere but within itself."""

import json
import re
from collections import Counter

import pytest

from crossdock.contracts.asyncapi import event_types
from crossdock.contracts.documents import FOLDER
from crossdock.contracts.layouts import layouts
from crossdock.contracts.openapi import api
from crossdock.contracts.state_machine import StateMachine, state_machines
from crossdock.reports.contract_site.fields import fields
from crossdock.reports.contract_site.site import contract_site
from crossdock.reports.contract_site.state_diagram import state_diagram

STEPS = {"new": ["working", "closed"], "working": ["new", "closed"], "closed": []}
SITE = contract_site()
PAGES = {name: content for name, content in SITE.items() if name.endswith(".html")}


def ids(page: str) -> list[str]:
    return re.findall(r'\bid="([^"]+)"', PAGES[page])


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere_within_the_site(page: str) -> None:
    for address in re.findall(r'(?:href|src)="([^"]+)"', PAGES[page]):
        file, _, anchor = address.partition("#")
        assert file in ("", "data:,") or file in SITE, address
        if anchor:
            assert anchor in ids(file or page), address


@pytest.mark.parametrize("page", PAGES)
def test_no_two_things_of_a_page_have_the_same_address(page: str) -> None:
    assert [name for name, times in Counter(ids(page)).items() if times > 1 and not name.startswith("arrow")] == []


@pytest.mark.parametrize("kind", ["crm", "erp", "warehouse", "layer"])
def test_every_operation_is_there_with_its_fields(kind: str) -> None:
    assert set(api(kind).operations) <= set(ids(f"api-{kind}.html"))


def test_every_event_layout_object_and_guide_is_there() -> None:
    assert set(event_types()) <= set(ids("events.html"))
    assert {layout.name for layout in layouts()} <= set(ids("csv.html"))
    objects = {path.stem for path in (FOLDER / "canonical" / "v1").glob("*.json")} - {"identifiers"}
    assert objects <= set(ids("objects.html"))
    guides = {f"x12-{path.stem}.html" for path in (FOLDER / "x12" / "warehouse").glob("*.yaml")}
    assert guides <= PAGES.keys()
    assert "Depositor Order Number" in PAGES["x12-945.html"]


def test_what_is_searched_has_every_section_of_every_page() -> None:
    entries = json.loads(SITE["search.js"].partition("const ENTRIES = ")[2].partition(";\n")[0])
    sections = sum(content.count('<section class="card" id=') for content in PAGES.values())
    assert len(entries) == sections > 200
    (hit,) = [entry for entry in entries if entry[0] == "api-erp.html#createSalesOrder"]
    assert "externalReference" in hit[3]


def test_markup_in_a_contract_is_text() -> None:
    schema = {"properties": {"<b>": {"type": "string", "description": "a < b"}}, "required": ["<b>"]}
    (table,) = fields("Fields", schema)
    assert table.rows == (("<b>", "string", "required", "a < b"),)
    assert "&lt;img&gt;" in state_diagram("case", {"<img>": []}, ["<img>"])


def test_a_schema_is_shown_with_what_it_refers_to_and_consists_of() -> None:
    schema = {
        "allOf": [{"$ref": "#/components/schemas/A"}],
        "properties": {"lines": {"type": "array", "items": {"properties": {"sku": {"enum": ["x", "y"]}}}}},
        "components": {"schemas": {"A": {"properties": {"id": {"type": "string"}}, "required": ["id"]}}},
    }
    (table,) = fields("Fields", schema)
    assert [row[:3] for row in table.rows] == [
        ("id", "string", "required"),
        ("lines", "list", ""),
        ("lines[].sku", "one of x, y", ""),
    ]


def test_a_diagram_has_every_state_and_step_and_says_them() -> None:
    diagram = state_diagram("case", STEPS, ["new"])
    assert (diagram.count("<rect"), diagram.count("<path class=")) == (3, 4)
    assert diagram.count('class="step back"') == 1
    assert 'aria-label="Begins as new; new to working, closed; working to new, closed; closed to nothing"' in diagram


@pytest.mark.parametrize("machine", state_machines(), ids=lambda machine: machine.name)
def test_every_state_machine_is_drawn_with_all_its_states_within_its_frame(machine: StateMachine) -> None:
    diagram = state_diagram(machine.name, machine.steps, machine.begins)
    frame = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', diagram)
    assert frame is not None
    places = {(float(x), float(y)) for x, y in re.findall(r'<rect x="([\d.]+)" y="([\d.]+)"', diagram)}
    assert len(places) == len(machine.steps), "no two states stand in one place"
    assert all(0 < x < float(frame[1]) and 0 < y < float(frame[2]) for x, y in places)
    assert diagram in SITE["states.html"]
    assert f'id="{machine.name}"' in SITE["states.html"]
