"""What the command line answers, above all to what can't be right."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from crossdock.tests.end_to_end.conftest import EXAMPLES, Crossdock

REFERENCE = EXAMPLES / "reference_layer" / "target.yaml"


def target(folder: Path, text: str) -> Path:
    file = folder / "target.yaml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["runn"], "did you mean `crossdock run`?"),
        (["run"], "--target"),
        (["run", "--target", "nowhere.yaml"], "nowhere.yaml: there is no such file"),
        (["run", "happy-pat", "--target", str(REFERENCE)], "did you mean 'happy-path'?"),
        (["run", "./mine.yaml", "--target", str(REFERENCE)], "mine.yaml: can't be read"),
        (["explain", "fault", "outag"], "did you mean 'outage'?"),
        (["report", "nowhere"], "holds no result.json"),
        (["simulate", "nort"], "there is no party 'nort'"),
    ],
)
def test_wrong_usage_is_answered_with_what_to_do(words: list[str], said: str, crossdock: Crossdock) -> None:
    done = crossdock(*words)

    assert done.code == 2, done.out + done.err
    assert said in " ".join(done.err.split())
    assert "Traceback" not in done.err


def test_a_layer_that_can_not_be_started_is_a_configuration_error(crossdock: Crossdock, tmp_path: Path) -> None:
    file = target(
        tmp_path,
        "crossdock: 1\nname: missing\nstart: {command: [no-such-program]}\nevents: {subscribe: poll}\n",
    )

    done = crossdock("run", "happy-path", "--target", file)

    assert done.code == 2, done.out + done.err
    assert "'no-such-program' can't be started" in " ".join(done.out.split())


def test_a_layer_that_ends_at_once_is_a_configuration_error_with_its_last_words(
    crossdock: Crossdock, tmp_path: Path
) -> None:
    file = target(
        tmp_path,
        "crossdock: 1\nname: short-lived\n"
        "start:\n  command: ['${PYTHON}', -c, 'print(\"I lack a database\"); raise SystemExit(4)']\n"
        "  ready: {url: 'http://127.0.0.1:${PORT}/health'}\n"
        "events: {subscribe: poll}\n",
    )

    done = crossdock("run", "happy-path", "--target", file)

    assert done.code == 2, done.out + done.err
    assert "exit code 4" in done.out
    assert "I lack a database" in done.out


def test_a_layer_that_polls_and_ends_at_once_is_a_configuration_error_too(crossdock: Crossdock, tmp_path: Path) -> None:
    file = target(
        tmp_path,
        "crossdock: 1\nname: short-lived\n"
        "start: {command: ['${PYTHON}', -c, 'raise SystemExit(4)']}\n"
        "events: {subscribe: poll}\n",
    )

    done = crossdock("run", "happy-path", "--target", file)

    assert done.code == 2, done.out + done.err
    assert "exit code 4" in done.out


def test_a_layer_that_is_said_to_poll_and_reads_no_feed_is_inconclusive(crossdock: Crossdock, tmp_path: Path) -> None:
    file = target(
        tmp_path,
        "crossdock: 1\nname: idle\n"
        "start:\n  command: ['${PYTHON}', -m, http.server, '${PORT}', --bind, 127.0.0.1]\n"
        "  ready: {url: 'http://127.0.0.1:${PORT}/', within_s: 3}\n"
        "events: {subscribe: poll}\n",
    )

    done = crossdock("run", "happy-path", "--target", file)

    assert done.code == 3, done.out + done.err
    assert "has not read the CRM's feed" in " ".join(done.out.split())


def test_a_layer_that_never_gets_ready_is_inconclusive(crossdock: Crossdock, tmp_path: Path) -> None:
    file = target(
        tmp_path,
        "crossdock: 1\nname: deaf\n"
        "start:\n  command: ['${PYTHON}', -c, 'import threading; threading.Event().wait()']\n"
        "  ready: {url: 'http://127.0.0.1:${PORT}/health', within_s: 0.5}\n  stop_within_s: 1\n"
        "events: {subscribe: poll}\n",
    )

    done = crossdock("run", "happy-path", "--target", file)

    assert done.code == 3, done.out + done.err
    assert "did not answer with 2xx within 0.5 s" in " ".join(done.out.split())


def test_a_layer_that_is_nowhere_is_inconclusive(crossdock: Crossdock, tmp_path: Path) -> None:
    file = target(
        tmp_path,
        "crossdock: 1\nname: elsewhere\nparties: {crm: {client_id: us}}\n"
        "events: {subscribe: harness, webhooks: 'http://127.0.0.1:9/webhooks/{party}'}\n",
    )

    done = crossdock("run", "happy-path", "--target", file)

    assert done.code == 3, done.out + done.err
    assert "nobody listens at http://127.0.0.1:9/webhooks/crm" in " ".join(done.out.split())


def test_a_layer_that_does_nothing_fails_and_never_passes(crossdock: Crossdock, tmp_path: Path) -> None:
    file = target(
        tmp_path,
        "crossdock: 1\nname: idle\n"
        "start: {command: ['${PYTHON}', -c, 'import threading; threading.Event().wait()'], stop_within_s: 1}\n"
        "events: {subscribe: harness, webhooks: 'http://127.0.0.1:${PORT}/webhooks/{party}'}\n"
        "deadlines: {settle_within_s: 0.5, quiet_for_s: 0.1}\n",
    )

    done = crossdock("run", "happy-path", "--target", file, "--json")

    assert done.code == 1, done.out + done.err
    findings = [finding for scenario in done.result["scenarios"] for finding in scenario["findings"]]
    assert {finding["invariant"] for finding in findings} == {"E3", "documents", "order-status"}


def test_what_a_target_does_not_claim_is_neither_passed_nor_failed(crossdock: Crossdock, tmp_path: Path) -> None:
    file = target(
        tmp_path,
        "crossdock: 1\nname: idle\n"
        "start: {command: ['${PYTHON}', -c, 'import threading; threading.Event().wait()'], stop_within_s: 1}\n"
        "events: {subscribe: harness, webhooks: 'http://127.0.0.1:${PORT}/webhooks/{party}'}\n",
    )

    done = crossdock("run", "cancel-before-pick", "--target", file, "--json")

    assert done.code == 3, done.out + done.err
    (scenario,) = done.result["scenarios"]
    assert scenario["verdict"] == "NOT_EXERCISED"
    assert "does not claim cancellation" in scenario["reason"]


@pytest.mark.parametrize("kind", ["scenarios", "faults", "actions", "invariants"])
def test_a_list_is_an_array_of_ids_and_titles(kind: str, crossdock: Crossdock) -> None:
    done = crossdock("list", kind, "--json")

    rows = json.loads(done.out)
    assert done.code == 0
    assert rows
    assert all(row["id"] and row["title"] for row in rows)


@pytest.mark.parametrize("kind", ["scenario", "fault", "action", "invariant"])
def test_everything_that_is_listed_can_be_explained(kind: str, crossdock: Crossdock) -> None:
    rows = json.loads(crossdock("list", f"{kind}s", "--json").out)

    done = crossdock("explain", kind, rows[0]["id"])

    assert done.code == 0
    assert rows[0]["id"] in done.out


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_command_has_a_code_of_its_own_and_leaves_no_process_behind(
    number: signal.Signals, code: int, tmp_path: Path
) -> None:
    command = [sys.executable, "-P", "-m", "crossdock.harness.cli", "run", "happy-path", "--target", str(REFERENCE)]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        assert "preflight" in running.stderr.readline()
        assert "plan" in running.stderr.readline(), "by then the layer runs"
        running.send_signal(number)
        _, err = running.communicate(timeout=60)

    assert running.returncode == code, err
    assert "crossdock: interrupted" in err
    assert "Traceback" not in err
    assert not [each for each in Path("/proc").glob("[0-9]*/environ") if str(tmp_path).encode() in _octets(each)]


def _octets(file: Path) -> bytes:
    """Nothing where the process is gone, or is none of ours."""
    try:
        return file.read_bytes()
    except OSError:
        return b""
