"""What the layer must be told, read from the environment once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SYSTEMS = ("crm", "erp")
WAREHOUSES = ("east", "west", "regional")


class SettingsError(Exception):
    """The environment lacks something; the text says what to set."""


@dataclass(frozen=True, slots=True)
class Account:
    """Where a party is, and as whom the layer comes there."""

    name: str
    url: str
    client_id: str
    client_secret: str = field(repr=False)


@dataclass(frozen=True)
class Settings:
    """All times are in seconds."""

    accounts: Mapping[str, Account]
    database: str
    poll_every_s: float = 0.1  # two to five business hours, at a day or half a day a second
    timeout_s: float = 2.0  # for one request
    give_up_s: float = 60.0  # after so long without success an event is set aside
    workers: int = 12
    authority: str = ""  # PEM file of the certificate authority to trust where a party speaks TLS

    @property
    def warehouses(self) -> tuple[str, ...]:
        return tuple(name for name in WAREHOUSES if name in self.accounts)


def read(environment: Mapping[str, str]) -> Settings:
    """Raises: SettingsError, with everything that is missing at once."""
    there = [name for name in WAREHOUSES if f"CROSSDOCK_{name.upper()}_URL" in environment]
    names = {party: f"CROSSDOCK_{party.upper()}" for party in (*SYSTEMS, *there)}
    needed = [f"{name}_{part}" for name in names.values() for part in ("URL", "CLIENT_ID", "CLIENT_SECRET")]
    missing = [variable for variable in [*needed, "LAYER_DB"] if not environment.get(variable)]
    if not there:
        missing.append("CROSSDOCK_EAST_URL (or that of another warehouse)")
    if missing:
        raise SettingsError(f"not set: {', '.join(missing)}")
    accounts = {
        party: Account(
            party,
            environment[f"{name}_URL"].rstrip("/"),
            environment[f"{name}_CLIENT_ID"],
            environment[f"{name}_CLIENT_SECRET"],
        )
        for party, name in names.items()
    }
    poll_every_s = float(environment.get("LAYER_POLL_EVERY_S", Settings.poll_every_s))
    authority = environment.get("CROSSDOCK_CA_FILE", "")
    return Settings(accounts, environment["LAYER_DB"], poll_every_s, authority=authority)
