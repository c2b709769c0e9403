"""AsyncAPI's own parser, which Crossdock did not write, finds nothing wrong with our document, and finds what is wrong.

It is installed from npm into pytest's cache. Without npm the tests are left out and say so, and fail in CI.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from crossdock.contracts.documents import path_of

PACKAGE = "@asyncapi/parser@3.6.3"
DOCUMENT = path_of("events/v1/asyncapi.yaml")
# What the parser calls an error; warnings and hints have higher numbers.
ERROR = 0
SCRIPT = """
import { Parser, fromFile } from '@asyncapi/parser';
const answers = [];
for (const file of process.argv.slice(2)) {
  const { document, diagnostics } = await fromFile(new Parser(), file).parse();
  answers.push({
    operations: document ? document.operations().all().map((each) => each.id()) : [],
    problems: diagnostics.map(({ severity, code, path, message }) => ({ severity, code, path, message })),
  });
}
console.log(JSON.stringify(answers));
"""


@pytest.fixture
def parser(request: pytest.FixtureRequest) -> Path:
    """The folder in which the parser is installed, with the script that asks it."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        reason = f"there is no Node.js with npm here, so {PACKAGE} can't be asked"
        if os.environ.get("CI"):
            pytest.fail(f"{reason} (which fails where CI is set)", pytrace=False)
        pytest.skip(reason)
    assert request.config.cache is not None
    folder = request.config.cache.mkdir("asyncapi-parser")
    complete = folder / "complete"
    if not complete.exists() or complete.read_text("utf-8") != PACKAGE:
        command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", PACKAGE]
        subprocess.run(command, cwd=folder, check=True, timeout=110)
        complete.write_text(PACKAGE, "utf-8")
    (folder / "ask.mjs").write_text(SCRIPT, "utf-8")
    return folder


def asked(parser: Path, *documents: Path) -> list[Any]:
    command = ["node", "ask.mjs", *map(str, documents)]
    done = subprocess.run(command, cwd=parser, capture_output=True, text=True, check=False, timeout=100)
    assert done.returncode == 0, done.stderr[-2000:]
    answers: list[Any] = json.loads(done.stdout)
    return answers


def test_the_parser_of_asyncapi_takes_our_document_and_refuses_it_spoilt(parser: Path, tmp_path: Path) -> None:
    contracts = tmp_path / "contracts"
    for folder in ("canonical", "warehouse", "http"):
        shutil.copytree(DOCUMENT.parents[2] / folder, contracts / folder)
    spoilt = contracts / "events" / "v1" / "asyncapi.yaml"
    spoilt.parent.mkdir(parents=True)
    text = DOCUMENT.read_text("utf-8")
    dangling = text.replace('channel: {$ref: "#/channels/warehouseReplies"}', 'channel: {$ref: "#/channels/nowhere"}')
    assert dangling != text
    spoilt.write_text(dangling, "utf-8")

    ours, broken = asked(parser, DOCUMENT, spoilt)

    assert [each for each in ours["problems"] if each["severity"] == ERROR] == []
    assert {"sendOrderSubmitted", "sendPartyEvent", "createFulfilmentRequest", "putWarehouseItem"} <= set(
        ours["operations"]
    )
    assert "invalid-ref" in {each["code"] for each in broken["problems"] if each["severity"] == ERROR}
