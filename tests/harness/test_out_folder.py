"""The folder of --out: nothing of an earlier run stands among what a new one leaves."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from crossdock.harness.cli.out_folder import LEFT, emptied, refuse_used
from crossdock.harness.cli.run import command as run
from crossdock.harness.cli.selftest import command as selftest


@pytest.mark.parametrize("name", LEFT)
def test_a_folder_that_holds_a_run_is_refused_unless_it_is_to_be_replaced(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_text("{}", "utf-8")

    with pytest.raises(SystemExit) as ended:
        refuse_used(tmp_path, replace=False)

    assert ended.value.code == 2
    assert f"{tmp_path} holds an earlier run ({name})" in capsys.readouterr().err
    refuse_used(tmp_path, replace=True)


def test_what_an_earlier_run_and_its_layer_left_is_gone(tmp_path: Path) -> None:
    (tmp_path / "worlds" / "2").mkdir(parents=True)
    for name in ("plan.yaml", "layer.sqlite", "worlds/2/journal.ndjson"):
        (tmp_path / name).write_text("old", "utf-8")

    assert emptied(tmp_path) == tmp_path
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_a_run_is_taken_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", "utf-8")

    refuse_used(tmp_path, replace=False)

    assert [path.name for path in emptied(tmp_path).iterdir()] == ["notes.txt"]
    assert emptied(tmp_path / "new" / "one").is_dir()


@pytest.mark.parametrize("command", [run, selftest])
def test_the_commands_ask_before_anything_starts(tmp_path: Path, command: object) -> None:
    (tmp_path / "result.json").write_text("{}", "utf-8")
    done = CliRunner().invoke(command, ["--out", str(tmp_path)])  # type: ignore[arg-type]

    assert done.exit_code == 2
    assert "give --replace to have it emptied first" in done.output
    assert (tmp_path / "result.json").is_file()


def test_replace_without_a_folder_is_a_mistake() -> None:
    done = CliRunner().invoke(run, ["--replace"])
    assert done.exit_code == 2
    assert "--replace is about the folder that --out names" in done.output
