"""The site of the contracts: whole, and leading nowhere but within itself."""

import json
import re
from collections import Counter

import pytest

from crossdock.contracts.asyncapi import event_types
from crossdock.contracts.documents import FOLDER
from crossdock.contracts.layouts import layouts
from crossdock.contracts.openapi import api
from crossdock.reports.contract_site.fields import fields
from crossdock.reports.contract_site.site import contract_site
from crossdock.reports.contract_site.state_diagram import state_diagram

STEPS = {"Case": {"new": ["working", "closed"], "working": ["new", "closed"], "closed": []}}
SITE = contract_site(STEPS)
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
    assert [name for name, times in Counter(ids(page)).items() if times > 1 and name != "arrow"] == []


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
    assert "&lt;img&gt;" in contract_site({"<img>": {"<a>": []}})["states.html"]


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
    diagram = state_diagram(STEPS["Case"])
    assert (diagram.count("<rect"), diagram.count('class="step"')) == (3, 4)
    assert 'aria-label="new to closed, working; working to closed, new; closed to nothing"' in diagram
