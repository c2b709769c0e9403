"""Every contract as a page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ...contracts.asyncapi import event_types
from ...contracts.documents import FOLDER
from ...contracts.edi.guide import Composite, LoopPlace, Place, SegmentGuide
from ...contracts.edi.guide_document import load_guide
from ...contracts.layouts import layouts
from ...contracts.layouts.definition import Column
from ...contracts.openapi import Api, Operation, api
from ...contracts.state_machine import StateMachine, state_machines
from ...contracts.validation import canonical
from .fields import fields, in_words
from .page import Page, Row, Section, Table
from .state_diagram import state_diagram

KINDS = {"crm": "CRM", "erp": "ERP", "warehouse": "Warehouse", "layer": "Layer"}


def pages() -> Iterator[Page]:
    """In the order in which the site lists them."""
    for kind, name in KINDS.items():
        yield _api(api(kind), name)
    yield _events()
    for path in sorted((FOLDER / "x12" / "warehouse").glob("*.yaml")):
        yield _x12(path.stem)
    yield _csv()
    yield _objects()
    yield _states()


def _api(described: Api, name: str) -> Page:
    document = described.document
    sections = tuple(
        _operation(described.operations[operation["operationId"]], operation)
        for path in document["paths"].values()
        for operation in path.values()
        if isinstance(operation, dict) and "operationId" in operation
    )
    text = str(document["info"].get("description", ""))
    return Page(f"api-{described.kind}.html", f"{name} API {described.version}", "APIs", "operation", text, sections)


def _operation(operation: Operation, said: Mapping[str, Any]) -> Section:
    parameters = tuple(
        (
            each["name"],
            f"{each['in']}: {in_words(each.get('schema', {}))}",
            "required" if each.get("required") else "",
            str(each.get("description", "")),
        )
        for each in said.get("parameters", ())
    )
    answers = tuple(
        (status, "", "", str(answer.get("description", ""))) for status, answer in said["responses"].items()
    )
    success = operation.response(operation.success)
    tables = [
        *((Table("Parameters", ("name", "value", "", "meaning"), parameters),) if parameters else ()),
        *(fields("Request", operation.body.schema) if operation.body else ()),
        *(fields(f"Answer {operation.success}", success.schema) if success else ()),
        Table("Answers", ("status", "", "", "meaning"), answers),
    ]
    body = said.get("requestBody", {}).get("content", {})
    return Section(
        id=operation.id,
        title=str(said.get("summary", operation.id)),
        text=str(said.get("description", "")),
        badge=operation.method,
        path=operation.path,
        tables=tuple(tables),
        example=next(filter(None, map(_example, body.values())), ""),
    )


def _example(content: Mapping[str, Any]) -> str:
    value = content.get("example")
    for each in content.get("examples", {}).values():
        value = each.get("value") if value is None else value
    return "" if value is None else _json(value)


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def _events() -> Page:
    sections = tuple(
        Section(
            id=name,
            title=event.title,
            text=event.description,
            badge="event",
            path=f"{name}   sent by {', '.join(sorted(event.sources))}",
            tables=fields("data", event.data.schema),
            example=_json(event.examples[0]) if event.examples else "",
        )
        for name, event in event_types().items()
    )
    text = "CloudEvents 1.0, told by webhook, queue or feed. What is common to all stands around `data`."
    return Page("events.html", "Events", "Events", "event", text, sections)


def _x12(set_id: str) -> Page:
    guide = load_guide(f"warehouse/{set_id}")
    sections = tuple(_segments(guide.structure, ()))
    text = f"{guide.purpose} Version {guide.version}, functional group {guide.functional_group}."
    return Page(
        f"x12-{set_id}.html",
        f"{set_id} {guide.name.partition(',')[0]}",
        "X12 guides",
        "segment",
        text.strip(),
        sections,
    )


def _segments(places: tuple[Place, ...], loops: tuple[str, ...]) -> Iterator[Section]:
    for place in places:
        if isinstance(place, LoopPlace):
            yield from _segments(place.of, (*loops, place.id))
            continue
        often = "any number" if place.most is None else f"at most {place.most}"
        where = " in ".join(("loop " + " / ".join(loops),)) if loops else "not in a loop"
        yield Section(
            id="-".join((*loops, place.segment.id, place.position)).strip("-"),
            title=f"{place.segment.id} {place.segment.name}",
            badge="required" if place.required else "optional",
            path=f"{where}, {often}",
            tables=(_elements(place.segment),),
        )


def _elements(segment: SegmentGuide) -> Table:
    rows: list[Row] = []
    for number, use in enumerate(segment.uses, 1):
        if use.forbidden:
            continue
        element = use.element
        if isinstance(element, Composite):
            kind = "composite of " + ", ".join(part.element.number for part in element.components)
        else:
            codes = "" if element.codes is None else "; " + ", ".join(element.codes)
            kind = f"{element.type} {element.shortest}/{element.longest}{codes}"
        rows.append((f"{segment.id}{number:02d}", kind, "required" if use.required else "", element.name))
    return Table("", ("element", "type", "", "name"), tuple(rows))


def _csv() -> Page:
    sections = tuple(
        Section(
            id=layout.name,
            title=layout.title,
            text=layout.description,
            badge=f"v{layout.version}",
            path=f"{layout.file_name}   sent by {layout.sent_by}",
            tables=(Table("Columns", ("column", "type", "", "meaning"), tuple(map(_column, layout.columns))),),
        )
        for layout in layouts()
    )
    text = "Files of a warehouse that speaks CSV over SFTP. Delimiters, dates and records around the rows: the layouts."
    return Page("csv.html", "CSV layouts", "CSV layouts", "layout", text, sections)


def _column(column: Column) -> Row:
    length = f", at most {column.max_length}" if column.max_length else ""
    return column.heading, column.type + length, "required" if column.required else "", column.meaning


def _objects() -> Page:
    names = sorted(path.stem for path in (FOLDER / "canonical" / "v1").glob("*.json") if path.stem != "identifiers")
    sections = []
    for name in names:
        schema = canonical(name).schema
        target = schema if "title" in schema else _titled(schema)
        value = "" if target.get("properties") else in_words(target)
        examples = target.get("examples") or ()
        sections.append(
            Section(
                id=name,
                title=str(target.get("title", name)),
                text=str(target.get("description", "")),
                badge="object" if target.get("properties") or target.get("allOf") else "value",
                path=value,
                tables=fields("Fields", schema),
                example=_json(examples[0]) if examples else "",
            )
        )
    text = "What all parties mean by the same word: JSON Schema 2020-12."
    return Page("objects.html", "Objects", "Objects", "object", text, tuple(sections))


def _titled(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Any = schema
    while "$ref" in found:
        reference = found["$ref"]
        found = schema
        for token in reference.removeprefix("#/").split("/"):
            found = found[token]
    return found  # type: ignore[no-any-return]


def _states() -> Page:
    sections = tuple(map(_machine, state_machines()))
    text = (
        "What may follow on what. The simulators are held to it, and invariant S1 holds layers to it. "
        "A state with a thick border is where it begins, one with a broken border where it ends."
    )
    return Page("states.html", "State machines", "State machines", "state machine", text, sections)


def _machine(machine: StateMachine) -> Section:
    rows = tuple(
        (since, "", "ends" if not machine.ahead(since) else "", _after(machine, since)) for since in machine.steps
    )
    return Section(
        id=machine.name,
        title=machine.title,
        badge="states",
        path=machine.source,
        text=machine.description,
        diagram=state_diagram(machine.name, machine.steps, machine.begins),
        tables=(Table("Steps", ("from", "", "", "to"), rows),),
    )


def _after(machine: StateMachine, since: str) -> str:
    after, skipped = machine.steps[since], machine.skips.get(since, ())
    said = ", ".join(after) or "nothing: it ends here"
    return f"{said}; where steps were never seen also {', '.join(skipped)}" if skipped else said
