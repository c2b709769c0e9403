"""Sends events to a layer that runs in a world, and judges what it answers and what becomes of them."""

from __future__ import annotations

import asyncio
import shlex
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgspec

from ...contracts.asyncapi import event_types
from ...contracts.openapi import api
from ...contracts.provider_result import ProviderFinding, ProviderTest, ProviderVerdict, TriedOperation, TriedRule
from ...simulators.journal import Entry
from ...simulators.webhook import signed_headers
from ...simulators.world import World
from ..layer_line import headers_of
from .event_case import EventCase, cases
from .event_rule import RULES

if TYPE_CHECKING:
    from aiohttp import ClientSession

CONTRACT = "contracts/events/v1/asyncapi.yaml"
# What every layer acts upon, whatever it claims.
ALWAYS = frozenset({"crossdock.order.submitted.v1"})
OTHER_SECRET = "whsec_bm90IHRoZSBvbmUgdGhhdCB3YXMgYWdyZWVkIHVwb24="
REFUSALS = frozenset({400, 413, 415})
LOOK_S = 0.1
QUIET_S = 1.0
SHOWN = 2_000
NO_WEBHOOKS = "no party has a webhook of this layer: it reads the feeds or a broker"


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where a party sends its events to, by a subscription of the layer's; `wanted` empty means all types."""

    party: str
    kind: str
    url: str
    secret: str
    wanted: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """A case as it was delivered: to which URL, and the status of each answer to it (0 where none came)."""

    party: str
    url: str
    case: EventCase
    statuses: tuple[int, ...]

    @property
    def taken(self) -> bool:
        return all(200 <= status < 300 for status in self.statuses)


class EventTest:
    """`dead_letters` is where the layer lists what it set aside, "" where it does not, `token` what that wants."""

    def __init__(self, world: World, name: str, dead_letters: str, within_s: float, token: str = "") -> None:
        self._world, self._name = world, name
        self._dead_letters, self._within_s, self._token = dead_letters, within_s, token
        self._awaited: set[str] = set()
        self._seen: set[str] = set()
        self._broken: list[tuple[str, Sent, str]] = []
        self._tried: Counter[str] = Counter()

    async def run(self, seed: int) -> ProviderTest:
        """Send everything, and wait until it is known what became of it or `within_s` is over."""
        import aiohttp

        self._world.journal.subscribe(self._take)
        sent: list[Sent] = []
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
            webhooks = list(self._webhooks())
            for place, webhook in enumerate(webhooks):
                contracts = [each for each in event_types().values() if webhook.kind in each.sources]
                kept = [each for each in contracts if not webhook.wanted or each.type in webhook.wanted]
                # The next party's, where there is one.
                other = webhooks[(place + 1) % len(webhooks)].secret if len(webhooks) > 1 else OTHER_SECRET
                made = cases(kept, webhook.party, seed + len(sent))
                sent += [await self._delivered(session, webhook, other, case) for case in made]
            for each in sent:
                self._judge_answer(each)
            await self._settle(session, sent)
        self._judge_rest(sent)
        return self._told(sent)

    def _webhooks(self) -> Iterable[Webhook]:
        for name, party in self._world.parties.items():
            for each in list(party.subscriptions.values())[:1]:
                if each.channel == "webhook":
                    yield Webhook(name, party.kind, each.url, each.secret, each.event_types)

    async def _delivered(self, session: ClientSession, webhook: Webhook, other: str, case: EventCase) -> Sent:
        # A layer may have called somebody before its answer is here.
        self._awaited.add(case.mark)
        body = case.body.replace(b'"data"', b'"Data"', 1) if case.tampered else case.body
        secret = {"party": webhook.secret, "another party": other}.get(case.signer, OTHER_SECRET)
        headers = signed_headers(secret, f"EVT-{case.mark}", int(self._world.clock.unix()) - case.age_s, case.body)
        headers["content-type"] = case.media_type
        if case.signer == "nobody":
            del headers["webhook-signature"]
        statuses = [await _posted(session, webhook.url, headers, body) for _ in range(1 if case.what else 2)]
        sent = Sent(webhook.party, webhook.url, case, tuple(statuses))
        if not sent.taken or case.rule == "forged-event":
            self._awaited.discard(case.mark)
        return sent

    def _take(self, entry: Entry) -> None:
        """A call that the layer makes for an event has its mark, in an id or in the correlation."""
        if entry.kind == "invoke" and entry.channel not in ("webhook", "people", "run"):
            text = msgspec.json.encode(entry)
            self._seen.update(mark for mark in self._awaited if mark.encode() in text)

    def _judge_answer(self, sent: Sent) -> None:
        rule = sent.case.rule
        if rule == "nothing-dropped":
            if not sent.taken and not all(400 <= status < 500 for status in sent.statuses):
                self._find(rule, sent, f"{sent.case.what} is answered {_words(sent)}, expected 2xx or 4xx")
            return
        self._tried[rule] += 1
        if rule == "event-taken" and not sent.taken:
            self._find(
                rule, sent, f"a valid event that comes twice is answered {_words(sent)}, expected 2xx both times"
            )
        if rule == "forged-event" and sent.statuses != (401,):
            self._find(rule, sent, f"an event with {sent.case.what} is answered {_words(sent)}, expected 401")
        if rule == "no-event" and not sent.taken and not set(sent.statuses) <= REFUSALS:
            expected = ", ".join(str(status) for status in sorted(REFUSALS))
            self._find(rule, sent, f"{sent.case.what} is answered {_words(sent)}, expected one of {expected}")

    async def _settle(self, session: ClientSession, sent: list[Sent]) -> None:
        """Until something has come of all that something must come of, and nothing else comes any more."""
        loop = asyncio.get_running_loop()
        until, count, since = loop.time() + self._within_s, -1, 0.0
        while loop.time() < until:
            await self._look(session)
            if len(self._seen) > count:
                count, since = len(self._seen), loop.time()
            elif loop.time() - since > QUIET_S and all(each.case.mark in self._seen for each in self._followed(sent)):
                return
            await asyncio.sleep(LOOK_S)

    async def _look(self, session: ClientSession) -> None:
        """Whatever stands in a dead letter is not dropped."""
        if not self._dead_letters:
            return
        headers = headers_of(b"", self._token)
        async with session.get(self._dead_letters, params={"limit": "200"}, headers=headers) as answer:
            text = await answer.read()
        self._seen.update(mark for mark in self._awaited if mark.encode() in text)

    def _followed(self, sent: Iterable[Sent]) -> list[Sent]:
        """Those of which something must come. A type that the layer does not act upon when it is right may be passed
        over when it is wrong, too.
        """
        if not self._dead_letters:
            return []
        sent = list(sent)
        acts = ALWAYS | {each.case.type for each in sent if not each.case.what and each.case.mark in self._seen}
        return [each for each in sent if each.taken and each.case.type in acts and _leads_on(each.case)]

    def _judge_rest(self, sent: Iterable[Sent]) -> None:
        for each in self._followed(sent):
            rule = "no-event" if each.case.rule == "no-event" else "nothing-dropped"
            self._tried["nothing-dropped"] += rule == "nothing-dropped"
            if each.case.mark not in self._seen:
                what = each.case.what or "a valid event"
                told = f"{what} is taken, and nothing comes of it: no call, no dead letter in {self._within_s:g} s"
                self._find(rule, each, told)

    def _find(self, rule: str, sent: Sent, reason: str) -> None:
        self._broken.append((rule, sent, reason))

    def _told(self, sent: list[Sent]) -> ProviderTest:
        findings: dict[tuple[str, str], ProviderFinding] = {}
        for rule, each, reason in self._broken:
            key = (_label(each), rule)
            found = findings.get(key)
            findings[key] = found.once_more() if found else _finding(rule, each, reason)
        verdict: ProviderVerdict = "FAIL" if findings else "PASS" if sent else "NOT_EXERCISED"
        return ProviderTest(
            provider=f"{self._name}: events",
            kind="layer",
            url=sent[0].url if sent else "",
            contract=CONTRACT,
            verdict=verdict,
            operations=tuple(_operations(sent)),
            rules=tuple(self._rule(name, findings, sent) for name in RULES),
            findings=tuple(findings[key] for key in sorted(findings)),
            phases={"events": "done"},
        )

    def _rule(self, name: str, findings: Mapping[tuple[str, str], Any], sent: list[Sent]) -> TriedRule:
        idle = "" if sent else NO_WEBHOOKS
        if name == "nothing-dropped" and not self._dead_letters:
            idle = "the target names no recovery.dead_letters, so what was set aside cannot be seen"
        broken = sum(found == name for _, found in findings)
        return RULES[name].as_tried(self._tried[name], broken, idle or "no event came as far")


