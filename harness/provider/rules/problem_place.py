"""problem-place: a refusal names what is wrong, and where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_plus

from ..exchange import Exchange
from ..rule import Bench, ProviderRule, provider_rule


@provider_rule
class ProblemPlace(ProviderRule):
    """A refusal for a field or a parameter names it, each by a pointer into the body that was sent or by its name.

    Because "something is wrong" sends a person through a hundred lines, and a program nowhere.
    """

    id = "problem-place"
    title = "A refusal names what is wrong, and where"
    clause = "RFC 9457, 3.2 (extension members); RFC 6901; contracts/canonical/v1/problem.json"
    example = 'A body with a wrong quantity is refused as "invalid request", and nothing says which field.'

    def concerns(self, exchange: Exchange) -> bool:
        return exchange.reply.code in ("invalid-request", "invalid-parameter")

    def broken(self, exchange: Exchange, bench: Bench) -> Iterator[str]:
        errors = exchange.reply.json.get("errors")
        if not isinstance(errors, list) or not errors:
            yield "`errors` is missing: nothing says which field is wrong"
            return
        for error in errors:
            pointer, parameter = error.get("pointer"), error.get("parameter")
            if pointer is None and parameter is None:
                yield f"an error names neither pointer nor parameter: {error}"
            elif pointer is not None and not _leads_somewhere(exchange.sent.payload, str(pointer)):
                yield f"the pointer {pointer!r} leads nowhere in the body that was sent"
            elif parameter is not None and not _known(str(parameter), exchange):
                yield f"the parameter {parameter!r} was not sent, and the operation has none of that name"


def _known(parameter: str, exchange: Exchange) -> bool:
    """Whether it is one of the operation's, or stands in the query; a long name may be cut short."""
    names = {each.name.lower() for each in exchange.operation.parameters}
    query = unquote_plus(exchange.sent.url.partition("?")[2])
    return parameter.lower() in names or parameter.removesuffix("…") in query or parameter == "(no name)"


def _leads_somewhere(payload: Any, pointer: str) -> bool:
    """Whether the pointer, or the object in which a field of it is missing, stands in the body."""
    if pointer == "":
        return True
    if not pointer.startswith("/"):
        return False
    here = payload
    *way, _ = (part.replace("~1", "/").replace("~0", "~") for part in pointer[1:].split("/"))
    for part in way:
        if isinstance(here, dict) and part in here:
            here = here[part]
        elif isinstance(here, list) and part.isdigit() and int(part) < len(here):
            here = here[int(part)]
        else:
            return False
    return isinstance(here, dict | list) or payload is None
