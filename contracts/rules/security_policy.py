"""Who may call, with what credentials, over what line; and what must never stand in a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from ..api_operation import operations
from ..part import Part
from ..rule import Defect, Rule, Severity, defect, rule
from ..view import View

_APIS = ("openapi", "openapi-components")
_LOCAL = ("localhost", "127.0.0.1", "[::1]", "::1")


@rule
class OperationSecured(Rule):
    """Every operation says who may call it, by its own `security` or that of the document; what needs no credentials
    says so with `security: []` of its own.

    Left unsaid, it is open to everybody, and nobody decided that.
    """

    id = "operation-secured"
    title = "Every operation says who may call it"
    kinds = ("openapi",)

    def check(self, view: View) -> Iterator[Defect]:
        for operation in operations(view.root):
            if operation.security() is None:
                yield defect(
                    operation.part,
                    f"{operation.label} does not say who may call it",
                    expected="`security` with a scheme and its scopes, or `security: []`",
                    do="say it here, or for all at the top of the document",
                )


@rule
class SecurityKnown(Rule):
    """Every scheme that `security` names is declared under `components.securitySchemes`, and every scope is one that
    the scheme has.
    """

    id = "security-known"
    title = "Schemes and scopes are declared"
    kinds = ("openapi",)

    def check(self, view: View) -> Iterator[Defect]:
        schemes = {name: part.followed() for name, part in view.root.member("components", "securitySchemes").members()}
        places = [view.root.member("security"), *(each.part.member("security") for each in operations(view.root))]
        for place in places:
            for _, requirement in place.members():
                for name, scopes in requirement.members():
                    if name not in schemes:
                        yield defect(
                            scopes,
                            f"the scheme {name} is not declared",
                            expected=f"one of {', '.join(schemes) or 'the schemes under components.securitySchemes'}",
                            do="declare it",
                        )
                    else:
                        yield from _unknown_scopes(name, schemes[name], scopes)


def _unknown_scopes(name: str, scheme: Part, scopes: Part) -> Iterator[Defect]:
    if scheme.get("type") != "oauth2":
        return
    known = _scopes(scheme)
    for _, scope in scopes.members():
        if scope.value not in known:
            yield defect(
                scope,
                f"{name} has no scope {scope.value}",
                expected=f"one of {', '.join(known) or 'the scopes of its flows'}",
                do="correct it, or declare it in the flow",
            )


def _scopes(scheme: Part) -> dict[str, Any]:
    flows = (flow.get("scopes") or {} for _, flow in scheme.member("flows").members())
    return {scope: meaning for flow in flows for scope, meaning in flow.items()}


@rule
class ScopeNames(Rule):
    """A scope is named by what it opens and what one may do there, `orders.read` or `orders:write`, and is
    described.
    """

    id = "scope-names"
    title = "Scopes are named what.action, and described"
    severity = Severity.WARNING
    kinds = _APIS

    _NAME = re.compile(r"[a-z][a-z0-9-]*([.:/][a-z][a-z0-9-]*)+")

    def check(self, view: View) -> Iterator[Defect]:
        for node in view.all("security scheme"):
            for _, flow in node.part.member("flows").members():
                for scope, meaning in flow.member("scopes").members():
                    well_named = self._NAME.fullmatch(scope) is not None
                    if not well_named or not meaning.value:
                        yield defect(
                            meaning,
                            f"the scope {scope} is {'not described' if well_named else 'no what.action'}",
                            expected="what it opens and what one may do, such as orders.read, with a description",
                            do="rename or describe it",
                        )


@rule
class NoBasic(Rule):
    """Nobody calls with a name and a password on every request (HTTP Basic), nor with Digest.

    A password is good for everything and for ever; a token for little and an hour.
    """

    id = "no-basic"
    title = "No HTTP Basic or Digest"
    kinds = _APIS

    def check(self, view: View) -> Iterator[Defect]:
        for node in view.all("security scheme"):
            scheme = str(node.part.get("scheme", "")).lower()
            if node.part.get("type") == "http" and scheme in ("basic", "digest"):
                yield defect(
                    node.part.member("scheme"),
                    f"{node.name} sends a password with every request",
                    expected="oauth2 with clientCredentials, or mutualTLS",
                    do="issue tokens",
                )


@rule
class KeysHidden(Rule):
    """No credentials travel in a URL: an API key is a header, never a query parameter.

    URLs end up in logs, in histories and in the Referer of the next page.
    """

    id = "keys-hidden"
    title = "No API key in the query"
    kinds = _APIS

    _SECRET = re.compile(r"(?i)(api[_-]?key|access[_-]?token|password|secret|client[_-]?secret)$")

    def check(self, view: View) -> Iterator[Defect]:
        for node in view.all("security scheme"):
            if node.part.get("type") == "apiKey" and node.part.get("in") == "query":
                yield self._in_url(node.part.member("in"), node.name)
        for node in view.all("parameter"):
            name = str(node.part.get("name"))
            if node.part.get("in") in ("query", "path") and self._SECRET.search(name):
                yield self._in_url(node.part.member("in"), name)

    def _in_url(self, part: Part, name: str) -> Defect:
        return defect(
            part, f"{name} travels in the URL", expected="a header", do="take it from a header, or issue tokens"
        )


@rule
class FlowsModern(Rule):
    """OAuth 2 without the flows that OAuth 2.1 has dropped: neither `implicit` nor `password`."""

    id = "flows-modern"
    title = "No implicit and no password flow"
    kinds = (*_APIS, "asyncapi")

    def check(self, view: View) -> Iterator[Defect]:
        for node in view.all("security scheme"):
            for name in ("implicit", "password"):
                if name in (node.part.get("flows") or {}):
                    yield defect(
                        node.part.member("flows", name),
                        f"{node.name} has the flow {name}, which OAuth 2.1 has dropped",
                        expected="clientCredentials between systems, authorizationCode for people",
                        do="replace it",
                    )


@rule
class LineEncrypted(Rule):
    """Servers, token endpoints and brokers are reached over TLS: `https`, `amqps`, `kafka-secure`, `mqtts`, `wss`.
    The own machine (localhost, 127.0.0.1) is an exception.
    """

    id = "line-encrypted"
    title = "Everything travels over TLS"
    kinds = (*_APIS, "asyncapi")

    _PLAIN = frozenset({"http", "ws", "amqp", "mqtt", "kafka", "nats", "stomp", "ftp"})

    def check(self, view: View) -> Iterator[Defect]:
        for node in view.all("server"):
            url = str(node.part.get("url", ""))
            host, scheme = str(node.part.get("host", "")), str(node.part.get("protocol", ""))
            if url:
                parts = urlsplit(url.replace("{", "").replace("}", ""))
                host, scheme = parts.netloc, parts.scheme
            if scheme.lower() in self._PLAIN and not _is_local(_filled(host, node.part)):
                yield self._open(node.part.member("url" if url else "protocol"), url or scheme)
        for node in view.all("security scheme"):
            for _, flow in node.part.member("flows").members():
                for name in ("tokenUrl", "authorizationUrl", "refreshUrl"):
                    url = str(flow.get(name, ""))
                    if url.startswith("http://") and not _is_local(urlsplit(url).netloc):
                        yield self._open(flow.member(name), url)

    def _open(self, part: Part, what: str) -> Defect:
        return defect(
            part, f"{what} is not encrypted", expected="TLS, such as https or amqps", do="offer it over TLS only"
        )


def _filled(host: str, server: Part) -> str:
    """The host with the default values of its variables."""
    for name, variable in server.member("variables").members():
        host = host.replace(f"{{{name}}}", str(variable.get("default", "")))
    return host


def _is_local(host: str) -> bool:
    return host.rpartition("@")[2].startswith(_LOCAL)


@rule
class NoSecrets(Rule):
    """No example and no default is a real secret: no private keys, no tokens of the well-known forms.

    Contracts are handed to everybody.
    """

    id = "no-secrets"
    title = "No secrets in examples"

    _SECRETS = (
        (re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"), "a private key"),
        (re.compile(r"\bAKIA[0-9A-Z]{16}\b"), "an AWS access key"),
        (re.compile(r"\bgh[pousr]_[A-Za-z0-9]{36}\b"), "a GitHub token"),
        (re.compile(r"\bsk_live_[A-Za-z0-9]{16,}"), "a Stripe key"),
        (re.compile(r"\bxox[abprs]-[A-Za-z0-9-]{10,}"), "a Slack token"),
    )

    def check(self, view: View) -> Iterator[Defect]:
        for example in view.examples:
            for part in _texts(example.part):
                for pattern, what in self._SECRETS:
                    if pattern.search(part.value):
                        yield defect(
                            part, f"looks like {what}", expected="a made-up value", do="replace it, and revoke it"
                        )


@rule
class NoRealPeople(Rule):
    """E-mail addresses and host names in examples are of those that belong to nobody: example.com, example.org,
    example.net, and the top-level domains .example, .test and .invalid (RFC 2606, RFC 6761).

    An example is copied, run, and mails somebody.
    """

    id = "no-real-people"
    title = "Examples name nobody's addresses"
    severity = Severity.WARNING

    _MAIL = re.compile(r"[A-Za-z0-9._%+-]+@([A-Za-z0-9.-]+\.[A-Za-z]{2,})")
    _NOBODY = re.compile(r"(?i)(^|\.)(example\.(com|org|net)|example|test|invalid|localhost)$")

    def check(self, view: View) -> Iterator[Defect]:
        for example in view.examples:
            for part in _texts(example.part):
                for found in self._MAIL.finditer(part.value):
                    if not self._NOBODY.search(found[1]):
                        yield defect(
                            part,
                            f"{found[0]} may be somebody's address",
                            expected="an address at example.com",
                            do="replace it",
                        )


def _texts(part: Part) -> Iterator[Part]:
    if isinstance(part.value, str):
        yield part
    else:
        for _, below in part.members():
            yield from _texts(below)
