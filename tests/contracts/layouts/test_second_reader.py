"""csv-parse, which Crossdock did not write, finds the same records and cells as we do, and refuses what we refuse.

It is installed from npm into pytest's cache. Without npm the tests are left out, and say so.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crossdock.contracts.layouts import Layout, to_octets
from crossdock.contracts.layouts.records import RecordReader
from crossdock.tests.contracts.layouts.generated import HEADINGS, rows
from crossdock.tests.contracts.layouts.samples import LAYOUTS, sample
from crossdock.tests.contracts.layouts.small import PLAIN, changed
from crossdock.tests.contracts.layouts.test_round_trip import any_layout

SOURCE = Path(__file__).parent / "second_reader"
Told = list[list[str]] | None
"""Records with their cells, None for a text that is refused."""


class SecondReader:
    """csv-parse in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        npm = shutil.which("npm")
        if npm is None:
            pytest.skip("there is no npm here, so the second reader can't be installed")
        if (folder / "complete").exists() and (folder / "package.json").read_bytes() == self._packages:
            return
        for file in SOURCE.iterdir():
            shutil.copy(file, folder)
        command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
        subprocess.run(command, cwd=folder, check=True, timeout=100)
        (folder / "complete").touch()

    @property
    def _packages(self) -> bytes:
        return (SOURCE / "package.json").read_bytes()

    def read(self, texts: list[tuple[str, str, str]]) -> list[Told]:
        """Text, delimiter and quote of each."""
        script = (SOURCE / "read.mjs").read_text("utf-8")
        (self._folder / "read.mjs").write_text(script, "utf-8")
        done = subprocess.run(
            ["node", "read.mjs"],
            cwd=self._folder,
            input=json.dumps(texts),
            capture_output=True,
            text=True,
            check=True,
            timeout=100,
        )
        told: list[Told] = json.loads(done.stdout)
        return told


@pytest.fixture(scope="module")
def second_reader(request: pytest.FixtureRequest) -> SecondReader:
    assert request.config.cache is not None
    return SecondReader(request.config.cache.mkdir("csv-parse"))


def ours(text: str, layout: Layout) -> Told:
    records = RecordReader(layout).feed(text.removeprefix("\ufeff"), last=True)
    return None if records.broken else records.cells


def multiline(tmp_path: Path) -> Layout:
    return changed(tmp_path, PLAIN, "columns: [{name: note, line_breaks: true}]\n")


# Of one record each, and some in which two readers of CSV files usually differ.
TEXTS = [
    "a,b,c\r\n",
    'a,"b",c\n',
    'a,"b,c"\r\n',
    'a,"b ""c"" d"\r\n',
    'a,"",c\r\n',
    '"",""\r\n',
    '""""\r\n',
    'a,"b\nc"\r\n',
    'a,"b\r\nc"\r\n',
    "a,b'c\r\n",
    ",,\r\n",
    "a\r\n\r\nb\r\n",
    "a, b ,c\r\n",
    'a,b"c\r\n',
    'a,"b"c\r\n',
    'a,"b\r\n',
    'a, "b"\r\n',
    'a,"b" ,c\r\n',
    '"a""\r\n',
    '"a"""\r\n',
    "a,\u2028,b\r\n",
    "\ufeffa,b\r\n",
    "a,b",
]


def test_the_two_agree_on_what_a_record_is(second_reader: SecondReader, tmp_path: Path) -> None:
    layout = multiline(tmp_path)

    theirs = second_reader.read([(text, ",", '"') for text in TEXTS])

    assert theirs == [ours(text, layout) for text in TEXTS]
    assert None in theirs


def test_the_two_agree_on_files_of_any_dialect(second_reader: SecondReader) -> None:
    texts: list[tuple[str, str, str]] = []
    expected: list[Told] = []

    @settings(max_examples=100, suppress_health_check=(), deadline=None)
    @given(st.data())
    def collect(data: st.DataObject) -> None:
        layout = data.draw(any_layout().filter(lambda of: of.dialect.quoting != "none"))
        octets = to_octets(layout, data.draw(HEADINGS), data.draw(rows(layout)))
        text = octets.decode(layout.dialect.encoding)
        texts.append((text, layout.dialect.delimiter, layout.dialect.quote))
        expected.append(ours(text, layout))

    collect()
    assert second_reader.read(texts) == expected


def test_the_two_agree_on_the_samples_and_on_garbage(second_reader: SecondReader, tmp_path: Path) -> None:
    layout = multiline(tmp_path)
    texts = [sample(name).decode() for name in LAYOUTS]
    words = st.lists(st.sampled_from(['"', ",", "\n", "\r\n", "a", "b c", '""']), max_size=12).map("".join)

    @settings(max_examples=300)
    @given(words)
    def collect(text: str) -> None:
        texts.append(text)

    collect()
    theirs = second_reader.read([(text, ",", '"') for text in texts])
    different = [
        (text, mine, other)
        for text, mine, other in zip(texts, (ours(text, layout) for text in texts), theirs, strict=True)
        if mine != other
    ]
    assert different == []
    assert msgspec.json.encode(theirs)
