"""What the layer must be told, read from the environment once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

WAREHOUSES = ("east", "west", "regional")
SYSTEMS = ("crm", "erp")


class SettingsError(Exception):
    """The environment lacks something or holds something unusable; the text says what to set."""


@dataclass(frozen=True, slots=True)
class Party:
    """Where a party is and how the two of them know each other."""

    name: str
    url: str
    client_id: str
    client_secret: str = field(repr=False)
    webhook_secret: str = field(repr=False)


@dataclass(frozen=True)
class Settings:
    """All times are in seconds."""

    parties: Mapping[str, Party]
    port: int = 8080
    public_url: str = "http://127.0.0.1:8080"  # under which the parties reach the layer
    database: str = "layer.sqlite"
    timeout_s: float = 2.0  # for one request
    give_up_s: float = 60.0  # for one call with all its retries; then the event is set aside
    reroute_after_s: float = 30.0  # out of reach for so long, a warehouse loses its fulfilments to another
    catch_up_s: float = 5.0  # between two looks at the event feeds; 0 for never
    subscribed: bool = False  # somebody else has made the webhook subscriptions

    @property
    def warehouses(self) -> tuple[str, ...]:
        """Those that there are, in the order in which they are thought of."""
        return tuple(name for name in WAREHOUSES if name in self.parties)

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Settings:
        """Raises: SettingsError, with everything that is wrong at once."""
        wrong: list[str] = []

        def text(name: str) -> str:
            if not environment.get(name):
                wrong.append(f"{name} is not set")
            return environment.get(name, "")

        def number(name: str, default: float) -> float:
            try:
                return float(environment.get(name, default))
            except ValueError:
                wrong.append(f"{name} is {environment[name]!r}, but must be a number")
                return default

        fields = ("URL", "CLIENT_ID", "CLIENT_SECRET", "WEBHOOK_SECRET")
        warehouses = [name for name in WAREHOUSES if f"CROSSDOCK_{name.upper()}_URL" in environment]
        if not warehouses:
            names = ", ".join(f"CROSSDOCK_{name.upper()}_URL" for name in WAREHOUSES)
            wrong.append(f"no warehouse is set: one of {names} is needed")
        parties = (*SYSTEMS, *warehouses)
        own = {party: [text(f"CROSSDOCK_{party.upper()}_{field}") for field in fields] for party in parties}
        port = int(number("LAYER_PORT", cls.port))
        settings = cls(
            parties={name: Party(name, url.rstrip("/"), *keys) for name, (url, *keys) in own.items()},
            port=port,
            public_url=environment.get("LAYER_URL", f"http://127.0.0.1:{port}").rstrip("/"),
            database=environment.get("LAYER_DB", cls.database),
            timeout_s=number("LAYER_TIMEOUT_S", cls.timeout_s),
            give_up_s=number("LAYER_GIVE_UP_S", cls.give_up_s),
            reroute_after_s=number("LAYER_REROUTE_AFTER_S", cls.reroute_after_s),
            catch_up_s=number("LAYER_CATCH_UP_S", cls.catch_up_s),
            subscribed=environment.get("CROSSDOCK_SUBSCRIBED") == "1",
        )
        if wrong:
            raise SettingsError("; ".join(wrong))
        return settings
