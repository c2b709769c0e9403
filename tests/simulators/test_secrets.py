"""Secrets are told from other text, and covered where somebody let one slip."""

import base64
from collections.abc import Callable
from io import BytesIO
from urllib.parse import quote

import pytest

from crossdock.simulators.clock import ManualClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.journal import Entry, Journal
from crossdock.simulators.secrets import KEPT_TOKENS, SHORTEST, Secrets
from crossdock.simulators.world import World

TOKEN = "0123456789abcdef0123"
HOOK = "whsec_MfKQ9r8G/YqrTwjU+D8ILPZIo2LaLaSw"
FORMS: dict[str, Callable[[], str]] = {
    "as it is": lambda: TOKEN,
    "in a header": lambda: f"Bearer {TOKEN}",
    "in JSON": lambda: f'{{"token": "{TOKEN}"}}',
}


@pytest.fixture
def secrets() -> Secrets:
    known = Secrets()
    known.learn(TOKEN, "access token", "west")
    known.learn(HOOK, "webhook secret", "crm")
    known.learn("pass word/1", "client secret", "erp", user="layer:erp")
    return known


@pytest.mark.parametrize("form", FORMS)
def test_a_secret_is_found_wherever_it_stands(form: str, secrets: Secrets) -> None:
    assert [str(found) for found in secrets.found(FORMS[form]().encode())] == ["access token of west"]


@pytest.mark.parametrize(
    "written",
    [HOOK, quote(HOOK, safe=""), HOOK.replace("/", "\\/"), base64.b64encode(b"layer:erp:pass word/1").decode()],
)
def test_a_secret_is_found_in_the_forms_that_programs_give_it(written: str, secrets: Secrets) -> None:
    assert len(list(secrets.found(f"x={written}&".encode()))) == 1
    assert written.encode() not in secrets.all_covered(written.encode())


def test_what_is_no_secret_is_left_alone(secrets: Secrets) -> None:
    text = b"Bearer 0123456789abcdef012"
    assert not list(secrets.found(text))
    assert secrets.covered(text) is text


def test_what_is_too_short_to_be_told_from_a_word_is_not_watched(secrets: Secrets) -> None:
    secrets.learn("s" * (SHORTEST - 1), "password", "east")
    assert not list(secrets.found(b"sssssssssssss"))


def test_a_secret_is_that_of_another_party_only_where_it_is_none_at_ones_own(secrets: Secrets) -> None:
    assert secrets.owner_beside("east", TOKEN) == "west"
    assert secrets.owner_beside("west", TOKEN) == ""
    assert secrets.owner_beside("east", "no secret at all") == ""
    secrets.learn(TOKEN, "client secret", "east")
    assert secrets.owner_beside("east", TOKEN) == ""


def test_only_what_was_let_slip_is_covered_from_then_on(secrets: Secrets) -> None:
    text = f"{TOKEN} {HOOK}".encode()
    assert secrets.covered(text) is text
    secrets.notice(f"log of {TOKEN}".encode())
    assert secrets.covered(text) == f"[access token of west] {HOOK}".encode()


def test_the_journal_on_disk_has_no_secret_that_a_request_carried_and_whoever_listens_sees_all(
    secrets: Secrets,
) -> None:
    sink = BytesIO()
    heard: list[Entry] = []
    journal = Journal(ManualClock(), sink, secrets)
    journal.subscribe(heard.append)
    journal.append("invoke", "crm", "http", "createCase", detail={"body": f"curl -H {TOKEN}"})
    journal.append("commit", "crm", "http", "createCase", detail={"subject": TOKEN})
    journal.append("ok", "crm", "http", "createCase", detail={"status": 201})

    lines = sink.getvalue().decode()
    assert TOKEN not in lines
    assert lines.count("[access token of west]") == 2
    assert lines.count("\n") == 3
    assert TOKEN in heard[0].detail["body"]


def test_a_world_knows_the_secrets_of_its_clients_tokens_and_subscriptions() -> None:
    world = World("w", ManualClock(), Ids("T1", 1))
    world.register_client("erp", "layer", "a secret of ours", {"erp.read"})
    token = world.parties["erp"].access.issue("layer", "a secret of ours", frozenset(), 0.0)
    subscription = world.subscribe("crm", "http://127.0.0.1:1/", client="layer")

    text = f"a secret of ours, {token.value}, {subscription.secret}".encode()
    assert {str(found) for found in world.secrets.found(text)} == {
        "client secret of erp",
        "access token of erp",
        "webhook secret of crm",
    }


def test_of_tokens_only_the_newest_are_known_and_of_other_secrets_all(secrets: Secrets) -> None:
    for number in range(KEPT_TOKENS):
        secrets.learn(f"token-number-{number:04}", "access token", "east")
        secrets.learn(f"password-number-{number:04}", "password", "east")
    assert not list(secrets.found(TOKEN.encode()))
    assert secrets.owner_beside("east", TOKEN) == ""
    assert list(secrets.found(b"token-number-0000"))
    assert list(secrets.found(b"password-number-0000"))
    assert list(secrets.found(HOOK.encode()))
