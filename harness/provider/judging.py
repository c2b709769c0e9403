"""The rules as checks of schemathesis: each is shown every exchange, and those that repeat calls the first few."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from schemathesis.checks import CHECKS

from ...contracts.openapi import Api
from .exchange import Exchange, Reply, Sent
from .rule import Bench, NotExercised, ProviderRule

PREFIX = "crossdock_"
# Checks are called with schemathesis' context, response and case; a True says that nothing was checked.
Check = Callable[[Any, Any, Any], bool | None]
NOTHING_CHECKED = True


class Judging:
    """All rules over one run. `tried` counts by rule and operation how often it was really put to the test, `idle` has
    the reasons why a rule could not be.
    """

    def __init__(self, api: Api, bench: Bench, rules: Mapping[str, ProviderRule], exchanges: int) -> None:
        self._operations = api.operations
        self._bench = bench
        self._rules = rules
        self._exchanges = exchanges
        self._given: Counter[tuple[str, str]] = Counter()
        self._passed_over: Counter[tuple[str, str]] = Counter()
        self._broken: set[tuple[str, str]] = set()
        self.tried: Counter[tuple[str, str]] = Counter()
        self.idle: dict[str, str] = {}

    @contextmanager
    def installed(self) -> Iterator[None]:
        """The rules as checks, for as long as the context lasts: one registry serves the whole process."""
        names = [f"{PREFIX}{name}" for name in self._rules]
        for name in self._rules:
            CHECKS.register(self._check(name))
        try:
            yield
        finally:
            for name in names:
                CHECKS.unregister(name)

    def _check(self, name: str) -> Check:
        def check(_context: Any, response: Any, case: Any) -> bool | None:
            return self._judge(name, response, case)

        check.__name__ = f"{PREFIX}{name}"
        return check

    def _judge(self, name: str, response: Any, case: Any) -> bool | None:
        rule = self._rules[name]
        exchange = self._exchange(response, case)
        if exchange is None or not self._is_for(rule, exchange) or not self._may_try(rule, exchange):
            return NOTHING_CHECKED
        where = (name, exchange.operation.id)
        try:
            told = list(rule.broken(exchange, self._bench))
        except NotExercised as reason:
            self.idle[name] = str(reason)
            self._passed_over[where] += 1
            return NOTHING_CHECKED
        self.tried[where] += 1
        if told:
            self._broken.add(where)
            raise AssertionError("; ".join(told))
        return None

    def _is_for(self, rule: ProviderRule, exchange: Exchange) -> bool:
        by_contract = exchange.sent.method == exchange.operation.method
        return (by_contract or rule.any_method) and rule.concerns(exchange)

    def _may_try(self, rule: ProviderRule, exchange: Exchange) -> bool:
        """Whether it is still this rule's turn. What it found broken once it is shown again: whoever looks for the
        smallest call that shows it must not be told that all is well.
        """
        if not rule.repeats or (rule.id, exchange.operation.id) in self._broken:
            return True
        where = (rule.id, "" if rule.once else exchange.operation.id)
        self._given[where] += 1
        most = 1 if rule.once else self._exchanges
        return self._given[where] <= most + min(self._passed_over[where], most)

    def _exchange(self, response: Any, case: Any) -> Exchange | None:
        operation = self._operations.get(str(case.operation.definition.raw.get("operationId")))
        if operation is None:
            return None
        return Exchange(operation, sent_of(response.request), reply_of(response), is_sound(case))


def sent_of(request: Any) -> Sent:
    """What requests.PreparedRequest says."""
    body = request.body or b""
    headers = {name.lower(): _text(value) for name, value in request.headers.items()}
    return Sent(request.method, request.url, headers, body.encode() if isinstance(body, str) else body)


def reply_of(response: Any) -> Reply:
    """What schemathesis' Response says; of a field that came more than once, the first."""
    return Reply(response.status_code, {name: values[0] for name, values in response.headers.items()}, response.content)


def is_sound(case: Any) -> bool:
    """Whether a case was made to keep the contract."""
    return case.meta is None or case.meta.generation.mode.is_positive


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("latin-1")
