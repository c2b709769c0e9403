"""The target: the integration layer under test, as target.yaml describes it (contracts/harness/v1/target.json)."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from ..contracts import documents, yaml_document
from ..contracts.validation import Validator
from ..scenarios.layer import Offer
from ..scenarios.wire.place import CAPABILITIES, Place
from ..simulators.world import CAST, CLOUD_ERP, ERP, PARTIES, WAREHOUSE
from .promises import CircuitBreaker, Promise, Retries, ServiceLevels
from .telemetry.offered import MetricClaim, Telemetry

NAMES_TOLD = 12
RESTART = CAPABILITIES[Place.ADDRESS]


class ConfigError(Exception):
    """Something that the user must change before anything can be tested. `problems` are whole sentences."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Ready(msgspec.Struct, frozen=True, kw_only=True):
    url: str
    within_s: float = 20.0


class Start(msgspec.Struct, frozen=True, kw_only=True):
    """How to start the layer: by `command` as a process, by `app` (`module:factory`) in virtual time. `directory` is
    relative to the target's file; true and false in `environment` are given to the layer as these words, numbers as
    they are. By `command` it may be started `at_once` times beside itself.
    """

    command: tuple[str, ...] = ()
    app: str = ""
    directory: str = "."
    environment: dict[str, str] = {}
    ready: Ready | None = None
    stop_within_s: float = 5.0
    at_once: int = 1


class FixedParty(msgspec.Struct, frozen=True, kw_only=True):
    port: int = 0
    client_id: str = ""
    client_secret: str = ""
    webhook_secret: str = ""
    host_key: str = ""


class Events(msgspec.Struct, frozen=True, kw_only=True):
    subscribe: str
    webhooks: str = ""


class Policies(msgspec.Struct, frozen=True, kw_only=True):
    billing: str = "per-shipment"
    cases: str = "layer"
    retries: Retries = Retries()
    circuit_breaker: CircuitBreaker | None = None
    logs: str = "any"


class Deadlines(msgspec.Struct, frozen=True, kw_only=True):
    settle_within_s: float = 20.0
    quiet_for_s: float = 0.3


class Recovery(msgspec.Struct, frozen=True, kw_only=True):
    health: str = ""
    dead_letters: str = ""
    replay: str = ""
    drain: str = ""


class Operator(msgspec.Struct, frozen=True, kw_only=True):
    """Who we are at the layer's own operations: `token` is the bearer token that they want, "" where they want none."""

    token: str = ""


# Ways of speaking in which a warehouse says and hears nothing of items (docs/decisions/0011-warehouses-in-files.md).
_SILENT_ON_ITEMS = frozenset({"x12"})
_USUAL = [name for name, kind in CAST.items() if kind == WAREHOUSE]


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """The document. `warehouses` is name → the channel that it speaks, `versions` which version of its API;
    `broker` the kind of a broker that is run for it or the URL of one; `erps` where it takes the table of ERPs, "" when
    it knows of one only; `file` is where it was read from.
    """

    crossdock: int
    name: str
    events: Events
    description: str = ""
    start: Start | None = None
    warehouses: dict[str, str] = msgspec.field(default_factory=lambda: dict.fromkeys(_USUAL, "rest"))
    versions: dict[str, str] = {}
    parties: dict[str, FixedParty] = {}
    capabilities: tuple[str, ...] = ("order-to-cash",)
    policies: Policies = Policies()
    deadlines: Deadlines = Deadlines()
    recovery: Recovery = Recovery()
    operator: Operator = Operator()
    erps: str = ""
    service_levels: ServiceLevels = ServiceLevels()
    telemetry: Telemetry = Telemetry()
    broker: str = "nats"
    file: str = ""

    def cast(self, *, cut_over: bool = False) -> dict[str, str]:
        """The world that it works in: party → kind. The second ERP is in it where a region goes over to it
        (`cut_over`), or where the target has a fixed place for it and so looks for it there.
        """
        others = {name: kind for name, kind in PARTIES.items() if kind != WAREHOUSE}
        second = {CLOUD_ERP: PARTIES[ERP]} if self.erps and (cut_over or CLOUD_ERP in self.parties) else {}
        return {**others, **second, **dict.fromkeys(self.warehouses, WAREHOUSE)}

    @property
    def offers(self) -> frozenset[Offer]:
        """What scenarios may do to the layer itself."""
        named: dict[Offer, object] = {
            "process": self.start and RESTART in self.capabilities,
            "dead-letters": self.recovery.dead_letters,
            "replay": self.recovery.replay,
            "drain": self.recovery.drain,
            "erps": self.erps,
        }
        return frozenset(offer for offer, given in named.items() if given)

    @property
    def item_places(self) -> tuple[str, ...]:
        """The warehouses that hear of items from the layer."""
        return tuple(name for name, channel in self.warehouses.items() if channel not in _SILENT_ON_ITEMS)


