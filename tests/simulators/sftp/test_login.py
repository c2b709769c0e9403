"""Who is let in, and what the journal has of it: never a secret."""

import msgspec
import pytest

from crossdock.simulators.channels.sftp.account import Account
from crossdock.simulators.channels.sftp.status import FileRefused, Status
from crossdock.tests.simulators.sftp.place import PASSWORD, Place

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHJ0aHMgaXMgbm90IGEgcmVhbCBrZXkgYnV0IGxvb2tz layer@example"


async def test_a_login_is_an_exchange_and_its_end_a_note(place: Place) -> None:
    async with await place.log_in() as client:
        await client.names("/")
        await client.names("/inbound")

    begun, ended = place.journal("login")
    assert (begun.kind, begun.client, begun.detail) == ("invoke", "layer", {})
    assert (ended.kind, ended.exchange, ended.detail) == ("ok", begun.seq, {"method": "password"})
    (logout,) = place.journal("logout")
    assert (logout.kind, logout.exchange) == ("note", begun.seq)
    assert logout.detail["requests"] == {"Close": 2, "OpenFolder": 2, "ReadFolder": 4}


@pytest.mark.parametrize(("user", "password"), [("layer", "wrong"), ("layer", ""), ("nobody", PASSWORD), ("", "")])
async def test_a_wrong_password_and_an_unknown_user_are_turned_away_alike(
    place: Place, user: str, password: str
) -> None:
    with pytest.raises(FileRefused) as refused:
        await place.log_in(user, password)

    assert refused.value.status is Status.PERMISSION_DENIED
    assert place.outline("login") == ["invoke", "fail"]
    assert place.last("login") == {"why": "the credentials are wrong", "attempts": 1}


async def test_no_secret_is_in_the_journal(place: Place) -> None:
    await place.put("/inbound/x.csv")
    with pytest.raises(FileRefused):
        await place.log_in("layer", "mistyped-s3cret")

    assert PASSWORD.encode() not in msgspec.json.encode(place.entries)


async def test_an_account_with_keys_alone_has_no_password(place: Place) -> None:
    place.depot.add(Account("keyed", keys=[KEY]))

    for password in ("", "nobody's password", KEY):
        with pytest.raises(FileRefused):
            await place.log_in("keyed", password)


async def test_a_key_is_known_by_its_data_whatever_its_comment(place: Place) -> None:
    account = Account("keyed", keys=[KEY, "", "# none"][:1])
    algorithm, data, _ = KEY.split()

    assert account.has_key(algorithm, data)
    assert not account.has_key(algorithm, data[:-4] + "AAAA")
    assert not account.has_key("ssh-rsa", data)


@pytest.mark.parametrize("keys", [(), ("nonsense",), ("ssh-ed25519 nonsense",)])
def test_an_account_that_nobody_could_use_is_refused(keys: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match=r"neither a password nor a key|is no public key"):
        Account("layer", keys=keys)


def test_an_account_shows_no_secret() -> None:
    assert repr(Account("layer", password=PASSWORD)) == "Account('layer')"


async def test_an_account_has_so_many_sessions_and_no_more(place: Place) -> None:
    limit = place.depot.provider.limits.sessions
    clients = [await place.log_in() for _ in range(limit)]
    with pytest.raises(FileRefused, match="sessions already"):
        await place.log_in()
    assert place.last("session-refused")["why"] == f"layer has {limit} sessions already"

    clients[0].hang_up()
    await place.log_in()
    for client in clients:
        client.hang_up()
