"""schemathesis at work: its engine drives the provider through all phases, and what it finds comes out as findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
import schemathesis
from schemathesis.engine import StopReason, from_schema

from ...contracts.documents import pointer
from ...contracts.openapi import Api
from ...contracts.provider_result import ProviderFinding
from .caller import Caller
from .exchange import Reply, Sent
from .generated_checks import ACCEPTED, DRAWN_CHECKS, FAILED, GENERATED_CHECKS, LEFT_OUT, NO_HEADER
from .har import Har
from .judging import PREFIX, reply_of
from .profile import Profile
from .rule import provider_rules
from .walk import Walk

# A call that keeps the contract may still be refused, but only for what no schema can say: not with these codes, nor,
# without a code, with these statuses.
NOT_UNDERSTOOD_CODES = frozenset(
    {
        "malformed-body",
        "invalid-parameter",
        "unsupported-media-type",
        "payload-too-large",
        "method-not-allowed",
        "idempotency-key-missing",
        "precondition-required",
    }
)
NOT_UNDERSTOOD = frozenset({400, 405, 406, 411, 413, 414, 415, 428, 431})
# 428 is what RFC 6585 has for a missing If-Match.
REFUSING = ["400", "401", "403", "415", "422", "428"]
# Of other methods than these, RFC 9110 says that every server may answer them as it likes.
UNEXPECTED = ["TRACE"]
SHOWN = 2_000


@dataclass
class Exercise:
    """What came of it. `findings` are folded by operation and rule; `calls` and `statuses` count by operation;
    `checked` by rule and operation, how often schemathesis' own checks were made.
    """

    findings: dict[tuple[str, str], ProviderFinding] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)
    statuses: dict[str, Counter[str]] = field(default_factory=dict)
    checked: Counter[tuple[str, str]] = field(default_factory=Counter)
    phases: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    stopped: str = ""


class Engine:
    """One run of schemathesis. Raises nothing: what goes wrong in it is among the errors."""

    def __init__(self, api: Api, profile: Profile, har: Har | None = None) -> None:
        self._api = api
        self._har = har
        self._profile = profile
        self.done = Exercise()

    def run(self, document: dict[str, Any], config: dict[str, Any], walked: Caller | None) -> Exercise:
        """Drive the provider by the document until all phases are through, or a bound is reached. Who is to be `walked`
        as is walked before.
        """
        schema: Any = schemathesis.openapi.from_dict(document, config=schemathesis.Config.from_dict(config))
        if walked is not None:
            self._walk(Walk(self._api, document, schema, walked.token, walked.fresh_key))
        stream = from_schema(schema).execute()
        began: float | None = None
        for event in stream:
            began = event.timestamp if began is None else began
            self._take(event)
            if not self.done.stopped and (reached := self._bound(event.timestamp - began)):
                self.done.stopped = reached
                stream.stop()
        return self.done

    def _walk(self, walk: Walk) -> None:
        try:
            walk.run()
        except requests.RequestException as error:
            self.done.errors.append(f"walk: {type(error).__name__}: {error}")
        self._recorded(walk.recorder, "walk")
        self.done.phases["walk"] = "done"

    def _bound(self, seconds: float) -> str:
        """The bound that is reached. schemathesis has one for the time, too, but fills it with more and more calls."""
        if sum(self.done.calls.values()) >= self._profile.most_calls:
            return f"after {self._profile.most_calls} calls"
        return f"after {self._profile.most_seconds} s" if seconds >= self._profile.most_seconds else ""

    def _take(self, event: Any) -> None:
        kind = type(event).__name__
        if kind == "NonFatalError":
            self.done.errors.append(f"{event.label}: {event.info.format()}")
        elif kind == "FatalError":
            self.done.errors.append(f"schemathesis: {type(event.exception).__name__}: {event.exception}")
        elif kind == "PhaseFinished":
            # A phase that found something went all the way, too.
            status = event.status.value
            self.done.phases[event.phase.name.value] = "done" if status in ("success", "failure") else status
        elif kind == "EngineFinished":
            if event.stop_reason is StopReason.SERVER_UNAVAILABLE:
                self.done.errors.append("the provider stopped answering")
        elif recorder := getattr(event, "recorder", None):
            self._recorded(recorder, event.phase.value)

    def _recorded(self, recorder: Any, phase: str) -> None:
        for case_id, interaction in recorder.interactions.items():
            label = self._label(recorder, case_id)
            self.done.calls[label] += 1
            status = "none" if interaction.response is None else str(interaction.response.status_code)
            self.done.statuses.setdefault(label, Counter())[status] += 1
            if self._har is not None:
                sent = sent_of_recorded(interaction)
                reply = None if interaction.response is None else reply_of(interaction.response)
                elapsed = 0.0 if interaction.response is None else interaction.response.elapsed
                self._har.add(sent, reply, elapsed, interaction.timestamp, phase)
        for case_id, checks in recorder.checks.items():
            interaction = recorder.interactions.get(case_id)
            for check in checks:
                self._checked(check, recorder.cases[case_id].value, interaction, phase)

    def _label(self, recorder: Any, case_id: str) -> str:
        node = recorder.cases.get(case_id)
        return str(node.value.operation.label) if node else str(recorder.label)

    def _checked(self, check: Any, case: Any, interaction: Any, phase: str) -> None:
        label = str(case.operation.label)
        if check.name.startswith(PREFIX):
            rule = check.name.removeprefix(PREFIX)
        elif check.name in DRAWN_CHECKS:
            rule = DRAWN_CHECKS[check.name]
        else:
            known = GENERATED_CHECKS.get(check.name)
            rule = known.id if known else check.name
            self.done.checked[rule, label] += 1
        if check.failure_info is None:
            return
        sent, reply = sent_of_recorded(interaction), reply_of(interaction.response)
        if check.name == ACCEPTED and not not_understood(reply):
            return
        if check.name == FAILED and reply.status == 503 and self._announces(case, 503):
            return
        before = self.done.findings.get((label, rule))
        if before is None:
            found = self._finding(check, case, rule, sent, reply, phase)
        else:
            found = before.once_more()
        self.done.findings[label, rule] = found

    def _announces(self, case: Any, status: int) -> bool:
        operation = self._api.operations.get(str(case.operation.definition.raw.get("operationId")))
        return operation is not None and operation.documents(status)

    def _finding(self, check: Any, case: Any, rule: str, sent: Sent, reply: Reply, phase: str) -> ProviderFinding:
        title, clause = self._words(check.name, rule)
        place = pointer("paths", str(case.operation.path), str(case.operation.method).lower())
        failure = check.failure_info.failure
        ours = check.name.startswith(PREFIX)
        return ProviderFinding(
            operation=str(case.operation.label),
            operation_id=str(case.operation.definition.raw.get("operationId", "")),
            rule=rule,
            title=title,
            reason=str(failure.message) if ours else f"{failure.title}: {failure.message}".strip().rstrip(":"),
            clause=clause,
            contract=f"contracts/{self._api.source}#{place}",
            phase=phase,
            case=str(case.id),
            curl=str(check.failure_info.code_sample),
            request=f"{sent.method} {sent.url}",
            request_body=_shown(sent.body),
            status=reply.status,
            response_body=_shown(reply.body),
        )

    def _words(self, name: str, rule: str) -> tuple[str, str]:
        if name.startswith(PREFIX) or name in DRAWN_CHECKS:
            kind = provider_rules[rule]
            return kind.title, kind.clause
        known = GENERATED_CHECKS.get(name)
        return (known.title, known.clause) if known else (name, "")


def configuration(url: str, token: str, profile: Profile, seed: int, phases: Mapping[str, bool]) -> dict[str, Any]:
    """schemathesis' configuration: everything bounded, nothing read from the working directory, nothing kept."""
    told = {
        "examples": {"enabled": phases.get("examples", True)},
        # Other methods are a matter of the router, which is the same for every operation.
        "coverage": {"enabled": phases.get("coverage", True), "unexpected-methods": UNEXPECTED},
        "fuzzing": {"enabled": phases.get("fuzzing", True)},
        "stateful": {"enabled": phases.get("stateful", True), "max-steps": profile.steps},
    }
    return {
        "seed": seed,
        "workers": 1,
        "base-url": url,
        "continue-on-failure": True,
        "request-timeout": 10,
        "headers": {"Authorization": f"Bearer {token}"} if token else {},
        "generation": {"max-examples": profile.examples, "database": "none", "mode": "all", "no-shrink": profile.lean},
        "checks": {NO_HEADER: {"expected-statuses": REFUSING}} | {name: {"enabled": False} for name in LEFT_OUT},
        "phases": told,
    }


def not_understood(reply: Reply) -> bool:
    """Whether an answer says that a call was not even understood."""
    return reply.code in NOT_UNDERSTOOD_CODES if reply.code else reply.status in NOT_UNDERSTOOD


def sent_of_recorded(interaction: Any) -> Sent:
    """What schemathesis recorded of a request."""
    request = interaction.request
    return Sent(request.method, request.uri, {k.lower(): v[0] for k, v in request.headers.items()}, request.body or b"")


def _shown(octets: bytes) -> str:
    text = octets.decode("utf-8", "replace")
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
