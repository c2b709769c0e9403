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


@dataclass(frozen=True, slots=True)
class Partner:
    """A warehouse that exchanges files: where its SFTP server is, and how both are called in what they write."""

    name: str
    channel: str
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    host_key: str = ""  # a line of known_hosts; without it nobody is trusted
    own_id: str = "CROSSDOCK"
    partner_id: str = ""


@dataclass(frozen=True)
class Settings:
    """All times are in seconds. `parties` have an API, `partners` exchange files."""

    parties: Mapping[str, Party]
    partners: Mapping[str, Partner] = field(default_factory=dict)
    port: int = 8080
    public_url: str = "http://127.0.0.1:8080"  # under which the parties reach the layer
    database: str = "layer.sqlite"
    timeout_s: float = 2.0  # for one request
    give_up_s: float = 60.0  # for one call with all its retries; then the event is set aside
    reroute_after_s: float = 30.0  # out of reach for so long, a warehouse loses its fulfilments to another
    catch_up_s: float = 5.0  # between two looks at the event feeds; 0 for never
    look_s: float = 0.1  # between two looks into a partner's folder
    acknowledged_within_s: float = 10.0  # a document that is not is put there once more, under the same number
    incomplete_for_s: float = 10.0  # after so long half a file is not being written any more
    subscribed: bool = False  # somebody else has made the webhook subscriptions

    @property
    def warehouses(self) -> tuple[str, ...]:
        """Those that there are, in the order in which they are thought of."""
        return tuple(name for name in WAREHOUSES if name in self.parties or name in self.partners)

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
        with_api = [name for name in WAREHOUSES if f"CROSSDOCK_{name.upper()}_URL" in environment]
        with_files = [name for name in WAREHOUSES if f"CROSSDOCK_{name.upper()}_SFTP_HOST" in environment]
        if not with_api and not with_files:
            names = ", ".join(f"CROSSDOCK_{name.upper()}_URL or _SFTP_HOST" for name in WAREHOUSES)
            wrong.append(f"no warehouse is set: one of {names} is needed")
        parties = (*SYSTEMS, *with_api)
        own = {party: [text(f"CROSSDOCK_{party.upper()}_{field}") for field in fields] for party in parties}

        def partner(name: str) -> Partner:
            prefix = f"CROSSDOCK_{name.upper()}"
            return Partner(
                name=name,
                channel=text(f"{prefix}_CHANNEL"),
                host=text(f"{prefix}_SFTP_HOST"),
                port=int(number(f"{prefix}_SFTP_PORT", 22)),
                user=text(f"{prefix}_SFTP_USER"),
                password=text(f"{prefix}_SFTP_PASSWORD"),
                host_key=text(f"{prefix}_SFTP_HOST_KEY"),
                own_id=environment.get(f"{prefix}_OWN_ID", Partner.own_id),
                partner_id=environment.get(f"{prefix}_PARTNER_ID", name.upper()),
            )

        port = int(number("LAYER_PORT", cls.port))
        settings = cls(
            parties={name: Party(name, url.rstrip("/"), *keys) for name, (url, *keys) in own.items()},
            partners={name: partner(name) for name in with_files},
            port=port,
            public_url=environment.get("LAYER_URL", f"http://127.0.0.1:{port}").rstrip("/"),
            database=environment.get("LAYER_DB", cls.database),
            timeout_s=number("LAYER_TIMEOUT_S", cls.timeout_s),
            give_up_s=number("LAYER_GIVE_UP_S", cls.give_up_s),
            reroute_after_s=number("LAYER_REROUTE_AFTER_S", cls.reroute_after_s),
            catch_up_s=number("LAYER_CATCH_UP_S", cls.catch_up_s),
            look_s=number("LAYER_LOOK_S", cls.look_s),
            acknowledged_within_s=number("LAYER_ACKNOWLEDGED_WITHIN_S", cls.acknowledged_within_s),
            incomplete_for_s=number("LAYER_INCOMPLETE_FOR_S", cls.incomplete_for_s),
            subscribed=environment.get("CROSSDOCK_SUBSCRIBED") == "1",
        )
        if wrong:
            raise SettingsError("; ".join(wrong))
        return settings