def load(path: Path) -> Target:
    """Read and check a target file.

    Raises: ConfigError with everything that is wrong, each with its line and place.
    """
    text, document = _read(path)
    errors = Validator(documents.load("harness/v1/target.json")).errors(document)
    if errors:
        raise ConfigError(*(f"{_at(path, text, error.pointer)}: {error.message}" for error in errors))
    if environment := document.get("start", {}).get("environment"):
        document["start"]["environment"] = _as_text(environment)
    # Not strict: to JSON Schema 8080.0 is a whole number as well.
    target = msgspec.convert({**document, "file": str(path)}, Target, strict=False)
    problems = list(_contradictions(path, text, target))
    if problems:
        raise ConfigError(*problems)
    return target


def _contradictions(path: Path, text: bytes, target: Target) -> Iterator[str]:
    """What no schema can say: what one part of the file demands of another, or of the disk."""
    if target.events.subscribe == "harness" and not target.events.webhooks:
        yield (
            f"{_at(path, text, '/events/webhooks')}: is missing; with `subscribe: harness` it says where events are "
            "posted to"
        )
    if target.start is None and not target.parties:
        yield (
            f"{path}: there is neither `start` (how to start the layer) nor `parties` (fixed ports at which a running "
            "layer finds the simulators): one of the two is needed"
        )
    if target.start is not None and target.start.at_once > 1:
        place = _at(path, text, "/start/at_once")
        yield from (f"{place}: {why}: take it out, or {instead}" for why, instead in _only_once(target))
    cast = target.cast()
    for name in target.parties:
        if name == CLOUD_ERP and not target.erps:
            yield (
                f"{_at(path, text, f'/parties/{name}')}: only a layer that takes the table of ERPs knows it: say with "
                "`erps` where"
            )
        elif name not in cast:
            near = difflib.get_close_matches(name, cast, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(cast)}"
            yield f"{_at(path, text, f'/parties/{name}')}: there is no such party: {hint}"
    for name, party in target.parties.items():
        if party.host_key and target.warehouses.get(name) not in ("x12", "csv"):
            place = _at(path, text, documents.pointer("parties", name, "host_key"))
            yield f"{place}: {name} exchanges no files (x12, csv), so it has no file server that shows a key"
    for name in target.versions:
        if target.warehouses.get(name) not in ("rest", "x12"):
            speaks = target.warehouses.get(name, "not part of this world")
            yield (
                f"{_at(path, text, f'/versions/{name}')}: {name} is {speaks}: only an API (rest) and X12 guides (x12) "
                "have versions"
            )
    if target.recovery.replay and "{id}" not in target.recovery.replay:
        yield f"{_at(path, text, '/recovery/replay')}: needs {{id}}, which is replaced by the id of the dead letter"
    for name, promise in target.service_levels.measures.items():
        if problem := _unmeasured(name, promise):
            yield f"{_at(path, text, documents.pointer('service_levels', 'measures', name))}: {problem}"
    for number, claim in enumerate(target.telemetry.metrics.claims):
        for problem in _unclaimable(claim, target):
            yield f"{_at(path, text, documents.pointer('telemetry', 'metrics', 'claims', number))}: {problem}"
    if target.start is not None and not (path.parent / target.start.directory).is_dir():
        folder = path.parent / target.start.directory
        yield f"{_at(path, text, '/start/directory')}: there is no folder {folder}"


