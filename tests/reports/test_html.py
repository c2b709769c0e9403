"""The page as a document: well-formed, closed to the outside, deaf to hostile names, every link leading somewhere."""

import base64
import json
import re
import zlib
from typing import Any

import msgspec
import pytest

from crossdock.contracts.result import Result
from crossdock.reports.formats.html import html
from crossdock.tests.reports import sample
from crossdock.tests.reports.page_reader import PageReader

RUNS = {"failing": sample.FAILING, "healthy": sample.HEALTHY, "unreachable": sample.UNREACHABLE}
LOADS = {"src", "srcset", "action", "formaction", "poster", "data", "background", "xlink:href"}


@pytest.fixture(params=RUNS)
def result(request: pytest.FixtureRequest) -> Result:
    return RUNS[request.param]


def read(result: Result) -> PageReader:
    return PageReader(html(result))


def with_every_text(value: Any, hostile: str) -> Any:
    """The value with `hostile` appended to every text in it, verdicts and kinds excepted."""
    if isinstance(value, dict):
        fixed = {"verdict", "kind", "outcome", "at", "startedAt", "schema"}
        return {
            key: item if key in fixed and isinstance(item, str) else with_every_text(item, hostile)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [with_every_text(item, hostile) for item in value]
    return value + hostile if isinstance(value, str) else value


def hostile_run(hostile: str) -> Result:
    builtins = msgspec.json.decode(msgspec.json.encode(sample.FAILING))
    return msgspec.convert(with_every_text(builtins, hostile), Result)


def test_the_page_is_well_formed(result: Result) -> None:
    assert read(result).faults == []


def test_every_id_stands_once(result: Result) -> None:
    ids = read(result).ids()

    assert sorted(ids) == sorted(set(ids))


def test_every_link_inside_the_page_leads_somewhere(result: Result) -> None:
    page = read(result)
    ids = set(page.ids())
    inside = [element.attributes["href"] for element in page.elements if element.attributes.get("href", "")[:1] == "#"]

    assert inside, "the page links nothing"
    assert [href for href in inside if href[1:] not in ids] == []


def test_the_page_loads_nothing_from_anywhere(result: Result) -> None:
    page = read(result)

    for element in page.elements:
        assert not LOADS & set(element.attributes), f"<{element.tag}> loads {element.attributes}"
        if element.tag == "link":
            assert element.attributes["href"].startswith("data:")
    (style,) = page.all("style")
    assert "url(" not in style.text
    assert "@import" not in style.text


def test_the_page_forbids_itself_every_connection_and_every_foreign_script(result: Result) -> None:
    page = read(result)
    (policy,) = [
        element.attributes["content"]
        for element in page.all("meta")
        if element.attributes.get("http-equiv") == "Content-Security-Policy"
    ]

    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert not any("style" in element.attributes for element in page.elements), "the policy blocks style attributes"
    assert not any(name.startswith("on") for element in page.elements for name in element.attributes)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "' onmouseover='alert(1)",
        "</style></script></svg><b>",
        "{{ 7 * 7 }}{% raw %}",
        "`<b>code</b>`",
        "\x1b[31m\x00\u202e",
    ],
)
def test_hostile_text_stays_text(hostile: str) -> None:
    tame, page = read(sample.FAILING), read(hostile_run(hostile))

    assert page.faults == []
    assert [element.tag for element in page.all("script")] == ["script"]
    assert {element.tag for element in page.elements} <= {element.tag for element in tame.elements} | {"code"}
    assert not any(name.startswith("on") for element in page.elements for name in element.attributes)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202e]", page.page)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://evil.example/x", "../../etc/passwd", "//evil/x"])
def test_a_journal_that_is_no_file_beside_the_page_is_not_linked(address: str) -> None:
    page = read(msgspec.structs.replace(sample.FAILING, journal=address))

    assert address not in [element.attributes.get("href") for element in page.elements]


@pytest.mark.parametrize("source", ["javascript:alert(1)", "http://plain.example/", "a page in the wiki"])
def test_a_source_that_is_no_secure_address_is_not_linked(source: str) -> None:
    scenario = msgspec.structs.replace(sample.PARTIAL, source=source)
    page = read(msgspec.structs.replace(sample.FAILING, scenarios=(scenario,)))

    assert source not in [element.attributes.get("href") for element in page.elements]


def test_every_finding_links_a_step_that_is_marked_with_its_number() -> None:
    page = read(sample.FAILING)
    marks = [element.text for element in page.all("text", "mark-text") if "details" in element.around]
    (evidence,) = page.all("ul", "evidence-list")

    assert marks == ["1a", "1b", "1c", "1d"]
    for mark in marks:
        assert mark in evidence.text
    assert "in the journal only: 52" in evidence.text


def test_a_finding_is_argued_to_its_end() -> None:
    (finding,) = read(sample.FAILING).all("article", "finding")
    told = sample.BILLS_ORDERED

    for text in (told.summary, told.invariant, *told.because, told.clause, told.consequence, told.reproduce):
        assert text in finding.text
    assert [element.text for element in read(sample.FAILING).all("mark")] == ["7", "10"]


