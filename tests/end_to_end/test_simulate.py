"""`crossdock simulate` as people develop against it: what it prints works, and it stops when it is asked to."""

from __future__ import annotations

import asyncio
import json
import os
import shlex
import shutil
import signal
import socket
import subprocess
import threading
from pathlib import Path
from typing import Any

import asyncssh
import pytest

from crossdock.examples.reference_layer.settings import Settings
from crossdock.tests.end_to_end.conftest import Crossdock
from crossdock.tests.end_to_end.simulated import Simulated, simulated

ALL = ("crm", "erp", "east", "west=x12", "regional=csv")
DATA = """\
crossdock: 1
customers:
  - customerNumber: C-1
    name: Byrne Tools
    billTo: {name: Byrne Tools, line1: 12 Canal Street, city: Albany, postalCode: "12207", country: US}
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_cleanly(number: int, tmp_path: Path) -> None:
    with simulated("crm", folder=tmp_path) as running:
        code, err = running.stop(number)

    assert (code, err) == (0, "crossdock: stopped\n")


def test_all_parties_speak_rest_unless_told_otherwise(tmp_path: Path) -> None:
    with simulated(folder=tmp_path) as running:
        parties = running.offer["parties"]
        assert {name: told["channel"] for name, told in parties.items()} == dict.fromkeys(
            ("crm", "erp", "east", "west", "regional"), "rest"
        )
        for name, told in parties.items():
            token = running.token(name)
            status, _ = running.ask("GET", f"{told['url']}/v1/events", Authorization=f"Bearer {token}")
            assert status == 200, name


def test_every_command_that_is_printed_works_as_it_stands(tmp_path: Path) -> None:
    missing = [name for name in ("curl", "sftp", "sh", "sed") if shutil.which(name) is None]
    assert not missing, f"install {missing}: this test runs what people are told to type"
    typed = tmp_path / "typed"
    typed.write_text('#!/bin/sh\necho "$SFTP_PASSWORD"\n')
    typed.chmod(0o755)
    with simulated(*ALL, "--customers", "3", "--items", "3", "--under-way", "2", folder=tmp_path) as running:
        curls = [command for command in running.offer["try"] if not command.startswith("sftp")]
        sftps = [command for command in running.offer["try"] if command.startswith("sftp")]
        done = subprocess.run("\n".join(curls), shell=True, capture_output=True, text=True, check=True)
        assert '"items":[' in done.stdout
        assert '"now":"' in done.stdout
        assert len(sftps) == 2
        for command in sftps:
            _, _, password = command.rpartition("password ")
            asked = {"SSH_ASKPASS": str(typed), "SSH_ASKPASS_REQUIRE": "force", "SFTP_PASSWORD": password}
            listed = subprocess.run(
                command,
                shell=True,
                input="ls\n",
                capture_output=True,
                text=True,
                env={**os.environ, **asked},
                check=True,
            )
            assert "inbound" in listed.stdout


def test_what_is_put_into_a_mailbox_is_answered_there(tmp_path: Path) -> None:
    with simulated("regional=csv", folder=tmp_path) as running:
        told = running.offer["parties"]["regional"]
        known = tmp_path / "known_hosts"
        known.write_text(told["sftpHostKey"] + "\n")
        (tmp_path / "garbage.csv").write_bytes(bytes(range(256)))
        typed = tmp_path / "typed"
        typed.write_text(f"#!/bin/sh\necho {shlex.quote(told['sftpPassword'])}\n")
        typed.chmod(0o755)
        command = ["sftp", f"-oUserKnownHostsFile={known}", "-P", told["sftpPort"], f"{told['sftpUser']}@127.0.0.1"]
        asked = {**os.environ, "SSH_ASKPASS": str(typed), "SSH_ASKPASS_REQUIRE": "force"}
        batch = "put garbage.csv inbound/garbage.csv\n"
        subprocess.run(command, input=batch, cwd=tmp_path, env=asked, capture_output=True, text=True, check=True)

        files = {file["path"]: file for file in running.admin("GET", "/parties/regional/files")["items"]}
        rejected = [path for path in files if path.startswith("/error/")]
        assert any("garbage" in path for path in rejected), files
        assert running.stop()[0] == 0


def test_a_partner_brings_its_own_key_and_the_servers_show_the_host_key_that_was_given(tmp_path: Path) -> None:
    host, own = (asyncssh.generate_private_key(algorithm) for algorithm in ("ssh-rsa", "ecdsa-sha2-nistp256"))
    (tmp_path / "host").write_bytes(host.export_private_key("pkcs1-pem"))
    (tmp_path / "keys").write_bytes(b"# ours\n\n" + own.export_public_key())

    async def listed(told: dict[str, str]) -> list[str]:
        known = asyncssh.import_known_hosts(told["sftpHostKey"])
        at = {"username": told["sftpUser"], "client_keys": [own], "known_hosts": known, "config": None}
        async with (
            asyncssh.connect("127.0.0.1", int(told["sftpPort"]), **at) as connection,
            connection.start_sftp_client() as client,
        ):
            return sorted(str(name) for name in await client.listdir("/"))

    keys = ("--host-key", "host", "--authorized-keys", "keys")
    with simulated("west=x12", "regional=csv", *keys, folder=tmp_path) as running:
        for told in running.offer["parties"].values():
            assert told["sftpHostKey"].split()[1:] == host.export_public_key().decode().split()[:2]
            assert asyncio.run(listed(told)) == [".", "..", "archive", "error", "inbound", "outbound"]


def test_keys_that_can_not_be_read_are_refused_before_anything_starts(crossdock: Crossdock, tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("ssh-rsa AAAAB3Nz ours\n-----BEGIN PUBLIC KEY-----\nssh-ed25519\n")
    (tmp_path / "empty").write_text("# nobody yet\n")
    (tmp_path / "another").write_text("x\n" * 5000)
    (tmp_path / "host").write_text("ssh-rsa AAAAB3Nz a public key\n")
    refused = {
        ("--authorized-keys", "keys"): (
            "keys, line 2: '-----BEGIN PUBLIC KEY-----' is no public key",
            "keys, line 3: ",
        ),
        ("--authorized-keys", "empty"): ("there is no key in it",),
        ("--authorized-keys", "another"): ("another, line 10: ", "another: 4,990 more lines are no keys"),
        ("--authorized-keys", "nowhere"): ("nowhere: No such file",),
        ("--host-key", "host"): ("the host key can't be read", "ssh-keygen"),
    }
    for (option, name), said in refused.items():
        done = crossdock("simulate", "west=x12", "--port", "0", option, str(tmp_path / name))
        assert done.code == 2, done.err
        assert [words for words in said if words not in done.err] == [], done.err


def test_the_same_seed_gives_the_same_credentials_and_data(tmp_path: Path) -> None:
    wish = (*ALL, "--customers", "3", "--items", "3", "--locale", "de_DE", "--locale", "ja_JP")
    seen = []
    for seed in ("5", "5", "6"):
        with simulated(*wish, "--seed", seed, folder=tmp_path) as running:
            accounts = running.admin("GET", "/parties/crm/state")["Account"]
            secrets = {name: told.get("clientSecret") for name, told in running.offer["parties"].items()}
            names = [(account["accountId"], account["name"], account["billTo"]) for account in accounts.values()]
            seen.append((names, secrets, running.offer["admin"]["token"]))

    assert seen[0] == seen[1]
    assert seen[0] != seen[2]


def test_the_reference_layer_finds_what_it_needs_in_the_environment_file(tmp_path: Path) -> None:
    file = tmp_path / "layer.env"
    with simulated(*ALL, "--env", file, folder=tmp_path) as running:
        told = dict(shlex.split(line)[0].split("=", 1) for line in file.read_text().splitlines())

        settings = Settings.read(told)

        assert set(settings.parties) == {"crm", "erp", "east"}
        assert {name: partner.channel for name, partner in settings.partners.items()} == {
            "west": "x12",
            "regional": "csv",
        }
        assert told == running.offer["environment"]


def test_events_are_pushed_where_it_was_told_to(tmp_path: Path) -> None:
    words = ("crm", "erp", "--webhooks", "http://127.0.0.1:9/from/{party}", "--env", tmp_path / "e")
    with simulated(*words, folder=tmp_path) as running:
        token = running.token("erp")
        url = f"{running.offer['parties']['erp']['url']}/v1/webhook-subscriptions"
        status, answer = running.ask("GET", url, Authorization=f"Bearer {token}")
        assert status == 200, answer
        assert [each["url"] for each in answer["items"]] == ["http://127.0.0.1:9/from/erp"]
        assert running.offer["environment"]["CROSSDOCK_SUBSCRIBED"] == "1"


def test_a_tester_has_more_of_everything_at_any_time(tmp_path: Path) -> None:
    with simulated("crm", "erp", "east", folder=tmp_path) as running:
        running.admin("POST", "/seed", {"customers": 2, "items": 3, "orders": 1, "locales": ["fr_FR"]})
        running.admin("POST", "/seed", {"customers": 2})

        accounts = running.admin("GET", "/parties/crm/state")["Account"].values()
        assert len(accounts) == 4
        assert {account["billTo"]["country"] for account in accounts} == {"FR", "US"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nort"], "there is no party 'nort'"),
        (["eats"], "did you mean 'east'?"),
        (["west=edifact"], "there is no such channel; there are rest, queue, csv, x12"),
        (["erp=x12"], "only warehouses speak in files"),
        (["crm", "crm"], "crm is named twice"),
        (["--customers", "1", "--locale", "xx_XX"], "there are no addresses for the locale 'xx_XX'"),
        (["crm", "--orders", "1"], "orders need crm and erp"),
        (["--data", "nowhere.yaml"], "nowhere.yaml: can't be read"),
        (["--state", "nowhere/s.sqlite"], "name a file in a folder that is there"),
        (["--env", "nowhere/e"], "--env takes a file"),
        (["--customers", "-1"], "not in the range"),
    ],
)
def test_what_can_not_be_is_told_before_anything_starts(words: list[str], said: str, crossdock: Crossdock) -> None:
    done = crossdock("simulate", "--port", "0", *words)

    assert done.code == 2, done.out + done.err
    assert said in " ".join(done.err.split())
    assert "Traceback" not in done.err


def test_a_port_in_use_is_told(crossdock: Crossdock) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = crossdock("simulate", "crm", "--port", str(taken.getsockname()[1] - 1))

    assert done.code == 2, done.err
    assert "choose others with --port" in done.err


def customer(number: int) -> dict[str, Any]:
    address = {
        "name": f"Customer {number}",
        "line1": "1 A St",
        "city": "Albany",
        "postalCode": "12207",
        "country": "US",
    }
    return {
        "customerNumber": f"K{number}",
        "name": f"Customer {number}",
        "currency": "USD",
        "billTo": address,
        "shipTos": [address],
    }


def test_what_was_answered_is_there_after_the_process_was_killed(tmp_path: Path) -> None:
    state = tmp_path / "state.sqlite"
    answered: list[str] = []
    enough = threading.Event()
    with simulated("crm", "--state", state, folder=tmp_path) as running:
        token = running.token("crm")
        callers = [threading.Thread(target=create, args=(running, token, part, answered, enough)) for part in range(4)]
        for caller in callers:
            caller.start()
        assert enough.wait(60)
        running.process.kill()
        for caller in callers:
            caller.join()

    assert len(answered) >= ENOUGH
    with simulated("--state", state, folder=tmp_path) as running:
        assert running.offer["seed"] == 1
        kept = running.admin("GET", "/parties/crm/state")["Account"]
        assert set(answered) <= set(kept)
        url = f"{running.offer['parties']['crm']['url']}/v1/accounts/{answered[-1]}"
        assert running.ask("GET", url, Authorization=f"Bearer {token}")[0] == 200  # the token is good still
        assert running.stop()[0] == 0


ENOUGH = 60


def create(running: Simulated, token: str, part: int, answered: list[str], enough: threading.Event) -> None:
    """Create accounts until the simulation is gone."""
    url = f"{running.offer['parties']['crm']['url']}/v1/accounts"
    for number in range(part, 100_000, 4):
        key = {"Authorization": f"Bearer {token}", "Idempotency_Key": f"K-{number}"}
        try:
            status, answer = running.ask("POST", url, customer(number), **key)
        except OSError:
            return
        assert status == 201, answer
        answered.append(answer["accountId"])
        if len(answered) >= ENOUGH:
            enough.set()


def test_the_same_command_again_adds_nothing(tmp_path: Path) -> None:
    words = (*ALL, "--customers", "3", "--items", "4", "--orders", "2", "--state", tmp_path / "s.sqlite")
    offers = []
    for _ in range(3):
        with simulated(*words, folder=tmp_path) as running:
            offers.append(running.offer)
            assert running.stop()[0] == 0

    assert [offer["holds"] for offer in offers] == [offers[0]["holds"]] * 3
    assert offers[0]["holds"]["accounts"] == 3
    assert len({offer["parties"]["west"]["sftpPassword"] for offer in offers}) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["crm", "erp"], "keeps a world of crm regional=csv"),
        (["--seed", "4"], "keeps a world of the seed 1"),
    ],
)
def test_a_state_file_of_another_world_is_refused(
    words: list[str], said: str, crossdock: Crossdock, tmp_path: Path
) -> None:
    with simulated("crm", "regional=csv", "--state", tmp_path / "s.sqlite", folder=tmp_path) as running:
        running.stop()

    done = crossdock("simulate", "--port", "0", "--state", tmp_path / "s.sqlite", *words)

    assert done.code == 2
    assert said in done.err


def test_it_begins_anew_when_the_data_are_changed_and_not_when_they_are_wrong(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(DATA)
    with simulated("crm", "erp", "--data", file, "--reload", folder=tmp_path) as running:
        assert running.offer["holds"]["accounts"] == 1
        file.write_text(DATA.replace("name: Byrne Tools\n", "nam: Byrne Tools\n"))
        assert running.process.stderr is not None
        said = running.process.stderr.readline()
        assert "mine.yaml, line 4: customers.0.nam" in said

        file.write_text(DATA + DATA.partition("customers:\n")[2].replace("C-1", "C-2"))
        offer = json.loads(running.line())
        assert offer["holds"]["accounts"] == 2
        code, err = running.stop()
        assert code == 0
        assert "begins anew" in err
