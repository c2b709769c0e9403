"""What the layer must be told, read from the environment once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

WAREHOUSES = ("east", "west", "regional")
SYSTEMS = ("crm", "erp")
CLOUD_ERP = "erp-cloud"  # there only while regions go over to it
NATS, RABBITMQ = "nats", "rabbitmq"
BROKERS = (NATS, RABBITMQ)


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
    version: str = "v1"  # of what is agreed with it


@dataclass(frozen=True, slots=True)
class Inlet:
    """A queue of a broker that we read, under which name, and as which of its readers: a party's events, or else its
    replies to what we ask.
    """

    party: str
    queue: str
    group: str
    events: bool


@dataclass(frozen=True)
class Settings:
    """All times are in seconds. `parties` have an API, `partners` exchange files, those in `addresses` take requests
    there from a broker.
    """

    parties: Mapping[str, Party]
    partners: Mapping[str, Partner] = field(default_factory=dict)
    broker: str = ""  # kind of the broker, "" for none
    broker_url: str = field(default="", repr=False)
    exchange: str = ""  # where RabbitMQ takes what is published
    addresses: Mapping[str, str] = field(default_factory=dict)
    inlets: tuple[Inlet, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)  # of the APIs, where it is not the first
    port: int = 8080
    public_url: str = "http://127.0.0.1:8080"  # under which the parties reach the layer
    database: str = "layer.sqlite"
    authority: str = ""  # PEM file of the certificate authority to trust where a party speaks TLS
    timeout_s: float = 2.0  # for one request
    give_up_s: float = 60.0  # for one call with all its retries; then the event is set aside
    reroute_after_s: float = 30.0  # out of reach for so long, a warehouse loses its fulfilments to another
    catch_up_s: float = 5.0  # between two looks at the event feeds; 0 for never
    look_s: float = 0.1  # between two looks into a partner's folder
    acknowledged_within_s: float = 10.0  # a document that is not is put there once more, under the same number
    answered_within_s: float = 1.0  # a request over a broker that is not is sent once more, under the same id
    incomplete_for_s: float = 10.0  # after so long half a file is not being written any more
    traces_url: str = ""  # where spans are exported to (OTLP/HTTP), "" for nowhere
    operator_token: str = ""  # of whoever may see and use the layer's own operations; "": anybody may
    subscribed: bool = False  # somebody else has made the webhook subscriptions

    @property
    def warehouses(self) -> tuple[str, ...]:
        """Those that there are, in the order in which they are thought of."""
        there = {*self.parties, *self.partners, *self.addresses}
        return tuple(name for name in WAREHOUSES if name in there)

    @property
    def by_webhook(self) -> tuple[str, ...]:
        """The parties whose events do not come over a broker."""
        others = {inlet.party for inlet in self.inlets if inlet.events}
        return tuple(name for name in self.parties if name not in others)

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Settings:
        """Raises: SettingsError, with everything that is wrong at once."""
        given = _Given(environment)
        with_api = given.warehouses_with("URL")
        with_files = given.warehouses_with("SFTP_HOST")
        with_queues = given.warehouses_with("REQUESTS_ADDRESS")
        if not with_api and not with_files and not with_queues:
            names = ", ".join(f"CROSSDOCK_{name.upper()}_URL or _SFTP_HOST" for name in WAREHOUSES)
            given.wrong.append(f"no warehouse is set: one of {names} is needed")
        inlets = tuple(_inlets(given))
        port = int(given.number("LAYER_PORT", cls.port))
        settings = cls(
            parties={name: _party(given, name) for name in (*SYSTEMS, *given.second_erp(), *with_api)},
            partners={name: _partner(given, name) for name in with_files},
            broker=given.one_of("CROSSDOCK_BROKER", BROKERS) if inlets else "",
            broker_url=given.text("CROSSDOCK_BROKER_URL") if inlets else "",
            exchange=environment.get("CROSSDOCK_BROKER_EXCHANGE", ""),
            addresses={name: given.text(f"CROSSDOCK_{name.upper()}_REQUESTS_ADDRESS") for name in with_queues},
            inlets=inlets,
            versions={name: version for name in with_api if (version := given.version(name))},
            port=port,
            public_url=environment.get("LAYER_URL", f"http://127.0.0.1:{port}").rstrip("/"),
            database=environment.get("LAYER_DB", cls.database),
            authority=environment.get("CROSSDOCK_CA_FILE", ""),
            operator_token=environment.get("LAYER_OPERATOR_TOKEN", ""),
            timeout_s=given.number("LAYER_TIMEOUT_S", cls.timeout_s),
            give_up_s=given.number("LAYER_GIVE_UP_S", cls.give_up_s),
            reroute_after_s=given.number("LAYER_REROUTE_AFTER_S", cls.reroute_after_s),
            catch_up_s=given.number("LAYER_CATCH_UP_S", cls.catch_up_s),
            look_s=given.number("LAYER_LOOK_S", cls.look_s),
            acknowledged_within_s=given.number("LAYER_ACKNOWLEDGED_WITHIN_S", cls.acknowledged_within_s),
            answered_within_s=given.number("LAYER_ANSWERED_WITHIN_S", cls.answered_within_s),
            incomplete_for_s=given.number("LAYER_INCOMPLETE_FOR_S", cls.incomplete_for_s),
            traces_url=_traces(environment.get("OTEL_EXPORTER_OTLP_ENDPOINT", "")),
            subscribed=environment.get("CROSSDOCK_SUBSCRIBED") == "1",
        )
        if given.wrong:
            raise SettingsError("; ".join(given.wrong))
        return settings


class _Given:
    """The environment; `wrong` is what is wrong with it so far, in words."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = environment
        self.wrong: list[str] = []

    def warehouses_with(self, field: str) -> list[str]:
        return [name for name in WAREHOUSES if f"CROSSDOCK_{name.upper()}_{field}" in self.environment]

    def second_erp(self) -> list[str]:
        return [CLOUD_ERP] if f"{_prefix(CLOUD_ERP)}_URL" in self.environment else []

    def version(self, party: str) -> str:
        return self.environment.get(f"CROSSDOCK_{party.upper()}_VERSION", "")

    def text(self, name: str) -> str:
        if not self.environment.get(name):
            self.wrong.append(f"{name} is not set")
        return self.environment.get(name, "")

    def one_of(self, name: str, known: tuple[str, ...]) -> str:
        value = self.text(name)
        if value and value not in known:
            self.wrong.append(f"{name} is {value!r}, but must be one of {', '.join(known)}")
        return value

    def number(self, name: str, default: float) -> float:
        try:
            return float(self.environment.get(name, default))
        except ValueError:
            self.wrong.append(f"{name} is {self.environment[name]!r}, but must be a number")
            return default