@pytest.mark.parametrize(
    ("run", "verdict", "says"),
    [
        ("failing", "FAIL", "broke its promises in 1 of 5 scenarios"),
        ("healthy", "PASS", "kept every promise that was put to the test: 2 of 2 scenarios passed"),
        ("unreachable", "CONFIG ERROR", "No verdict on bills-ordered-quantity"),
    ],
)
def test_the_verdict_is_the_headline(run: str, verdict: str, says: str) -> None:
    page = read(RUNS[run])
    (stamp,) = page.all("p", "stamp")
    (headline,) = page.all("h1")
    (title,) = page.all("title")

    assert stamp.text == verdict
    assert says in headline.text
    assert title.text.startswith(verdict)


def test_failed_scenarios_come_first_and_alone_stand_open() -> None:
    scenarios = list(read(sample.FAILING).all("details", "scenario"))

    assert ["open" in element.attributes for element in scenarios] == [True, False, False, False, False]
    assert "M1 is broken" in scenarios[0].text
    assert [next(name for name in e.attributes["class"].split() if name[:2] == "v-") for e in scenarios] == [
        "v-FAIL",
        "v-HARNESS_ERROR",
        "v-NOT_EXERCISED",
        "v-PASS",
        "v-PASS",
    ]


def test_a_verdict_always_stands_there_in_words_and_not_only_in_colour() -> None:
    rows = [element for element in read(sample.FAILING).all("tr") if element.attributes.get("class", "")[:2] == "v-"]

    for row in rows:
        verdict = row.attributes["class"].removeprefix("v-").replace("_", " ")
        assert verdict in row.text


def test_a_fault_that_never_struck_says_so() -> None:
    texts = [element.text for element in read(sample.FAILING).all("span", "idle")]

    assert texts
    assert all("never struck" in text for text in texts)


def test_two_hundred_orders_with_their_diagrams_stay_a_page_to_send_around() -> None:
    replace = msgspec.structs.replace
    order = sample.PARTIAL.orders[0]
    orders = tuple(replace(order, name=f"A{number}", order_id=f"O-{number}") for number in range(200))
    findings = tuple(replace(sample.BILLS_ORDERED, key=str(number), order_id=f"O-{number}") for number in range(200))
    scenario = replace(sample.PARTIAL, orders=orders, findings=findings)
    page = html(replace(sample.FAILING, scenarios=(scenario,)))

    assert len(page) < 10_000_000
    assert len(re.findall('<details class="order" open>', page)) == 3
    assert "192 more findings" in page


def test_what_was_played_beside_the_first_world_leads_to_its_own_journal() -> None:
    page = html(sample.IN_WORLD_2)

    assert 'Played in world 2: the numbers are those of <a href="worlds/2/journal.ndjson">' in page
    assert "in the journal of world 2 only:" in page
    assert "ab" * 32 in page, "the last link of its journal"
    assert read(sample.IN_WORLD_2).faults == []
    assert "world" not in re.sub(r"<style>.*?</style>|<script>.*?</script>", "", html(sample.FAILING), flags=re.DOTALL)


def unpacked(page: PageReader) -> list[str]:
    packed = [each.attributes["data-packed"] for each in page.elements if "data-packed" in each.attributes]
    return [zlib.decompress(base64.b64decode(text)).decode() for text in packed]


def diagrams(page: PageReader) -> int:
    return sum("diagram" in each.attributes.get("class", "").split() for each in page.elements)


def test_a_long_run_packs_what_passed_and_leaves_out_nothing() -> None:
    page = read(sample.LONG)
    with_timeline = sum(bool(order.timeline) for scenario in sample.LONG.scenarios for order in scenario.orders)
    parts = [PageReader(text) for text in unpacked(page)]

    assert len(parts) > with_timeline / 2
    assert diagrams(page) + sum(map(diagrams, parts)) == with_timeline
    assert [fault for part in parts for fault in part.faults] == []
    ids = page.ids() + [each for part in parts for each in part.ids()]
    assert len(set(ids)) == len(ids)
    steps = [step for order in sample.PARTIAL.orders for step in order.timeline]
    details = [pre.text for part in parts for pre in part.elements if pre.tag == "pre"]
    wanted = [step.detail for step in steps if step.detail is not None]
    assert all(any(json.loads(text) == detail for text in details) for detail in wanted)


def test_what_failed_is_never_packed_however_long_the_run() -> None:
    failed = msgspec.structs.replace(sample.LONG.scenarios[0], id="the-last")
    result = msgspec.structs.replace(sample.LONG, scenarios=(*[failed] * 20, *sample.LONG.scenarios[1:2]))
    page = read(result)

    assert len(unpacked(page)) == sum(bool(order.timeline) for order in sample.LONG.scenarios[1].orders)
    ids = set(page.ids())
    assert all(
        each.attributes["href"][1:] in ids for each in page.elements if each.attributes.get("href", "")[:1] == "#"
    )


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "\u202e"])
def test_what_is_packed_is_as_deaf_to_hostile_names(hostile: str) -> None:
    builtins = msgspec.json.decode(msgspec.json.encode(sample.LONG))
    parts = [PageReader(text) for text in unpacked(read(msgspec.convert(with_every_text(builtins, hostile), Result)))]

    assert parts
    for part in parts:
        assert part.faults == []
        assert not [each.tag for each in part.elements if each.tag in ("script", "img")]
        assert "\u202e" not in part.page
