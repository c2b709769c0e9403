"""Three HTTP clients that we did not write, each asked for one request, and what each saw in one word."""

import asyncio
import json
import os
import shutil
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import aiohttp
import pytest

PATIENCE_S = 1.5
# What a client may see: an answer that it can read (its status), one that it can't, or none.
UNREADABLE, PARTIAL = "unreadable", "partial"
CLOSED, RESET, TIMEOUT, REFUSED = "closed", "reset", "timeout", "refused"
EXPIRED, WRONG_HOST, UNKNOWN_CA = "certificate expired", "certificate of another host", "certificate of nobody known"
UNRESOLVED = "unresolved"

# curl's exit codes (libcurl-errors(3)).
CURL = {6: UNRESOLVED, 7: REFUSED, 18: PARTIAL, 28: TIMEOUT, 52: CLOSED, 56: RESET}
CURL_TLS = (("expired", EXPIRED), ("subject name", WRONG_HOST), ("local issuer", UNKNOWN_CA))
# OpenSSL's verification errors (x509_vfy.h).
OPENSSL = {10: EXPIRED, 64: WRONG_HOST, 20: UNKNOWN_CA}
# The codes of Node.js and of its HTTP client undici.
NODE = {
    "ECONNRESET": RESET,
    "UND_ERR_SOCKET": CLOSED,
    "ECONNREFUSED": REFUSED,
    "ENOTFOUND": UNRESOLVED,
    "UND_ERR_CONNECT_TIMEOUT": TIMEOUT,
    "CERT_HAS_EXPIRED": EXPIRED,
    "ERR_TLS_CERT_ALTNAME_INVALID": WRONG_HOST,
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE": UNKNOWN_CA,
    "UNABLE_TO_GET_ISSUER_CERT_LOCALLY": UNKNOWN_CA,
}
SCRIPT = """
const [url, token, body, patience] = process.argv.slice(1);
const headers = {authorization: `Bearer ${token}`, "content-type": "application/json"};
try {
  const signal = AbortSignal.timeout(Number(patience) * 1000);
  const response = await fetch(url, {method: "POST", headers, body, signal});
  let text;
  try { text = await response.text(); } catch (error) { error.begun = true; throw error; }
  try { JSON.parse(text); console.log(JSON.stringify({status: response.status})); }
  catch { console.log(JSON.stringify({unreadable: true})); }
} catch (error) {
  console.log(JSON.stringify({name: error.name, code: error.cause?.code ?? error.code, begun: !!error.begun,
    message: error.cause?.message ?? error.message}));
}
"""


@dataclass(frozen=True, slots=True)
class Request:
    """A POST. `authority` is the certificate authority to trust, None where it is plain HTTP."""

    url: str
    token: str
    body: bytes
    authority: Path | None = None


Client = Callable[[Request], Awaitable[str]]


async def curl(request: Request) -> str:
    trust = ("--cacert", str(request.authority)) if request.authority else ()
    header = ("-H", f"Authorization: Bearer {request.token}", "-H", "Content-Type: application/json")
    told = ("--write-out", "\\n%{http_code}", "--max-time", str(PATIENCE_S), "--noproxy", "*")
    command = ("curl", "-sS", *trust, *header, *told, "-d", request.body.decode(), request.url)
    code, out, err = await _run(*command)
    if code == 60:
        return next(word for part, word in CURL_TLS if part in err)
    if code:
        assert code in CURL, (code, err)
        return CURL[code]
    body, _, status = out.rpartition("\n")
    return _readable(body, int(status))


async def fetch(request: Request) -> str:
    """Node's own `fetch`."""
    command = ("node", "--input-type=module", "-e", SCRIPT, "--")
    arguments = (request.url, request.token, request.body.decode(), str(PATIENCE_S))
    trust = {"NODE_EXTRA_CA_CERTS": str(request.authority)} if request.authority else {}
    code, out, err = await _run(*command, *arguments, **trust)
    assert code == 0, err
    seen = json.loads(out)
    if "status" in seen:
        return str(seen["status"])
    if seen.get("unreadable"):
        return UNREADABLE
    if seen["name"] == "TimeoutError" or "aborted" in seen["message"]:
        return TIMEOUT
    if seen["begun"]:
        return RESET if seen["code"] == "ECONNRESET" else PARTIAL
    assert seen["code"] in NODE, seen
    return NODE[seen["code"]]


async def aiohttp_client(request: Request) -> str:
    trust = ssl.create_default_context(cafile=request.authority) if request.authority else True
    timeout = aiohttp.ClientTimeout(total=PATIENCE_S)
    headers = {"Authorization": f"Bearer {request.token}", "Content-Type": "application/json"}
    async with aiohttp.ClientSession(timeout=timeout) as session:
        try:
            async with session.post(request.url, data=request.body, headers=headers, ssl=trust) as response:
                return _readable((await response.read()).decode("utf-8", "replace"), response.status)
        except aiohttp.ClientConnectorCertificateError as error:
            return OPENSSL[cast("ssl.SSLCertVerificationError", error.certificate_error).verify_code]
        except aiohttp.ClientConnectorDNSError:
            return UNRESOLVED
        except aiohttp.ClientConnectorError:
            return REFUSED
        except TimeoutError:
            return TIMEOUT
        except aiohttp.ClientPayloadError as error:
            return RESET if isinstance(error.__cause__, ConnectionResetError) else PARTIAL
        except aiohttp.ServerDisconnectedError:
            return CLOSED
        except aiohttp.ClientOSError:
            return RESET
        except aiohttp.ClientResponseError:
            return UNREADABLE


CLIENTS: dict[str, Client] = {"curl": curl, "aiohttp": aiohttp_client, "fetch": fetch}
PROGRAMS = {"curl": "curl", "fetch": "node"}


def demand_programs() -> None:
    """Skip where a client is not installed; in CI that is a failure."""
    if missing := [program for program in PROGRAMS.values() if shutil.which(program) is None]:
        reason = f"not installed: {', '.join(missing)} (apt-get install curl nodejs)"
        if os.environ.get("CI"):
            pytest.fail(f"{reason}; a missing client fails where CI is set", pytrace=False)
        pytest.skip(reason)


def _readable(body: str, status: int) -> str:
    try:
        json.loads(body)
    except ValueError:
        return UNREADABLE
    return str(status)


async def _run(*command: str, **environment: str) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        *command,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await asyncio.wait_for(process.communicate(), 60)
    return process.returncode or 0, out.decode("utf-8", "replace"), err.decode("utf-8", "replace")
