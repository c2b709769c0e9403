"""crossdock contract pact matrix: who can be deployed with whom."""

import json
import os
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from crossdock.harness.cli import cli
from crossdock.tests.harness.pacts.pacts import order_is_read, written


def pact(*words: str) -> Result:
    return CliRunner().invoke(cli, ["contract", "pact", *words])


def verified(folder: Path, name: str, *files: str, at: int = 1) -> int:
    """Verify these and keep the result in the folder, as of that second."""
    done = pact("verify", *files, "--json", "--output", str(folder / name))
    os.utime(folder / name, (at, at))
    return done.exit_code


def answers(folder: Path, *words: str) -> tuple[int, list[dict[str, Any]]]:
    done = pact("matrix", str(folder), "--json", *words)
    return done.exit_code, json.loads(done.stdout)


def test_whose_pact_holds_goes_with_its_provider(tmp_path: Path) -> None:
    file = written(tmp_path, order_is_read({"orderId": "CO-10042"}))
    assert verified(tmp_path, "result.json", file) == 0
    done = pact("matrix", str(tmp_path))
    assert done.exit_code == 0
    assert "yes      layer  crm  1 of 1 interactions hold at crm" in done.stdout


def test_whose_pact_does_not_hold_does_not(tmp_path: Path) -> None:
    file = written(tmp_path, order_is_read({"orderId": "CO-1"}))
    assert verified(tmp_path, "result.json", file) == 1
    code, (pair,) = answers(tmp_path)
    assert (code, pair["answer"]) == (1, "no")
    assert pair["because"] == "0 of 1 interactions hold at crm; not 'an order is read'"


def test_what_was_never_verified_nobody_knows(tmp_path: Path) -> None:
    written(tmp_path, order_is_read({}))
    code, (pair,) = answers(tmp_path)
    assert (code, pair["answer"]) == (3, "unknown")
    assert pair["because"].startswith("this pact was never verified")


def test_a_result_of_another_version_of_the_pact_says_nothing(tmp_path: Path) -> None:
    old = written(tmp_path / "elsewhere", order_is_read({}))
    written(tmp_path / "here", order_is_read({"orderId": "CO-10042"}))
    assert verified(tmp_path / "here", "result.json", old) == 0
    code, (pair,) = answers(tmp_path / "here")
    assert (code, pair["answer"]) == (3, "unknown")
    assert pair["because"].startswith("only another version of this pact was verified")


def test_what_could_not_be_verified_is_no_yes(tmp_path: Path) -> None:
    wrong = order_is_read({}, [{"name": "an order exists", "params": {"lines": "many"}}])
    assert verified(tmp_path, "result.json", written(tmp_path, wrong)) == 2
    code, (pair,) = answers(tmp_path)
    assert (code, pair["answer"]) == (3, "unknown")


def test_the_newest_result_counts(tmp_path: Path) -> None:
    file = written(tmp_path, order_is_read({"orderId": "CO-10042"}))
    assert verified(tmp_path, "old.json", file, at=1) == 0
    failing = json.loads((tmp_path / "old.json").read_text("utf-8"))
    failing["pacts"][0]["interactions"][0]["outcome"] = "FAIL"
    (tmp_path / "new.json").write_text(json.dumps(failing), encoding="utf-8")
    os.utime(tmp_path / "new.json", (2, 2))
    assert answers(tmp_path)[0] == 1


def test_one_may_ask_about_one_party_alone(tmp_path: Path) -> None:
    verified(tmp_path, "result.json", written(tmp_path, order_is_read({"orderId": "CO-10042"})))
    written(tmp_path, order_is_read({}), provider="erp", name="other.json")
    assert answers(tmp_path, "--who", "crm")[0] == 0
    assert answers(tmp_path, "--who", "layer")[0] == 3
    done = pact("matrix", str(tmp_path), "--who", "nobody")
    assert (done.exit_code, "holds no pact with 'nobody'" in done.stderr) == (2, True)
