"""crossdock edi: what people see, whole. After a change that is meant, rewrite the files and read the difference:

UPDATE_GOLDEN=1 python -m pytest tests/harness/test_edi_command.py
"""

from __future__ import annotations

import difflib
import os
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from crossdock.contracts.documents import load
from crossdock.contracts.validation import Validator
from crossdock.harness.cli import cli
from crossdock.tests.contracts.edi.messages import ORDER
from crossdock.tests.contracts.edi.nasty import CORPUS, NASTY
from crossdock.tests.contracts.edi.partners import PURCHASE_ORDER
from crossdock.tests.harness.edi_files import PARTNER, RIGHT, WRONG

FOLDER = Path(__file__).parent / "golden" / "edi"


def edi(folder: Path, verb: str, text: str | bytes, *options: str) -> Result:
    """Run the command on a file with that in it."""
    file = folder / "file.x12"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    (folder / "partner.yaml").write_text(PARTNER, "utf-8")
    words = [option.replace("{folder}", str(folder)) for option in options]
    return CliRunner().invoke(cli, ["edi", verb, str(file), *words])


@pytest.mark.parametrize(
    ("golden", "verb", "text", "options", "code"),
    [
        ("read_right.txt", "read", RIGHT, (), 0),
        ("read_wrong.txt", "read", WRONG, (), 0),
        ("explain_right.txt", "explain", RIGHT, (), 0),
        ("explain_wrong.txt", "explain", WRONG, (), 0),
        ("check_right.txt", "check", RIGHT, (), 0),
        ("check_wrong.txt", "check", WRONG, (), 1),
        ("check_by_partner.txt", "check", RIGHT, ("--guide", "{folder}/partner.yaml"), 1),
        ("read_wrong.json", "read", WRONG, ("--json",), 0),
    ],
)
def test_what_is_printed_is_what_was_approved(
    golden: str, verb: str, text: str, options: tuple[str, ...], code: int, tmp_path: Path
) -> None:
    done = edi(tmp_path, verb, text, *options)
    path = FOLDER / golden
    if "UPDATE_GOLDEN" in os.environ:
        path.write_text(done.stdout, "utf-8")
    approved = path.read_text("utf-8") if path.exists() else ""

    assert (done.exit_code, done.stderr) == (code, "")
    if done.stdout != approved:
        lines = difflib.unified_diff(approved.splitlines(), done.stdout.splitlines(), "approved", "seen", lineterm="")
        told = "\n".join(lines)
        pytest.fail(f"{golden} has changed. If that is meant: UPDATE_GOLDEN=1, then read it.\n{told}", pytrace=False)


def test_no_golden_file_is_left_over() -> None:
    source = Path(__file__).read_text("utf-8")

    assert [path.name for path in FOLDER.iterdir() if f'"{path.name}"' not in source] == []


@pytest.mark.parametrize("verb", ["read", "explain", "check"])
@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_file_is_told_about_without_a_traceback(verb: str, name: str) -> None:
    plain = CliRunner().invoke(cli, ["edi", verb, str(CORPUS / f"{name}.x12")])
    as_json = CliRunner().invoke(cli, ["edi", verb, str(CORPUS / f"{name}.x12"), "--json"])

    assert plain.exception is None or isinstance(plain.exception, SystemExit)
    assert (plain.exit_code, as_json.exit_code) == ((1, 1) if verb == "check" else (0, 0))
    events = msgspec.json.decode(as_json.stdout)
    assert Validator(load("x12/events.json")).errors(events) == []


def test_the_events_are_what_their_schema_says(tmp_path: Path) -> None:
    done = edi(tmp_path, "read", RIGHT + WRONG, "--json")

    assert Validator(load("x12/events.json")).errors(msgspec.json.decode(done.stdout)) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", "nowhere.x12"], "nowhere.x12: there is no such file"),
        (["explain", "."], "can't be read: Is a directory"),
        (["check", str(CORPUS / "empty.x12"), "--guide", "nowhere.yaml"], "nowhere.yaml:1:1: there is no such file"),
        (["check"], "Missing argument 'FILE'"),
    ],
)
def test_what_can_not_be_read_is_wrong_usage(words: list[str], said: str) -> None:
    done = CliRunner().invoke(cli, ["edi", *words])

    assert done.exit_code == 2
    assert said in done.stderr


def test_a_wrong_guide_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "guide.yaml").write_text(PARTNER.replace("W66", "W99"), "utf-8")

    done = edi(tmp_path, "check", ORDER, "--guide", "{folder}/guide.yaml")

    assert done.exit_code == 2
    assert "guide.yaml:5:5: /restrict/0/segment: the set has no W99" in done.stderr


@pytest.mark.parametrize(
    ("old", "new", "code", "last"),
    [
        ("", "", 3, "NOT JUDGED: 1 interchange, 0 of 1 sets accepted, 1 not judged, for want of a guide"),
        ("GE*1*", "GE*2*", 1, "REJECTED: 1 interchange, 0 of 1 sets accepted, 1 not judged, for want of a guide"),
        ("BEG*", "XYZ*1~\nBEG*", 1, "REJECTED: 1 interchange, 0 of 1 sets accepted, 1 not judged, for want of a guide"),
    ],
)
def test_a_set_without_a_guide_is_neither_accepted_nor_rejected_unless_its_envelope_is_wrong(
    old: str, new: str, code: int, last: str, tmp_path: Path
) -> None:
    done = edi(tmp_path, "check", PURCHASE_ORDER.replace(old, new, 1) if old else PURCHASE_ORDER)

    assert (done.exit_code, done.stdout.splitlines()[-1]) == (code, last)


@pytest.mark.parametrize("verb", ["read", "explain", "check"])
def test_people_see_what_is_in_a_rejected_interchange_and_programs_do_not(verb: str, tmp_path: Path) -> None:
    text = ORDER.replace("ISA*00*          *", "ISA*00* *").replace("W05*N*", "W05*?*")
    plain, events = edi(tmp_path, verb, text), edi(tmp_path, verb, text, "--json")

    assert "Interchange 000000101 is rejected for its header: what is in it is looked at" in plain.stdout
    assert "W05" in plain.stdout
    assert [event["event"] for event in msgspec.json.decode(events.stdout)] == ["interchange", "interchange-end"]
    if verb == "check":
        assert plain.stdout.splitlines()[-1] == "REJECTED: 1 interchange, 0 of 1 sets accepted"


@pytest.mark.parametrize("verb", ["read", "explain"])
def test_a_file_without_anything_is_told_as_one(verb: str, tmp_path: Path) -> None:
    assert edi(tmp_path, verb, " \n").stdout == "There is no interchange in the file\n"


def test_octets_that_are_no_text_are_shown_as_they_stand(tmp_path: Path) -> None:
    done = edi(tmp_path, "explain", b"\xc8\x1bkj")

    assert done.stdout.endswith("It begins: \\xc8\\x1bkj\n")


def test_standard_input_is_read_too() -> None:
    done = CliRunner().invoke(cli, ["edi", "check", "-"], input=ORDER.encode())

    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "ACCEPTED: 1 interchange, 1 of 1 sets accepted")
