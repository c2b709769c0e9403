"""The certificates, held against OpenSSL: one is good, each of the others is refused for its own reason."""

import asyncio
import ssl
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crossdock.scenarios.wire.certificate_name import CertificateName
from crossdock.scenarios.wire.certificates import Certificates, make

HOST = "127.0.0.1"
NAMES = list(CertificateName)
# OpenSSL's verification errors (X509_V_ERR_… in x509_vfy.h): expired, another address, an issuer that can't be found.
REFUSED = {CertificateName.EXPIRED: 10, CertificateName.WRONG_HOST: 64, CertificateName.UNKNOWN_CA: 20}
NOT_YET_VALID = 9


@pytest.fixture
def made(tmp_path: Path) -> Certificates:
    return make(tmp_path, HOST, datetime.now(UTC))


async def handshake(made: Certificates, name: CertificateName) -> int:
    """Why a caller who trusts our authority refuses it; 0 when it is content."""
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(made.files[name])
    server = await asyncio.start_server(lambda _reader, writer: writer.close(), HOST, 0, ssl=server_side)
    async with server:
        try:
            _, writer = await asyncio.open_connection(
                HOST, server.sockets[0].getsockname()[1], ssl=ssl.create_default_context(cafile=made.authority)
            )
        except ssl.SSLCertVerificationError as error:
            return error.verify_code
        writer.close()
        await writer.wait_closed()
        return 0


@pytest.mark.parametrize("name", NAMES)
async def test_only_the_good_one_is_taken_and_the_others_are_refused_for_their_own_reason(
    made: Certificates, name: CertificateName
) -> None:
    assert await handshake(made, name) == REFUSED.get(name, 0)


def test_there_is_one_of_each_and_nobody_else_can_read_its_key(made: Certificates) -> None:
    assert list(made.files) == NAMES
    assert {stat.S_IMODE(file.stat().st_mode) for file in made.files.values()} == {0o600}
    assert b"PRIVATE" not in made.authority.read_bytes()


async def test_one_that_is_good_now_was_not_before_its_time(tmp_path: Path) -> None:
    tomorrow = make(tmp_path, HOST, datetime.now(UTC) + timedelta(days=2))

    assert await handshake(tomorrow, CertificateName.GOOD) == NOT_YET_VALID
