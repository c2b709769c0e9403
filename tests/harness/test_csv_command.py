"""What `crossdock csv` prints, whole. After a change that is meant, rewrite the files and read the difference:

UPDATE_GOLDEN=1 python -m pytest tests/harness/test_csv_command.py
"""

from __future__ import annotations

import difflib
import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from crossdock.contracts import documents
from crossdock.contracts.layouts import End, Header, Row, layout, read
from crossdock.contracts.validation import Validator
from crossdock.harness.cli.csv import command

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent / "golden" / "csv"
SAMPLES = ROOT / "docs" / "reference" / "samples" / "csv"
CORPUS = ROOT / "tests" / "contracts" / "layouts" / "corpus"
PARTNER = SAMPLES / "ship_confirm_lager_sued.yaml"
SHIPPED = SAMPLES / "ship_confirm_regional_20260302_170000_000017.csv"
STOCK = SAMPLES / "inventory_regional_20260302_170000_000017.csv"
GERMAN = SAMPLES / "VERSAND_20260302_170000_000017.csv"
GOLDEN: dict[str, tuple[str | Path, ...]] = {
    "read_stock.txt": ("read", STOCK),
    "read_shipment.txt": ("read", SHIPPED, "--rows", "2"),
    "read_mistakes.txt": ("read", CORPUS / "pick_request.missing_cells.csv"),
    "explain_shipment.txt": ("explain", SHIPPED, "--rows", "2"),
    "explain_german.txt": ("explain", GERMAN, "--layout", PARTNER),
    "explain_mistakes.txt": ("explain", CORPUS / "pick_request.truncated.csv"),
    "check_good.txt": ("check", SHIPPED),
    "check_german.txt": ("check", GERMAN, "--layout", PARTNER),
    "check_rejected_rows.txt": ("check", CORPUS / "pick_request.exponents.csv"),
    "check_rejected_file.txt": ("check", CORPUS / "pick_request.wrong_totals.csv"),
    "check_strict_file.txt": ("check", CORPUS / "strict.one_bad_row.csv", "--layout", CORPUS / "strict.yaml"),
    "check_few.txt": ("check", CORPUS / "pick_request.formulas.csv", "--most", "2"),
    "check_terminal_escapes.txt": ("check", CORPUS / "pick_request.terminal_escapes.csv"),
    "check_of_another_layout.txt": ("check", SHIPPED, "--layout", "tracking"),
    "check_unknown.txt": ("check", CORPUS / "pick_request.html.csv"),
    "check_archive.txt": ("check", CORPUS / "pick_request.zip.csv"),
    "check_empty.txt": ("check", CORPUS / "pick_request.empty.csv", "--layout", "pick_request"),
    "help.txt": ("--help",),
    "help_read.txt": ("read", "--help"),
    "help_explain.txt": ("explain", "--help"),
    "help_check.txt": ("check", "--help"),
}
WITH_MISTAKES = {name for name in GOLDEN if name.startswith("check_")} - {"check_good.txt", "check_german.txt"}
UNUSABLE = {"check_unknown.txt", "check_archive.txt"}


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(command, [str(word) for word in words], env={"COLUMNS": "100"}, prog_name="crossdock csv")


def printed(*words: str | Path) -> str:
    """Everything that is printed, and the exit code; folders left out."""
    done = run(*words)
    text = f"{done.output}exit code {done.exit_code}\n"
    return text.replace(f"{CORPUS}/", "").replace(f"{SAMPLES}/", "")


@pytest.mark.parametrize("name", GOLDEN)
def test_what_people_see_is_what_was_approved(name: str) -> None:
    seen, file = printed(*GOLDEN[name]), FOLDER / name
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(seen, encoding="utf-8")
    approved = file.read_text(encoding="utf-8") if file.exists() else ""
    if seen != approved:
        lines = difflib.unified_diff(approved.splitlines(), seen.splitlines(), "approved", "seen now", lineterm="")
        told = "\n".join(lines)
        pytest.fail(f"{name} has changed. If that is meant: UPDATE_GOLDEN=1, then read it.\n{told}", pytrace=False)


def test_no_golden_file_is_left_over() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(GOLDEN), "delete the files that no test reads"


@pytest.mark.parametrize("name", GOLDEN)
def test_the_exit_code_tells_good_files_from_bad_ones_and_from_wrong_usage(name: str) -> None:
    expected = 2 if name in UNUSABLE else 1 if name in WITH_MISTAKES else 0

    assert run(*GOLDEN[name]).exit_code == expected


