"""Who may call a party, with which token, for how long."""

import hmac
from contextlib import suppress

import pytest

from crossdock.simulators.access import TOKEN_LIFETIME_S, Access, Client, Token
from crossdock.simulators.ids import Ids
from crossdock.simulators.refusal import Refusal

READ, WRITE, PEOPLE = "erp.read", "erp.write", "erp.people"


@pytest.fixture
def access() -> Access:
    access = Access(Ids("T1", 1))
    access.register(Client("layer", "s3cret", frozenset({READ, WRITE})))
    return access


def issue(access: Access, *scopes: str, now: float = 0.0) -> Token:
    return access.issue("layer", "s3cret", frozenset(scopes), now)


def code_of(access: Access, value: str, needed: str = READ, now: float = 0.0) -> str:
    """The code of the refusal that a token meets with, "" when it is good."""
    try:
        access.check(value, frozenset({needed}), now)
    except Refusal as refusal:
        return refusal.code
    return ""


def test_a_token_is_good_for_what_its_client_may_do(access: Access) -> None:
    token = issue(access)

    assert access.check(token.value, frozenset({READ, WRITE}), 1.0).client == "layer"
    assert token.scopes == {READ, WRITE}


def test_a_token_has_no_more_scopes_than_were_asked_for(access: Access) -> None:
    token = issue(access, READ)

    assert code_of(access, token.value, READ) == ""
    with pytest.raises(Refusal, match=r"this needs the scope erp\.write") as refused:
        access.check(token.value, frozenset({WRITE}), 0)
    assert refused.value.code == "insufficient-scope"


def test_a_client_gets_no_scope_that_it_was_not_given(access: Access) -> None:
    with pytest.raises(Refusal, match=r"may not ask for erp\.people") as refused:
        issue(access, READ, PEOPLE)

    assert refused.value.code == "invalid-scope"


def test_a_token_expires_to_the_second(access: Access) -> None:
    token = issue(access, now=100)

    assert token.expires == 100 + TOKEN_LIFETIME_S
    assert code_of(access, token.value, now=token.expires - 0.001) == ""
    assert code_of(access, token.value, now=token.expires) == "unauthenticated"


def test_a_shorter_life_can_be_set(access: Access) -> None:
    access.lifetime_s = 2

    assert code_of(access, issue(access).value, now=2) == "unauthenticated"


def test_expired_tokens_are_forgotten(access: Access) -> None:
    for _ in range(100):
        issue(access)

    issue(access, now=TOKEN_LIFETIME_S)

    assert access.revoke_all() == 1


def test_revoked_tokens_are_good_for_nothing_and_new_ones_can_be_had(access: Access) -> None:
    tokens = [issue(access), issue(access)]

    assert access.revoke_all() == 2
    assert [code_of(access, token.value) for token in tokens] == ["unauthenticated"] * 2
    assert code_of(access, issue(access).value) == ""


@pytest.mark.parametrize("value", ["", "unknown", "Ünknown", "\ud800"])
def test_a_value_that_is_no_token_is_refused(access: Access, value: str) -> None:
    assert code_of(access, value) == "unauthenticated"


@pytest.mark.parametrize(
    ("client", "secret"),
    [
        ("layer", "wrong"),
        ("layer", ""),
        ("nobody", "s3cret"),
        ("nobody", "nobody's secret"),
        ("", ""),
        ("layer", "\ud800"),
    ],
)
def test_a_wrong_client_and_a_wrong_secret_meet_with_the_same_answer(access: Access, client: str, secret: str) -> None:
    with pytest.raises(Refusal) as refused:
        access.issue(client, secret, frozenset(), 0)

    assert (refused.value.code, refused.value.detail) == ("invalid-client", "the client id or its secret is wrong")


@pytest.mark.parametrize("client", ["layer", "nobody"])
@pytest.mark.parametrize("secret", ["s3cre", "s3cret", "x" * 10_000])
def test_secrets_are_compared_the_same_way_whoever_asks(
    access: Access, monkeypatch: pytest.MonkeyPatch, client: str, secret: str
) -> None:
    compared: list[tuple[int, int]] = []
    compare = hmac.compare_digest

    def watched(one: bytes, other: bytes) -> bool:
        compared.append((len(one), len(other)))
        return compare(one, other)

    monkeypatch.setattr("hmac.compare_digest", watched)
    with suppress(Refusal):
        access.issue(client, secret, frozenset(), 0)

    assert compared == [(32, 32)], "digests are compared, once, whether there is such a client or not"


def test_asking_for_a_client_that_there_is_none_of_changes_no_later_token() -> None:
    one, other = Access(Ids("T1", 1)), Access(Ids("T1", 1))
    for access in (one, other):
        access.register(Client("layer", "s3cret", frozenset({READ})))
    with pytest.raises(Refusal):
        one.issue("nobody", "x", frozenset(), 0)

    assert issue(one).value == issue(other).value
