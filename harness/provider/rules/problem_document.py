"""problem-document: a refusal is a problem document."""

from __future__ import annotations

from collections.abc import Iterator

from ....contracts.documents import load
from ....contracts.openapi import Operation
from ..exchange import PROBLEM, Exchange
from ..rule import Bench, ProviderRule, provider_rule

TYPE_BASE = "https://contracts.crossdock.example/problems/"


@provider_rule
class ProblemDocument(ProviderRule):
    """Every refusal is a problem document that a program can act on: media type application/problem+json, the HTTP
    status once more, a code that the contract lists with that status, and a type that ends in the code.

    Because a caller decides by the code whether to repeat, to mend or to ask a person; a sentence tells it nothing.
    Operations whose refusals the contract writes otherwise (OAuth 2 tokens) are left out.
    """

    id = "problem-document"
    title = "A refusal is a problem document"
    clause = "RFC 9457, 3; contracts/http/v1/problems.yaml"
    example = '404 comes with `{"error": "nope"}` as application/json.'

    def concerns(self, exchange: Exchange) -> bool:
        return exchange.reply.status >= 400 and refuses_in_problems(exchange.operation, exchange.reply.status)

    def broken(self, exchange: Exchange, bench: Bench) -> Iterator[str]:
        reply = exchange.reply
        if reply.media_type != PROBLEM:
            yield f"the media type of a {reply.status} is {reply.media_type or 'missing'}, expected {PROBLEM}"
            return
        document = reply.json
        if not isinstance(document, dict):
            yield "the body is no JSON object"
            return
        if missing := [name for name in ("type", "title", "status", "detail", "code") if not document.get(name)]:
            yield f"{', '.join(missing)} is missing or empty"
        if document.get("status", reply.status) != reply.status:
            yield f"its status says {document['status']}, the answer has {reply.status}"
        yield from _code(document, reply.status)


def refuses_in_problems(operation: Operation, status: int) -> bool:
    """Whether the contract wants a problem document here."""
    validator = operation.response(status)
    if validator is None:
        return not operation.documents(status) and operation.scopes is not None
    return "Problem" in str(validator.schema.get("$ref", ""))


def _code(document: dict[str, object], status: int) -> Iterator[str]:
    code = str(document.get("code", ""))
    known = load("http/v1/problems.yaml")["problems"].get(code)
    if known is None:
        yield f"the code {code!r} is none of the contract's"
    elif int(known["status"]) != status:
        yield f"the code {code} comes with {known['status']}, not {status}"
    if document.get("type") != TYPE_BASE + code:
        yield f"its type is {document.get('type')!r}, expected {TYPE_BASE + code!r}"
