"""pact-python's verifier, as it must be used: silent, without telling anybody that it runs, and its findings typed.

It calls back from threads of its own, so whoever calls `verify` on a loop does it in another thread.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ...contracts.pact_result import PactMismatch

# It would post to an analytics service otherwise.
os.environ["PACT_DO_NOT_TRACK"] = "true"

State = Callable[[str, str, Mapping[str, Any] | None], None]
"""A state's name, "setup" or "teardown", its parameters."""
Say = Callable[[str, Mapping[str, Any] | None], tuple[bytes, str]]
"""A message's description and the request before it, if any → its octets and media type."""


class NoVerifier(Exception):
    """pact-python is not there; says how to get it."""


@dataclass(frozen=True, slots=True)
class ProviderAccess:
    """How a verifier reaches a provider: over HTTP at `url`; its states and what it says either by calls or, at a real
    one, by addresses. `headers` are sent with every request.
    """

    url: str
    state: State | str | None = None
    say: Say | str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VerifierFinding:
    """What the verifier says of an interaction; `error` is what kept it from being asked at all."""

    description: str
    passed: bool
    mismatches: tuple[PactMismatch, ...] = ()
    error: str = ""


def verify(file: Path, provider: str, access: ProviderAccess) -> list[VerifierFinding]:
    """Hold a provider to a pact. The findings are in the order of the file.

    Raises: NoVerifier.
    """
    try:
        from pact import Verifier
    except ImportError as error:
        raise NoVerifier(f"pact-python can't be imported ({error}): install crossdock[contract]") from error

    place = urlsplit(access.url)
    verifier = Verifier(provider, place.hostname or "127.0.0.1").add_source(file).add_transport(url=access.url)
    if isinstance(access.state, str):
        verifier.state_handler(access.state, teardown=True, body=True)
    elif access.state is not None:
        verifier.state_handler(_state_handler(access.state), teardown=True)
    if isinstance(access.say, str):
        told = urlsplit(access.say)
        verifier.add_transport(protocol="message", port=told.port, path=told.path or "/", scheme=told.scheme)
    elif access.say is not None:
        verifier.message_handler(_message_handler(access.say))
    verifier.add_custom_headers(dict(access.headers))
    # The error says only that something failed: what it was is in the results.
    with _silence(), suppress(RuntimeError):
        verifier.verify()
    _close(verifier)
    return [_finding(result) for result in verifier.results["interactionResults"]]


def _close(verifier: Any) -> None:
    """pact-python ends the servers that it is called back by, and leaves their sockets open."""
    for part in ("_message_producer", "_state_handler"):
        server = getattr(getattr(verifier, part, None), "_server", None)
        if server is not None:
            server.server_close()


def _state_handler(call: State) -> Callable[..., None]:
    def handle(state: str, action: str, parameters: dict[str, Any] | None) -> None:  # handed over by name
        call(state, action, parameters)

    return handle


def _message_handler(say: Say) -> Callable[..., Any]:
    def handle(name: str, metadata: dict[str, Any] | None) -> dict[str, Any]:
        octets, media_type = say(name, (metadata or {}).get("request"))
        return {"contents": octets, "metadata": {"contentType": media_type}, "content_type": media_type}

    return handle


def _finding(result: Mapping[str, Any]) -> VerifierFinding:
    mismatch = result.get("mismatch") or {}
    if mismatch.get("type") == "error" or ("mismatches" not in mismatch and result["result"] != "OK"):
        told = mismatch.get("message") or mismatch.get("error") or f"the verifier says {mismatch or result['result']}"
        return VerifierFinding(result["description"], False, error=str(told))
    mismatches = tuple(_mismatch(each) for each in mismatch.get("mismatches", ()))
    return VerifierFinding(result["description"], result["result"] == "OK", mismatches)


def _mismatch(each: Mapping[str, Any]) -> PactMismatch:
    return PactMismatch(
        kind=str(each.get("type", "")).removesuffix("Mismatch").lower(),
        path=str(each.get("path", each.get("key", ""))),
        what=str(each.get("mismatch", "")),
        expected=str(each.get("expected", "")),
        actual=str(each.get("actual", "")),
    )


@contextmanager
def _silence() -> Iterator[None]:
    """The verifier's core prints to the process's own output, and its servers to its error output; neither is asked
    for.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    kept, nowhere = [os.dup(1), os.dup(2)], os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    level = logging.getLogger("pact").level
    logging.getLogger("pact").setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logging.getLogger("pact").setLevel(level)
        sys.stdout.flush()
        sys.stderr.flush()
        for number, copy in enumerate(kept, 1):
            os.dup2(copy, number)
            os.close(copy)
        os.close(nowhere)
