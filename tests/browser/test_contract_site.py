"""The site of the contracts in a browser, opened from a folder."""

from pathlib import Path

from playwright.sync_api import sync_playwright

from crossdock.reports.contract_site.site import contract_site


def test_the_search_finds_by_a_field_and_leads_there(chromium: Path, tmp_path: Path) -> None:
    for name, content in contract_site().items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page()
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "request", lambda request: problems.append(request.url) if not request.url.startswith("file:") else None
        )
        page.goto(f"file://{tmp_path}/index.html")
        page.keyboard.press("/")
        page.keyboard.type("sales order externalReference create")
        page.locator("#found a").first.click()
        page.wait_for_url("**/api-erp.html#*")
        page.fill("#search", "no such words at all")
        assert page.locator("#found").inner_text() == "Nothing has all of these words."
        page.keyboard.press("Escape")
        assert page.locator("#found").is_hidden()
        assert problems == []
        browser.close()
