"""What docs/reference/sftp.md says is what there is."""

import re
from pathlib import Path

from crossdock.simulators.channels.sftp.completion import Completion
from crossdock.simulators.channels.sftp.layout import Layout
from crossdock.simulators.channels.sftp.limits import MIB, Limits

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "sftp.md").read_text("utf-8")


def row(beginning: str) -> str:
    """The rest of the table row that begins so."""
    (found,) = re.findall(rf"^\| {re.escape(beginning)}.*?\| (.*) \|$", PAGE, re.MULTILINE)
    return str(found)


def test_the_limits_are_those_of_a_server_that_is_given_none() -> None:
    limits = Limits()

    assert row("octets of a file; ") == f"{limits.file_octets // MIB} MiB; {limits.quota_octets // MIB} MiB"
    assert row("files in a mailbox") == f"{limits.files:,}"
    assert row("octets of a path; ") == f"{limits.path_octets:,}; {limits.name_octets}; {limits.depth}"
    assert row("characters that no") == f"control characters, `{limits.forbidden_characters}`"
    assert row("open handles of a ") == f"{limits.handles}; {limits.sessions}; {limits.connections}"
    assert row("until a login is c") == f"{limits.login_s:g} s; {limits.login_attempts}; {limits.idle_s:g} s"


def test_the_folders_and_what_may_be_done_in_them_are_the_layout() -> None:
    layout = Layout()
    words = {"read": "read", "write": "write", "remove": "remove", "rename": "rename within", "leave": "move into"}

    for folder in layout:
        told = row(f"`{folder.name}/`")
        assert {right for right, word in words.items() if word in told} == folder.rights - {"enter"}, folder.name


def test_every_temporary_suffix_and_every_trigger_is_named() -> None:
    rule = Completion()

    assert all(f"`{suffix}`" in PAGE for suffix in rule.temporary)
    assert all(f"{suffix}`" in PAGE for suffix in rule.triggers)
    assert re.findall(r"^\| `(close|rename|trigger)`", PAGE, re.MULTILINE) == ["close", "rename", "trigger"]