def _leads_on(case: EventCase) -> bool:
    return case.rule in ("nothing-dropped", "no-event") or (not case.what and case.type in ALWAYS)


async def _posted(session: ClientSession, url: str, headers: Mapping[str, str], body: bytes) -> int:
    import aiohttp

    try:
        async with session.post(url, data=body, headers=headers) as answer:
            return answer.status
    except (aiohttp.ClientError, TimeoutError):
        return 0


def _words(sent: Sent) -> str:
    return " and ".join(str(status) if status else "not at all" for status in sent.statuses)


def _label(sent: Sent) -> str:
    return f"{sent.party} → {sent.case.type}"


def _operations(sent: list[Sent]) -> Iterable[TriedOperation]:
    by_label: dict[str, Counter[str]] = {}
    types = {_label(each): each.case.type for each in sent}
    for each in sent:
        by_label.setdefault(_label(each), Counter()).update(str(status or "none") for status in each.statuses)
    for label, statuses in by_label.items():
        yield TriedOperation(
            id=types[label], operation=label, calls=statuses.total(), statuses=dict(sorted(statuses.items()))
        )


def _finding(rule: str, sent: Sent, reason: str) -> ProviderFinding:
    text = sent.case.body.decode("utf-8", "replace")
    media = f"content-type: {sent.case.media_type}"
    return ProviderFinding(
        operation=_label(sent),
        operation_id=sent.case.type,
        rule=rule,
        title=RULES[rule].title,
        reason=reason,
        clause=RULES[rule].clause,
        contract=f"{CONTRACT} ({sent.case.type}); contracts/{api('layer').source}",
        phase="events",
        case=f"EVT-{sent.case.mark}",
        curl=f"curl -X POST {shlex.quote(sent.url)} -H {shlex.quote(media)} --data-binary {shlex.quote(text)}",
        request=f"POST {sent.url}",
        status=sent.statuses[-1],
        request_body=text[:SHOWN],
    )
