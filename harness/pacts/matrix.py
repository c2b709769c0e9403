"""Who can be deployed with whom: pacts on the one side, results of their verification on the other, in one folder.

A consumer goes with a provider when the last result of exactly this pact, by the hash of its octets, says that every
interaction holds. Without such a result nobody knows, and what nobody knows may not be deployed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from ...contracts.documents import DocumentError, load
from ...contracts.pact_result import SCHEMA, PactResult, VerifiedPact, worst
from .pact_file import is_pact, read

Answer = Literal["yes", "no", "unknown"]


class Pairing(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A consumer and a provider. `because` says in words why they do, or do not, go together."""

    consumer: str
    provider: str
    pact: str
    answer: Answer
    because: str


def pairings(folder: Path) -> list[Pairing]:
    """One for each pact below the folder.

    Raises: DocumentError for a file that can't be read.
    """
    pacts: list[Path] = []
    results: list[VerifiedPact] = []
    for path in sorted(folder.rglob("*.json"), key=lambda path: (path.stat().st_mtime_ns, path)):
        content = load(str(path.absolute()))
        if is_pact(str(path.absolute())):
            pacts.append(path)
        elif isinstance(content, dict) and content.get("schema") == SCHEMA:
            results += _result(path, content).pacts
    return sorted(_pairings(pacts, results), key=lambda each: (each.consumer, each.provider, each.pact))


def _result(path: Path, content: object) -> PactResult:
    try:
        return msgspec.convert(content, PactResult)
    except msgspec.ValidationError as error:
        raise DocumentError(str(path), f"not a result of a verification: {error}") from error


def _pairings(pacts: Sequence[Path], results: Sequence[VerifiedPact]) -> Iterator[Pairing]:
    for path in pacts:
        pact = read(str(path.absolute()))
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        of_pair = [each for each in results if (each.consumer, each.provider) == (pact.consumer, pact.provider)]
        answer, because = _judged([each for each in of_pair if each.sha256 == digest], bool(of_pair))
        yield Pairing(consumer=pact.consumer, provider=pact.provider, pact=str(path), answer=answer, because=because)


def _judged(results: Sequence[VerifiedPact], other_versions: bool) -> tuple[Answer, str]:
    if not results:
        was = "only another version of this pact was verified" if other_versions else "this pact was never verified"
        return "unknown", f"{was}: `crossdock contract pact verify --json --output …`"
    last = results[-1]
    outcomes = [each.outcome for each in last.interactions]
    kept = f"{outcomes.count('PASS')} of {len(outcomes)} interactions hold at {last.played_by}"
    match worst(outcomes):
        case "PASS":
            return "yes", kept
        case "FAIL":
            failed = next(each for each in last.interactions if each.outcome == "FAIL")
            return "no", f"{kept}; not {failed.description!r}"
        case _:
            return "unknown", f"{kept}; the others could not be verified"