def _prefix(party: str) -> str:
    """As the names of a party's variables begin."""
    return f"CROSSDOCK_{party.upper().replace('-', '_')}"


def _traces(endpoint: str) -> str:
    return f"{endpoint.rstrip('/')}/v1/traces" if endpoint else ""


def _party(given: _Given, name: str) -> Party:
    url, *keys = (
        given.text(f"{_prefix(name)}_{field}") for field in ("URL", "CLIENT_ID", "CLIENT_SECRET", "WEBHOOK_SECRET")
    )
    return Party(name, url.rstrip("/"), *keys)


def _partner(given: _Given, name: str) -> Partner:
    prefix = f"CROSSDOCK_{name.upper()}"
    return Partner(
        name=name,
        channel=given.text(f"{prefix}_CHANNEL"),
        host=given.text(f"{prefix}_SFTP_HOST"),
        port=int(given.number(f"{prefix}_SFTP_PORT", 22)),
        user=given.text(f"{prefix}_SFTP_USER"),
        password=given.text(f"{prefix}_SFTP_PASSWORD"),
        host_key=given.text(f"{prefix}_SFTP_HOST_KEY"),
        version=given.environment.get(f"{prefix}_VERSION", Partner.version),
        own_id=given.environment.get(f"{prefix}_OWN_ID", Partner.own_id),
        partner_id=given.environment.get(f"{prefix}_PARTNER_ID", name.upper()),
    )


def _inlets(given: _Given) -> Iterator[Inlet]:
    for name in (*SYSTEMS, CLOUD_ERP, *WAREHOUSES):
        for what in ("EVENTS", "REPLIES"):
            prefix = f"{_prefix(name)}_{what}"
            if f"{prefix}_QUEUE" in given.environment:
                group = given.environment.get(f"{prefix}_GROUP", "")
                yield Inlet(name, given.text(f"{prefix}_QUEUE"), group, events=what == "EVENTS")
