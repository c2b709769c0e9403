"""The provider under test: where it is, whose contract it keeps, and who we are to it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClientCredentials:
    """A client of the provider's token endpoint (OAuth 2 client credentials)."""

    id: str
    secret: str


@dataclass(frozen=True, slots=True)
class Provider:
    """`kind` says which contract it keeps (crm, erp, warehouse, layer); `url` is the address of its API, with the
    version in it (`http://127.0.0.1:8103/v1`).

    With neither `client` nor `token` it is called without credentials. `expired_token` and `foreign_token` are those
    that it must refuse, "" where there is none.
    """

    kind: str
    url: str
    name: str = ""
    client: ClientCredentials | None = None
    token: str = ""
    expired_token: str = ""
    foreign_token: str = ""

    @property
    def title(self) -> str:
        return self.name or self.kind