@pytest.mark.parametrize("what", ["read", "check"])
@pytest.mark.parametrize(
    "file", [*sorted(CORPUS.glob("pick_request.*.csv")), SHIPPED, STOCK], ids=lambda file: file.name
)
def test_json_is_what_its_schema_says(what: str, file: Path) -> None:
    name = layout(file.name.split(".")[0] if file.parent == CORPUS else "ship_confirm").name
    wanted = () if file.parent == SAMPLES else ("--layout", name)

    done = run(what, file, "--json", *wanted)
    document = json.loads(done.output)

    assert Validator(documents.load("harness/v1/csv-reading.json")).errors(document) == []
    events = list(read(file.read_bytes(), layout(document["layout"])))
    end = events[-1]
    assert isinstance(end, End)
    assert (document["accepted"], document["rows"], document["rejected"]) == (end.accepted, end.rows, end.rejected)
    rows = sum(event["kind"] == "row" for event in document["events"])
    assert rows == (sum(isinstance(event, Row) for event in events) if what == "read" else 0)


def test_an_error_file_is_written_to_whom_the_file_came_from(tmp_path: Path) -> None:
    errors = tmp_path / "errors.csv"

    done = run("check", CORPUS / "pick_request.exponents.csv", "--errors", errors)

    assert done.exit_code == 1
    assert f"{errors} holds 3 mistakes" in done.output
    header, *rows, end = read(errors.read_bytes(), layout("error_file"))
    assert isinstance(end, End)
    assert end.accepted
    assert isinstance(header, Header)
    heading = header.heading
    assert (heading.sender, heading.receiver, heading.sequence) == ("regional", "layer", 17)
    assert len([row for row in rows if isinstance(row, Row)]) == 3


def test_an_error_file_is_written_for_a_file_that_says_nothing_of_itself(tmp_path: Path) -> None:
    errors = tmp_path / "errors.csv"

    done = run("check", CORPUS / "pick_request.html.csv", "--layout", "pick_request", "--errors", errors)

    assert done.exit_code == 1
    assert errors.read_text("utf-8").startswith("HDR,error_file,crossdock,unknown,1,")


@pytest.mark.parametrize("what", ["read", "explain", "check"])
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere.csv",), "nowhere.csv: there is no such file"),
        ((SAMPLES,), "is a folder: name a file in it"),
        ((SHIPPED, "--layout", "ship_confrm"), "did you mean ship_confirm?"),
        ((SHIPPED, "--layout", "nowhere.yaml"), "--layout: there is no file nowhere.yaml"),
        ((SHIPPED, "--layout", SHIPPED), "the layout can't be used"),
        ((CORPUS / "pick_request.empty.csv",), "there is nothing in the file"),
        ((CORPUS / "pick_request.random_bytes.csv",), "name another with --layout"),
        ((), "Missing argument 'FILE'"),
    ],
)
def test_wrong_usage_is_answered_with_what_to_do(what: str, words: tuple[str | Path, ...], said: str) -> None:
    done = run(what, *words)

    assert done.exit_code == 2
    assert said in " ".join(done.output.split())


def test_a_layout_that_is_wrong_is_told_with_its_line(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text("layout: mine\ntitle: Mine\nbased_on: ship_confirm\nwithout: [lots]\n", encoding="utf-8")

    done = run("check", SHIPPED, "--layout", mine)

    assert done.exit_code == 2
    assert f"{mine}:4:11: /without/0: there is no column 'lots' to leave out" in done.output


def test_a_file_of_a_gigabyte_is_answered_at_once(tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    large.write_bytes(SHIPPED.read_bytes())
    with large.open("r+b") as file:
        file.truncate(1 << 30)

    done = run("check", large)

    assert done.exit_code == 1
    assert "file_size: has 1,073,741,824 bytes, and 104,857,600 are the limit" in done.output


def test_a_file_without_leave_to_read_is_answered_with_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)

    done = run("check", tmp_path / "secret.csv")

    assert done.exit_code == 2
    assert "secret.csv: can't be read: Permission denied" in done.output


def test_a_pipe_is_answered_with_what_to_do(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = os.open(pipe, os.O_RDWR)  # so that opening it to read does not wait for anybody
    try:
        done = run("check", pipe)
    finally:
        os.close(writer)

    assert done.exit_code == 2
    assert "is no file, but a stream" in " ".join(done.output.split())
