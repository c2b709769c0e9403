"""States about nothing in particular: an empty provider, time, who is let in."""

from __future__ import annotations

from ..ground import Ground
from ..provider_state import Wanted, provider_state


@provider_state("nothing", "there is nothing", "nothing exists", "no data exists")
def nothing(_ground: Ground, _wanted: Wanted) -> None:
    """The provider has its settings and nothing else."""


@provider_state("no-access", "the caller has no valid token", "the caller is not authorised")
def no_access(ground: Ground, _wanted: Wanted) -> None:
    """The request goes to the provider with the credentials of the pact, which nobody has given out. In every other
    state it comes with a valid token, whatever the pact has in its place.
    """
    ground.authorised = False


@provider_state("client", "the client {clientId} with the secret {clientSecret} is registered")
def client(ground: Ground, wanted: Wanted) -> None:
    """The client may ask for tokens."""
    scopes = ground.party.access.tokens.values()
    allowed = frozenset(scope for token in scopes for scope in token.scopes)
    name, secret = wanted.demanded("clientId"), wanted.demanded("clientSecret")
    ground.world.register_client(ground.provider, name, secret, allowed)


@provider_state("time", "{hours} business hours have passed")
def time(ground: Ground, wanted: Wanted) -> None:
    """Business time has passed, and what was due in it has happened: picks, shipments, deliveries."""
    ground.pass_hours(wanted.number("hours", 24))
