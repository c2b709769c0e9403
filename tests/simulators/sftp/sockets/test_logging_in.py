"""Host keys, banners, keys, passwords, and the limits of patience before and after a login."""

import asyncio
from pathlib import Path

import asyncssh
import pytest

from crossdock.simulators.channels.sftp.host_key import HostKey
from crossdock.simulators.channels.sftp.interference import HangUp, Refuse
from crossdock.simulators.channels.sftp.limits import Limits
from crossdock.simulators.ids import Ids
from crossdock.tests.simulators.sftp.fault import Fault, strike
from crossdock.tests.simulators.sftp.sockets.server_site import DEADLINE_S, LOST, ServerSite, open_site


def test_a_made_host_key_is_the_same_for_the_same_source_of_ids() -> None:
    one, same, other = (HostKey.made(Ids(run, 1)) for run in ("T1", "T1", "T2"))

    assert one.public == same.public
    assert one.fingerprint == same.fingerprint
    assert one.fingerprint.startswith("SHA256:")
    assert one.public != other.public


@pytest.mark.parametrize(
    ("kind", "algorithm"), [("ed25519", "ssh-ed25519"), ("ecdsa", "ecdsa-sha2-nistp256"), ("rsa", "ssh-rsa")]
)
def test_a_host_key_is_made_of_the_kind_that_a_client_knows_and_so_is_a_strange_one(kind: str, algorithm: str) -> None:
    ids = Ids("T1", 1)
    own = HostKey.made(ids, kind)
    strange = own.strange(ids)

    assert own.public.split()[0] == algorithm
    assert strange.public.split()[0] == algorithm
    assert strange.public != own.public


def test_a_made_ecdsa_key_is_the_same_for_the_same_source_of_ids() -> None:
    assert HostKey.made(Ids("T1", 1), "ecdsa").public == HostKey.made(Ids("T1", 1), "ecdsa").public


@pytest.mark.parametrize("algorithm", ["ssh-ed25519", "ecdsa-sha2-nistp256", "ssh-rsa"])
async def test_a_host_key_may_be_given(site: ServerSite, algorithm: str) -> None:
    given = asyncssh.generate_private_key(algorithm)
    site.server.present([HostKey.read(given.export_private_key())])
    connection = await site.connect()

    assert connection.get_server_host_key() is not None
    assert site.server.known_hosts.split()[1] == algorithm


@pytest.mark.parametrize("text", ["", "nonsense", b"\xff\xfe"])
def test_what_is_no_host_key_is_refused_with_what_to_do(text: str | bytes) -> None:
    with pytest.raises(ValueError, match="ssh-keygen"):
        HostKey.read(text)


def test_a_host_key_with_a_passphrase_is_refused_with_what_to_do() -> None:
    locked = asyncssh.generate_private_key("ssh-ed25519").export_private_key(passphrase="secret")

    with pytest.raises(ValueError, match="ssh-keygen"):
        HostKey.read(locked)


async def test_a_server_with_two_kinds_of_host_keys_shows_the_one_that_is_asked_for(site: ServerSite) -> None:
    rsa = HostKey.read(asyncssh.generate_private_key("ssh-rsa").export_private_key())
    site.server.present([*site.server.host_keys, rsa])

    for algorithm, key in (("ssh-ed25519", site.server.host_keys[0]), ("rsa-sha2-256", rsa)):
        connection = await site.connect(server_host_key_algs=[algorithm])
        shown = connection.get_server_host_key()
        assert shown is not None
        assert shown.export_public_key().split()[1].decode() == key.public.split()[1]


async def test_another_host_key_is_shown_to_whoever_connects_from_then_on(site: ServerSite) -> None:
    known_hosts = asyncssh.import_known_hosts(site.server.known_hosts)
    before = await site.connect()
    site.server.present([HostKey.made(site.place.world.ids)])

    with pytest.raises(asyncssh.HostKeyNotVerifiable):
        await site.connect(known_hosts=known_hosts)
    async with before.start_sftp_client() as client:
        assert await client.exists("/inbound"), "who was there before goes on"


async def test_a_banner_is_shown_before_the_login(tmp_path: Path) -> None:
    shown: list[str] = []

    class Reader(asyncssh.SSHClient):
        def auth_banner_received(self, msg: str, lang: str) -> None:
            shown.append(msg)

    async with open_site(tmp_path, banner="West Logistics. Test system.\n") as site:
        with pytest.raises(asyncssh.PermissionDenied):
            await site.connect(password="wrong", client_factory=Reader)

    assert shown == ["West Logistics. Test system.\n"]


