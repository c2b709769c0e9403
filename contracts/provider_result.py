"""The result document of `crossdock contract test`. Its schema is contracts/harness/v1/provider-result.json."""

from __future__ import annotations

from typing import Literal

import msgspec

SCHEMA = "https://contracts.crossdock.example/harness/v1/provider-result.json"
ProviderVerdict = Literal["PASS", "FAIL", "NOT_EXERCISED", "CONFIG_ERROR", "HARNESS_ERROR"]


class _Part(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """Base of all parts of the document."""


class ProviderFinding(_Part, kw_only=True, frozen=True):
    """A rule that an operation breaks, by the first call that showed it; `count` is how many calls did.

    `reason` says in words what came and what was expected, `clause` where the rule stands, `contract` which operation
    of which document it is about. `curl` makes the same call again.
    """

    operation: str
    operation_id: str
    rule: str
    title: str
    reason: str
    clause: str
    contract: str
    phase: str
    case: str
    curl: str
    request: str
    status: int
    request_body: str = ""
    response_body: str = ""
    count: int = 1

    def once_more(self) -> ProviderFinding:
        """The same, seen in one more call."""
        return msgspec.structs.replace(self, count=self.count + 1)


class TriedRule(_Part, kw_only=True, frozen=True):
    """A rule, and how often it was put to the test; `idle` says why it was not."""

    id: str
    title: str
    clause: str
    tried: int = 0
    broken: int = 0
    idle: str = ""


class TriedOperation(_Part, kw_only=True, frozen=True):
    """An operation of the contract, and how often it was answered with which status."""

    id: str
    operation: str
    calls: int = 0
    statuses: dict[str, int] = {}


class ProviderTest(_Part, kw_only=True, frozen=True):
    """One provider against its contract. `phases` says of the walk and of each phase of schemathesis how it
    ended, `stopped` at which bound the run ended early, `rounds` how many the long profile made.
    """

    provider: str
    kind: str
    url: str
    contract: str
    verdict: ProviderVerdict
    operations: tuple[TriedOperation, ...] = ()
    rules: tuple[TriedRule, ...] = ()
    findings: tuple[ProviderFinding, ...] = ()
    phases: dict[str, str] = {}
    stopped: str = ""
    rounds: int = 1
    errors: tuple[str, ...] = ()

    @property
    def calls(self) -> int:
        return sum(operation.calls for operation in self.operations)


class ProviderResult(_Part, kw_only=True, frozen=True):
    """The document. The seed, with the same provider in the same state, gives the same calls again."""

    schema: str = SCHEMA
    crossdock: str
    command: str
    exit_code: int
    profile: str
    seed: int
    took_s: float = 0.0
    providers: tuple[ProviderTest, ...] = ()
