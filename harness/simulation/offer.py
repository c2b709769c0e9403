"""What whoever develops against a simulation is told: addresses, credentials, and commands to begin with."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...simulators.host import QUEUE, REST
from ...simulators.versions import FIRST

ENVIRONMENT_PREFIX = "CROSSDOCK_"


@dataclass(frozen=True, slots=True)
class PartyOffer:
    """One party. `facts` are named as the last parts of the environment variables that a layer reads (URL, CLIENT_ID,
    SFTP_PORT, …). `served` has each version, oldest first, with the business time at which it ends ("" for never).
    """

    name: str
    kind: str
    channel: str
    url: str
    facts: Mapping[str, str]
    served: tuple[tuple[str, str], ...] = ((FIRST, ""),)

    @property
    def oldest(self) -> str:
        return self.served[0][0]

    def line(self) -> str:
        """In a line: where it is, and as whom one comes in."""
        facts = self.facts
        if self.channel == REST:
            who = f"client {facts['CLIENT_ID']}, secret {facts['CLIENT_SECRET']}, webhooks {facts['WEBHOOK_SECRET']}"
            return f"{self.name:8} {self.channel:5} {self.url}/{self._versions()}  {who}{self._queues()}"
        if self.channel == QUEUE:
            return f"{self.name:8} {self.channel:5} {self.url}  {self._queues().removeprefix(', ')}"
        key = facts["SFTP_HOST_KEY"].partition(" ")[2]
        who = f"user {facts['SFTP_USER']}, password {facts['SFTP_PASSWORD']}, host key {key}"
        editions = f", guides {self._versions()}" if len(self.served) > 1 or self.oldest != FIRST else ""
        return f"{self.name:8} {self.channel:5} {self.url}     {who}{editions}"

    def _versions(self) -> str:
        """`v1`, or `v1 until 2026-05-31T08:00+00:00 and v2`."""
        return " and ".join(f"{version} until {ends}" if ends else version for version, ends in self.served)

    def _queues(self) -> str:
        """Where to publish requests, what to read replies and events from and as whom; "" without a queue."""
        told = []
        for name, value in self.facts.items():
            what, _, last = name.rpartition("_")
            if last == "ADDRESS":
                told.append(f"{what.lower()} to {value}")
            elif last == "QUEUE":
                reader = self.facts[f"{what}_GROUP"]
                told.append(f"{what.lower()} in {value}" + (f" as {reader}" if reader else ""))
        return "".join(f", {each}" for each in told)


@dataclass(frozen=True, slots=True)
class Offer:
    """`holds` is what there is → how many, `state` the file that it is kept in, "" for none; `subscribed` says that
    events are pushed to the layer already. `broker` is what is told of one (BROKER, BROKER_URL, BROKER_EXCHANGE), empty
    where there is none.
    """

    parties: tuple[PartyOffer, ...]
    admin_url: str
    admin_token: str
    seed: int
    state: str = ""
    holds: Mapping[str, int] = field(default_factory=dict)
    subscribed: bool = False
    broker: Mapping[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """Variable → value, as a layer that Crossdock starts would find them."""
        told = {
            f"{ENVIRONMENT_PREFIX}{party.name.upper()}_{name}": value
            for party in self.parties
            for name, value in party.facts.items()
        }
        others = {"ADMIN_URL": self.admin_url, "ADMIN_TOKEN": self.admin_token, **self.broker}
        if self.subscribed:
            others["SUBSCRIBED"] = "1"
        return {**told, **{f"{ENVIRONMENT_PREFIX}{name}": value for name, value in others.items()}}

    def environment_file(self) -> str:
        """Lines of NAME=value that a shell and the usual readers of `.env` files take."""
        return "".join(f"{name}={shlex.quote(value)}\n" for name, value in self.environment().items())

    def document(self) -> dict[str, Any]:
        """All of it, for programs."""
        parties = {
            party.name: {
                "kind": party.kind,
                "channel": party.channel,
                "url": party.url,
                "versions": [version for version, _ in party.served],
                **{_camel(name): value for name, value in party.facts.items()},
            }
            for party in self.parties
        }
        return {
            "parties": parties,
            "admin": {"url": self.admin_url, "token": self.admin_token},
            "broker": {_camel(name): value for name, value in self.broker.items()} or None,
            "seed": self.seed,
            "state": self.state or None,
            "holds": dict(self.holds),
            "environment": self.environment(),
            "try": list(self.commands()),
        }

    def text(self) -> Iterator[str]:
        """All of it, line by line, for people."""
        yield from (party.line() for party in self.parties)
        if self.broker:
            exchange = f"  exchange {self.broker['BROKER_EXCHANGE']}" if "BROKER_EXCHANGE" in self.broker else ""
            yield f"broker   {self.broker['BROKER']:5} {self.broker['BROKER_URL']}{exchange}"
        yield f"admin          {self.admin_url}     Authorization: Bearer {self.admin_token}"
        there = ", ".join(f"{count} {what}" for what, count in self.holds.items() if count)
        kept = f"kept in {self.state}" if self.state else "kept in memory"
        yield f"in it: {there or 'nothing yet'} (seed {self.seed}, {kept})"
        yield "try:"
        yield from (f"  {command}" for command in self.commands())

    def commands(self) -> Iterator[str]:
        """Commands that work as they stand, in a shell."""
        spoken = {party.channel: party for party in reversed(self.parties)}
        if REST in spoken:
            party = spoken[REST]
            client = shlex.quote(f"{party.facts['CLIENT_ID']}:{party.facts['CLIENT_SECRET']}")
            url = f"{party.url}/{party.oldest}"
            ask = f"curl -s -u {client} -d grant_type=client_credentials {url}/oauth/token"
            yield f"""TOKEN=$({ask} | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')"""
            yield f'curl -s -H "Authorization: Bearer $TOKEN" {url}/events'
        for party in (party for channel, party in spoken.items() if channel not in (REST, QUEUE)):
            facts = party.facts
            known = shlex.quote(f"KnownHostsCommand=/bin/echo {facts['SFTP_HOST_KEY']}")
            where = f"-P {facts['SFTP_PORT']} {facts['SFTP_USER']}@{facts['SFTP_HOST']}"
            yield f"sftp -oUserKnownHostsFile=none -o{known} {where}   # password {facts['SFTP_PASSWORD']}"
        yield f"curl -s -H 'Authorization: Bearer {self.admin_token}' {self.admin_url}/clock"


def _camel(name: str) -> str:
    """CLIENT_ID → clientId."""
    first, *others = name.lower().split("_")
    return first + "".join(other.capitalize() for other in others)
