"""report.html in a real browser, from a file, without a network: what a reader sees and can do."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from crossdock.reports.formats.html import html
from crossdock.reports.pretty_json import pretty_json
from crossdock.tests.reports import sample

pytestmark = pytest.mark.browser

DESKTOP, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
# Pairs of texts in one row of a diagram whose boxes meet, and texts that leave the drawing.
COLLISIONS = """() => [...document.querySelectorAll('.step svg, .head svg, .pause svg')].flatMap(svg => {
  const width = svg.width.baseVal.value;
  const boxes = [...svg.querySelectorAll('text')].map(text => ({ text: text.textContent, box: text.getBBox() }));
  const leaves = ({ box }) => box.x < 0 || box.x + box.width > width;
  const outside = boxes.filter(leaves).map(({ text }) => `outside: ${text}`);
  const meeting = boxes.flatMap((one, place) => boxes.slice(place + 1)
    .filter(other => one.box.x < other.box.x + other.box.width && other.box.x < one.box.x + one.box.width
      && one.box.y < other.box.y + other.box.height && other.box.y < one.box.y + one.box.height
      && !(svg.closest('.head') && Math.abs(one.box.y - other.box.y) > 8))
    .map(other => `${one.text} / ${other.text}`));
  return [...outside, ...meeting];
})"""
LUMINANCE = """(element) => {
  const [red, green, blue] = getComputedStyle(element).backgroundColor.match(/[0-9.]+/g).map(Number);
  return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}"""


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(html(sample.FAILING), encoding="utf-8")
    return file.as_uri()


class Reader:
    """A page in a context of its own, and everything it said or asked for."""

    def __init__(self, browser: Browser, address: str, **context: Any) -> None:
        settings: dict[str, Any] = {"viewport": DESKTOP, "offline": True} | context
        self.context: BrowserContext = browser.new_context(**settings)
        self.page: Page = self.context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(address)

    def step(self, label: str) -> Any:
        """The unfoldable step with this label."""
        return self.page.locator("details.step", has=self.page.locator("svg .label", has_text=label)).first


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[Reader]:
    reader = Reader(browser, address)
    yield reader
    reader.context.close()


@pytest.fixture
def on_a_phone(browser: Browser, address: str) -> Iterator[Reader]:
    reader = Reader(browser, address, viewport=PHONE, has_touch=True, is_mobile=True)
    yield reader
    reader.context.close()


def test_it_opens_offline_without_an_error_or_a_request(reader: Reader, address: str) -> None:
    for summary in reader.page.locator("details.scenario > summary").all():
        summary.click()
    reader.page.locator("button.unfold").first.click(force=True)

    assert reader.said == []
    assert [url for url in reader.asked if url != address and not url.startswith("data:")] == []


def test_the_verdict_is_seen_without_scrolling(reader: Reader) -> None:
    stamp, headline = reader.page.locator(".stamp"), reader.page.locator("h1")

    assert stamp.inner_text() == "FAIL"
    for shown in (stamp, headline):
        box = shown.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < DESKTOP["height"]


def test_a_click_on_a_step_unfolds_its_json_in_its_place(reader: Reader) -> None:
    step = reader.step("shipment.shipped SH-4001")
    assert not step.locator("pre").is_visible()

    step.locator("summary").click()

    assert '"lineStatus": "shortClosed"' in step.locator("pre").inner_text()
    step.locator("pre .key").nth(5).wait_for()  # the JSON is coloured when it is first seen


def test_the_diagram_is_walked_and_unfolded_with_the_keyboard(reader: Reader) -> None:
    reader.step("shipment.shipped SH-4001").locator("summary").focus()
    reader.page.keyboard.press("ArrowDown")
    reader.page.keyboard.press("Enter")

    assert reader.step("confirmShipment").locator("pre").is_visible()


def test_a_step_in_focus_tells_its_whole_story(reader: Reader) -> None:
    tip = reader.step("createInvoice → no answer").locator(".tip-text")
    reader.step("confirmShipment").locator("summary").focus()
    reader.page.keyboard.press("ArrowDown")
    reader.page.keyboard.press("ArrowDown")

    reader.page.wait_for_function("(tip) => getComputedStyle(tip).opacity === '1'", arg=tip.element_handle())
    assert "it may have happened" in tip.inner_text()
    assert "struck by no-answer" in tip.inner_text()


def test_a_link_to_the_evidence_leads_to_its_unfolded_step(reader: Reader) -> None:
    reader.page.locator(".evidence-list a", has_text="1c").click()

    detail = reader.step("createInvoice → no answer").locator(".detail")
    detail.wait_for(state="visible")
    reader.page.wait_for_function(
        "(box) => { const { top, bottom } = box.getBoundingClientRect(); return top < innerHeight && bottom > 0; }",
        arg=detail.element_handle(),
    )


def test_the_copy_button_copies_the_command(reader: Reader) -> None:
    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    finding = reader.page.locator(".finding").first

    finding.locator("button.copy").click()

    finding.locator("button.copy", has_text="Copied").wait_for()
    assert reader.page.evaluate("navigator.clipboard.readText()") == sample.BILLS_ORDERED.reproduce


def test_no_two_texts_of_a_diagram_meet(reader: Reader) -> None:
    for place in range(len(sample.FAILING.scenarios)):
        reader.page.evaluate(f"document.querySelectorAll('details.scenario')[{place}].open = true")
    reader.page.evaluate("document.querySelectorAll('details.order').forEach((order) => { order.open = true; })")

    assert reader.page.evaluate(COLLISIONS) == []


def test_the_head_of_the_diagram_stays_in_sight_on_a_desktop(reader: Reader) -> None:
    reader.step("setOrderStatus delivered").scroll_into_view_if_needed()

    box = reader.page.locator(".diagram .head").first.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 5


def test_a_phone_scrolls_the_diagram_in_its_box_and_never_the_page(on_a_phone: Reader) -> None:
    page = on_a_phone.page
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")

    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    box = page.locator(".diagram").first
    assert box.evaluate("(box) => box.scrollWidth > box.clientWidth")
    assert box.evaluate("(box) => box.scrollLeft") > 0, "it begins with the layer in the middle"
    detail = page.locator(".detail").first.bounding_box()
    assert detail is not None
    assert detail["x"] >= 0
    assert detail["x"] + detail["width"] <= PHONE["width"]


@pytest.mark.parametrize(("scheme", "is_dark"), [("light", False), ("dark", True)])
def test_the_page_is_as_dark_as_the_reader_wants_it(browser: Browser, address: str, scheme: str, is_dark: bool) -> None:
    reader = Reader(browser, address, color_scheme=scheme)

    for selector in ("body", ".finding", ".step.evidence > summary"):
        assert (reader.page.locator(selector).first.evaluate(LUMINANCE) < 0.4) is is_dark, selector
    reader.context.close()


def test_without_javascript_everything_can_still_be_read(browser: Browser, address: str) -> None:
    reader = Reader(browser, address, java_script_enabled=False)
    step = reader.step("shipment.shipped SH-4001")

    assert reader.page.locator("button").first.is_hidden(), "a button that does nothing is not shown"
    step.locator("summary").click()
    assert step.locator("pre").is_visible()
    reader.page.locator(".evidence-list a", has_text="1c").click()
    reader.step("createInvoice → no answer").locator(".detail").wait_for(state="visible")
    reader.context.close()


def test_a_script_in_a_name_never_runs(browser: Browser, tmp_path: Path) -> None:
    hostile = "</script><script>document.title = 'owned'</script><img src=x onerror=\"document.title = 'owned'\">"
    page = html(sample.FAILING).replace("The warehouse ships less than was ordered", hostile)  # as if not escaped
    file = tmp_path / "report.html"
    file.write_text(page, encoding="utf-8")
    reader = Reader(browser, file.as_uri())

    assert "owned" not in reader.page.title()
    assert any("Content Security Policy" in said for said in reader.said)
    reader.context.close()


@pytest.fixture
def long_run(browser: Browser, tmp_path: Path) -> Iterator[Reader]:
    file = tmp_path / "report.html"
    file.write_text(html(sample.LONG), encoding="utf-8")
    reader = Reader(browser, file.as_uri())
    yield reader
    reader.context.close()


def test_what_passed_in_a_long_run_is_unpacked_when_it_is_unfolded(long_run: Reader) -> None:
    scenario = long_run.page.locator("details.scenario", has_text="passed-30")
    order = scenario.locator("details.order").first
    assert order.locator("[data-packed]").count() == 1
    scenario.locator("summary").first.click()
    order.locator("summary").first.click()

    order.locator("details.step").first.wait_for()
    assert order.locator("[data-packed], .packed").count() == 0
    steps = sample.PARTIAL.orders[0].timeline
    assert order.locator("details.step").count() == len(steps)
    order.locator("button.unfold").click()
    shown = [pre.text_content() for pre in order.locator("pre").all()]
    assert shown == [pretty_json(step.detail) for step in steps if step.detail is not None]
    assert (long_run.said, [url for url in long_run.asked if not url.startswith("file:")]) == ([], [])


def test_a_link_to_a_step_that_is_packed_leads_there(browser: Browser, long_run: Reader) -> None:
    body = long_run.page.locator(".order-body", has=long_run.page.locator("[data-packed]")).last
    name = body.get_attribute("id")
    reader = Reader(browser, f"{long_run.page.url}#{name}-0")

    reader.page.locator(f"#{name}-0").wait_for(state="visible")
    reader.context.close()


def test_without_javascript_it_is_said_where_to_find_what_is_packed(browser: Browser, long_run: Reader) -> None:
    reader = Reader(browser, long_run.page.url, java_script_enabled=False)
    scenario = reader.page.locator("details.scenario", has_text="passed-30")
    scenario.locator("summary").first.click()
    order = scenario.locator("details.order").first
    order.locator("summary").first.click()

    assert "The journal has all of it" in order.locator(".packed").inner_text()
    reader.context.close()
