"""What the layer is handed to call the parties with: a client of its own at each, and the keys of their webhooks."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..simulators.ids import Ids
from ..simulators.versions import Versions
from ..simulators.world import World
from .target import FixedParty

if TYPE_CHECKING:
    from ..simulators.channels.files.partner import FilePartner
    from ..simulators.channels.sftp.host_key import HostKey

# A layer gets what partners get: nothing of what a party's own people may do.
SCOPES = {
    kind: frozenset({f"{kind}.read", f"{kind}.write", "events.read", "webhooks.manage"})
    for kind in ("crm", "erp", "warehouse")
}


@dataclass(frozen=True, slots=True)
class Credentials:
    """The layer's own at one party."""

    client_id: str
    client_secret: str
    webhook_secret: str

    def items(self) -> Iterator[tuple[str, str]]:
        """As the last part of an environment variable's name, and its value."""
        yield "CLIENT_ID", self.client_id
        yield "CLIENT_SECRET", self.client_secret
        yield "WEBHOOK_SECRET", self.webhook_secret


def file_partner(ids: Ids, fixed: FixedParty | None, party: str, versions: Versions | None = None) -> FilePartner:
    """Whom a party that speaks in files exchanges them with; the password is that of target.yaml or a fresh one."""
    from ..simulators.channels.files.partner import partner_of

    user, password = (fixed.client_id, fixed.client_secret) if fixed else ("", "")
    partner = partner_of(ids, party, user, password)
    return partner if versions is None else replace(partner, versions=versions)


def host_keys(ids: Ids, fixed: Mapping[str, FixedParty]) -> dict[str, HostKey]:
    """What the SFTP servers show of which target.yaml says the kind of key."""
    from ..simulators.channels.sftp.host_key import HostKey

    return {name: HostKey.made(ids, party.host_key) for name, party in fixed.items() if party.host_key}


def introduced(world: World, fixed: FixedParty | None, party: str) -> Iterator[tuple[str, str]]:
    """Have a party with an API know the layer; what the layer is told of it besides the address."""
    own = credentials(world.ids, fixed, party)
    known = world.parties[party]
    world.register_client(party, own.client_id, own.client_secret, SCOPES[known.kind])
    world.secrets.learn(own.webhook_secret, "webhook secret", party)
    yield "VERSION", known.versions.newest
    yield from own.items()


def variable(party: str) -> str:
    """A party's name as the names of variables begin: ERP_CLOUD."""
    return party.upper().replace("-", "_")


def credentials(ids: Ids, fixed: FixedParty | None, party: str) -> Credentials:
    """Those of target.yaml; fresh ones where it says nothing."""
    secret = "whsec_" + base64.b64encode(ids.octets(32)).decode()
    return Credentials(
        client_id=(fixed.client_id if fixed else "") or f"layer-{party}",
        client_secret=(fixed.client_secret if fixed else "") or ids.hex(16),
        webhook_secret=(fixed.webhook_secret if fixed else "") or secret,
    )