@pytest.mark.parametrize(("user", "password"), [("layer", "wrong"), ("nobody", "s3cret"), ("layer", "")])
async def test_wrong_credentials_are_refused(site: ServerSite, user: str, password: str) -> None:
    with pytest.raises(asyncssh.PermissionDenied):
        await site.connect(user, password)
    await site.until(lambda: site.place.outline("login") == ["invoke", "fail"], "the failure is in the journal")

    assert site.place.last("login")["attempts"] >= 1


async def test_a_key_of_somebody_else_is_refused(site: ServerSite) -> None:
    stranger = asyncssh.generate_private_key("ssh-ed25519")
    with pytest.raises(asyncssh.PermissionDenied):
        await site.connect(client_keys=[stranger], preferred_auth="publickey")


async def test_after_so_many_attempts_the_connection_ends(tmp_path: Path) -> None:
    async with open_site(tmp_path, limits=Limits(login_attempts=3)) as site:
        keys = [asyncssh.generate_private_key("ssh-ed25519") for _ in range(8)]
        with pytest.raises(asyncssh.PermissionDenied, match="Too many attempts"):
            await site.connect(client_keys=keys, preferred_auth="publickey")
        await site.until(lambda: site.place.outline("login") == ["invoke", "fail"], "the failure is in the journal")

    assert site.place.last("login") == {"why": "too many attempts", "attempts": 3}


async def test_who_does_not_log_in_is_disconnected_in_the_end(tmp_path: Path) -> None:
    async with open_site(tmp_path, limits=Limits(login_s=30.0)) as site:
        reader, writer = await asyncio.open_connection("127.0.0.1", site.server.port)
        assert (await reader.readline()).startswith(b"SSH-2.0-Crossdock")
        site.place.advance(29)
        writer.write(b"SSH-2.0-Slow\r\n")
        await writer.drain()
        site.place.advance(2)
        with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
            async with asyncio.timeout(DEADLINE_S):
                await reader.readexactly(1_000_000)
        writer.close()


async def test_who_asks_for_nothing_is_disconnected_and_who_does_is_not(tmp_path: Path) -> None:
    async with open_site(tmp_path, limits=Limits(idle_s=60.0)) as site:
        idle, active = await site.connect(), await site.connect()
        async with idle.start_sftp_client() as idle_client, active.start_sftp_client() as client:
            await idle_client.open("/inbound/x.csv", "wb")
            site.place.advance(40)
            await client.stat("/inbound")
            site.place.advance(40)
            await idle.wait_closed()
            await client.stat("/inbound")

    assert [entry.detail["why"] for entry in site.place.journal("logout")][:1] == ["idle for too long"]
    assert site.place.outline("upload") == ["invoke", "fail"]


async def test_a_server_has_so_many_connections_and_no_more(tmp_path: Path) -> None:
    async with open_site(tmp_path, limits=Limits(connections=2)) as site:
        first, _ = await site.connect(), await site.connect()
        with pytest.raises(LOST):
            await site.connect()
        assert site.server.turned_away == 1
        first.abort()
        await first.wait_closed()
        await _connect_when_there_is_room(site)


async def test_an_account_has_so_many_sessions_and_no_more(tmp_path: Path) -> None:
    async with open_site(tmp_path, limits=Limits(sessions=1)) as site:
        connection = await site.connect()
        async with connection.start_sftp_client():
            with pytest.raises(asyncssh.ChannelOpenError):
                await connection.start_sftp_client()
        assert len(site.place.journal("session-refused")) == 1


async def test_a_login_that_a_fault_refuses_is_refused_once(site: ServerSite) -> None:
    strike(site.place, Fault("login", Refuse("login-refused")))
    with pytest.raises(asyncssh.PermissionDenied):
        await site.connect()
    async with await site.connect():
        pass

    assert [entry.exchange for entry in site.place.journal("login-refused")] == [site.place.journal("login")[0].seq]


async def test_a_login_that_a_fault_cuts_off_fails(site: ServerSite) -> None:
    strike(site.place, Fault("login", HangUp("login-cut")))
    with pytest.raises(LOST):
        await site.connect()

    assert site.place.last("login")["why"] == "cut by login-cut"


async def _connect_when_there_is_room(site: ServerSite) -> None:
    """The server learns of an end when the loop tells it."""
    async with asyncio.timeout(DEADLINE_S):
        while True:
            try:
                await site.connect()
            except LOST:
                await asyncio.sleep(0.005)
            else:
                return