def _only_once(target: Target) -> Iterator[tuple[str, str]]:
    """Why a layer can't be started several times at once, as far as its description tells, and what to change."""
    if fixed := [name for name, party in target.parties.items() if party.port]:
        yield f"a port is there only once, and parties.{fixed[0]}.port is fixed", "leave the port out"
    texts = {"start.ready.url": target.start.ready.url} if target.start and target.start.ready else {}
    for name, url in {**texts, "events.webhooks": target.events.webhooks}.items():
        if url and "${" not in url:
            yield f"{name} is the same for all of them", "write ${PORT} there, and have the layer listen at it"
    if "://" in target.broker or "${" in target.broker:
        yield "they would all read the same queues at the broker", "have Crossdock run one for each (broker: nats)"


def _unmeasured(name: str, promise: Promise) -> str:
    """Why a measure can't be promised so; "" when it can."""
    from .measure import measures  # nothing else of a target needs what is known of orders

    known = name.partition("/")[0]
    if known not in measures:
        return measures.unknown(known)
    spans = measures[known].kind == "span"
    if spans == bool(promise.at_least) or (not spans and (promise.p50_h or promise.p95_h or promise.p99_h)):
        return f"{known} is measured " + ("in hours: write p50_h, p95_h or p99_h" if spans else "as a share: at_least")
    return ""


def _unclaimable(claim: MetricClaim, target: Target) -> Iterator[str]:
    """Why a metric can't be held against what is seen."""
    from .telemetry.claim import claims  # nothing else of a target needs what can be claimed
    from .telemetry.selector import WrongSelector, parse

    try:
        parse(claim.metric)
    except WrongSelector as error:
        yield str(error)
    if claim.claim not in claims:
        yield claims.unknown(claim.claim)
        return
    kind = claims[claim.claim]
    for member in ("party", "operation", "kind", "outcome"):
        if getattr(claim, member) and member not in kind.narrowed_by:
            by = f"it is narrowed by {' and '.join(kind.narrowed_by)}" if kind.narrowed_by else "nothing narrows it"
            yield f"{claim.claim} has no {member}: {by}"
    if claim.outcome and kind.outcomes and claim.outcome not in kind.outcomes:
        yield f"there is no outcome {claim.outcome}: there are {', '.join(kind.outcomes)}"
    if claim.party and claim.party not in (cast := target.cast(cut_over=True)):
        yield f"there is no party {claim.party}: there are {', '.join(cast)}"
    if claim.claim == "dead-letters" and not target.recovery.dead_letters:
        yield "dead-letters is held against the layer's list of them: name it under recovery.dead_letters"


def fill(text: str, values: Mapping[str, str], where: str) -> str:
    """Replace every ${NAME}.

    Raises: ConfigError naming what there is to choose from.
    """

    def value(match: re.Match[str]) -> str:
        name = match[1]
        if name not in values:
            near = difflib.get_close_matches(name, values, n=1)
            more = f" … and {len(values) - NAMES_TOLD} more" if len(values) > NAMES_TOLD else ""
            hint = (
                f"did you mean ${{{near[0]}}}?" if near else f"there are {', '.join(sorted(values)[:NAMES_TOLD])}{more}"
            )
            raise ConfigError(f"{where}: there is no ${{{name}}}: {hint}")
        return values[name]

    return re.sub(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}", value, text)


def _read(path: Path) -> tuple[bytes, dict[str, Any]]:
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        raise ConfigError(f"{path}: there is no such file; `--target` takes the path of a target.yaml") from None
    except OSError as error:
        raise ConfigError(f"{path}: can't be read: {error.strerror}") from error
    try:
        document = yaml_document.read(text)
    except yaml_document.YamlError as error:
        raise ConfigError(f"{path}, line {error.line}, column {error.column}: this is not YAML: {error}") from error
    if not isinstance(document, dict):
        raise ConfigError(f"{path}: a target file is a mapping (`name: …`), not {_kind(document)}")
    return text, document


def _as_text(environment: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in environment.items()}


def _at(path: Path, text: bytes, pointer: str) -> str:
    """File, line and place of a JSON Pointer; what is missing is looked for where it should stand."""
    line, _ = yaml_document.position(text, pointer)
    place = pointer.strip("/").replace("/", ".").replace("~1", "/") or "the document"
    return f"{path}, line {line}: {place}"


def _kind(value: object) -> str:
    return "a list" if isinstance(value, list) else "a single value"
