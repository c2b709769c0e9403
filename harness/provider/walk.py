"""A walk through a contract: each operation once, on an object that was just made for it, before anything is drawn.

What is created by the contract's own examples leads on (leading.py), so it never takes a lucky draw to read, change or
delete what exists. The calls are made by schemathesis and judged by all of its checks, ours among them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from schemathesis.checks import CHECKS
from schemathesis.core.failures import FailureGroup
from schemathesis.engine.recorder import ScenarioRecorder

from ...contracts.openapi import Api, Operation
from .exchange import Exchange
from .generated_checks import GENERATED_CHECKS
from .judging import PREFIX, reply_of, sent_of
from .leading import Step, steps_after
from .other_body import other_body

JSON = "application/json"
# So often an operation is tried on one object after the other, until it was carried out once.
MOST_TRIES = 3


class Walk:
    """One walk. `fresh_key` gives an Idempotency-Key that was never used.

    A provider that refuses the examples (because it knows no such customer) is not walked far; nothing is wrong then.
    """

    def __init__(
        self, api: Api, document: dict[str, Any], schema: Any, token: str, fresh_key: Callable[[], str]
    ) -> None:
        self._api = api
        self._document = document
        self._schema = schema
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._fresh_key = fresh_key
        self._tags: dict[str, str] = {}
        self._tries: dict[str, int] = {}
        self._done: set[str] = set()
        self.recorder = ScenarioRecorder(label="walk")

    def run(self) -> None:
        """Raises: requests.RequestException when the provider gives no answer."""
        for operation in self._beginnings():
            for body in self._bodies(operation):
                if operation.id in self._done or not self._may_try(operation):
                    break
                self._go(Step(operation, {}), body, None)

    def _beginnings(self) -> list[Operation]:
        """The operations that can be called without knowing anything: what they create first, what they list last."""
        there = [self._api.operations[described["operationId"]] for described in _operations(self._document)]
        free = [operation for operation in there if not any(each.where == "path" for each in operation.parameters)]
        spoken = [operation for operation in free if JSON in operation.media_types or operation.method == "GET"]
        return sorted(spoken, key=lambda operation: operation.method == "GET")

    def _go(self, step: Step, body: Any, parent: str | None) -> None:
        """Make the call, and then those that its answer leads to."""
        self._tries[step.operation.id] = self._tries.get(step.operation.id, 0) + 1
        case = self._case(step, body)
        exchange = self._called(case, step, parent)
        if not exchange.done:
            return
        self._done.add(step.operation.id)
        for following in steps_after(exchange, self._api, self._document):
            if following.operation.id not in self._done and self._may_try(following.operation):
                self._go(following, next(self._bodies(following.operation)), case.id)

    def _may_try(self, operation: Operation) -> bool:
        return self._tries.get(operation.id, 0) < MOST_TRIES

    def _bodies(self, operation: Operation) -> Iterator[Any]:
        """The examples of its body, and last another one that is like the first; None where it takes none."""
        if operation.body is None:
            yield None
            return
        described = next(each for each in _operations(self._document) if each["operationId"] == operation.id)
        examples = _examples(described["requestBody"]["content"].get(JSON, {}))
        yield from examples
        if examples:
            yield other_body(operation.body, examples[0])

    def _case(self, step: Step, body: Any) -> Any:
        operation = step.operation
        drawn = self._schema.find_operation_by_id(operation.id)
        told: dict[str, dict[str, Any]] = {"path": {}, "query": {}, "header": dict(self._headers)}
        for (where, name), value in step.values.items():
            told[where][name] = value
        if operation.idempotency != "none":
            told["header"]["Idempotency-Key"] = self._fresh_key()
        if operation.if_match != "none":
            told["header"].setdefault("If-Match", self._tags.get(step.path, "*"))
        sent = {} if body is None else {"body": body, "media_type": JSON}
        return drawn.Case(path_parameters=told["path"], query=told["query"], headers=told["header"], **sent)

    def _called(self, case: Any, step: Step, parent: str | None) -> Exchange:
        response = case.call()
        self.recorder.record_case(case=case, parent_id=parent)
        self.recorder.record_response(case_id=case.id, response=response)
        exchange = Exchange(step.operation, sent_of(response.request), reply_of(response))
        if tag := exchange.reply.headers.get("etag"):
            self._tags[exchange.reply.headers.get("location", step.path)] = tag
        names = [name for name in CHECKS.get_all_names() if name in GENERATED_CHECKS or name.startswith(PREFIX)]
        for name in names:
            self._judged(case, response, name)
        return exchange

    def _judged(self, case: Any, response: Any, name: str) -> None:
        try:
            case.validate_response(response, checks=[CHECKS.get_one(name)], recorder=self.recorder)
        except FailureGroup as failed:
            for failure in failed.exceptions:
                curl = case.as_curl_command(headers=dict(response.request.headers))
                self.recorder.record_check_failure(
                    name=name, case_id=case.id, code_sample=curl, failure=failure, steps=[]
                )
        else:
            self.recorder.record_check_success(name=name, case_id=case.id)


def _operations(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for item in document["paths"].values():
        yield from (each for each in item.values() if isinstance(each, dict) and "operationId" in each)


def _examples(media: Mapping[str, Any]) -> list[Any]:
    single = [media["example"]] if "example" in media else []
    return [*single, *(each["value"] for each in media.get("examples", {}).values() if "value" in each)]
