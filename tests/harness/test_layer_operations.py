"""The operations that a layer offers to whoever runs it."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from crossdock.harness.layer_operations import LayerOperations
from crossdock.harness.target import Recovery
from crossdock.scenarios.erp_table import ErpRow
from crossdock.scenarios.layer import DeadLetter, NotAnswered
from crossdock.simulators.clock import START, CompressedClock
from crossdock.simulators.ids import Ids
from crossdock.simulators.journal import Entry
from crossdock.simulators.world import World

ORDER = "ORD-7K3F-000004"


def letter(number: int, **more: Any) -> dict[str, Any]:
    told = {"party": "east", "reason": "403", "status": "setAside", "setAsideAt": "2026-03-02T17:00:40Z"}
    return {"deadLetterId": f"DL-{number}", **told, **more}


class Layer:
    """Answers with what stands in `answers`, by method and path; and a `LayerOperations` that asks it."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, Any]] = {}
        self.asked: list[tuple[str, str]] = []
        self.tokens: list[str] = []
        self.world = World("t", CompressedClock(asyncio.get_running_loop(), datetime.fromisoformat(START)), Ids("T", 1))
        self.told: list[Entry] = []
        self.world.journal.subscribe(self.told.append)

    async def handle(self, request: web.Request) -> web.Response:
        self.asked.append((f"{request.method} {request.path_qs}", await request.text()))
        self.tokens.append(request.headers.get("authorization", ""))
        status, content = self.answers[f"{request.method} {request.path_qs}"]
        if isinstance(content, str):
            return web.Response(status=status, text=content)
        return web.json_response(content, status=status)

    def operations(self, address: str, token: str = "") -> LayerOperations:
        return LayerOperations(
            self.world,
            Recovery(
                health=f"{address}/health",
                dead_letters=f"{address}/letters",
                replay=f"{address}/letters/{{id}}/again",
                drain=f"{address}/drain",
            ),
            f"{address}/erps",
            token=token,
        )

    @property
    def outcomes(self) -> Iterator[tuple[str, str, str]]:
        return ((entry.kind, entry.name, entry.order_id) for entry in self.told)


@pytest.fixture
async def layer() -> Layer:
    return Layer()


@pytest.fixture
async def operations(layer: Layer) -> AsyncIterator[LayerOperations]:
    application = web.Application()
    application.router.add_route("*", "/{anything:.*}", layer.handle)
    async with TestServer(application) as server:
        made = layer.operations(f"http://127.0.0.1:{server.port}", "the operators")
        yield made
        await made.close()


async def test_all_pages_of_the_dead_letters_are_read(layer: Layer, operations: LayerOperations) -> None:
    layer.answers = {
        "GET /letters": (200, {"items": [letter(1, orderId=ORDER)], "nextCursor": "2"}),
        "GET /letters?cursor=2": (200, {"items": [letter(2, status="replayed")], "nextCursor": None}),
    }
    assert await operations.dead_letters() == [
        DeadLetter("DL-1", ORDER, "403", is_set_aside=True),
        DeadLetter("DL-2", "", "403", is_set_aside=False),
    ]
    assert [kind for kind, _, _ in layer.outcomes] == ["invoke", "ok", "invoke", "ok"]


async def test_those_of_one_order_are_found_by_what_the_layer_tells_of_them(
    layer: Layer, operations: LayerOperations
) -> None:
    layer.answers["GET /letters"] = (200, {"items": [letter(1, orderId=ORDER), letter(2)], "nextCursor": None})
    assert [each.letter_id for each in await operations.dead_letters(ORDER)] == ["DL-1"]
    assert list(layer.outcomes) == [("invoke", "listDeadLetters", ORDER), ("ok", "listDeadLetters", ORDER)]


async def test_one_is_replayed_under_its_id(layer: Layer, operations: LayerOperations) -> None:
    layer.answers["POST /letters/DL-1/again"] = (200, letter(1, status="replayed"))
    done = await operations.replay(DeadLetter("DL-1", ORDER, "403", is_set_aside=True))
    assert not done.is_set_aside
    assert list(layer.outcomes) == [("invoke", "replayDeadLetter", ORDER), ("ok", "replayDeadLetter", ORDER)]


async def test_a_drain_says_how_long_it_may_take_and_hears_what_is_left(
    layer: Layer, operations: LayerOperations
) -> None:
    layer.answers["POST /drain"] = (200, {"drained": False, "pending": 3})
    assert await operations.drain(2.5) == 3
    assert layer.asked == [("POST /drain", '{"timeoutS":2.5}')]


FLORIDA = {"region": "FL", "erp": "erp-cloud", "validFrom": "2026-03-04T08:00:00Z"}
ROWS = [ErpRow("FL", "erp-cloud", datetime(2026, 3, 4, 8, tzinfo=UTC))]


async def test_the_table_of_erps_is_told_as_a_whole(layer: Layer, operations: LayerOperations) -> None:
    layer.answers["PUT /erps"] = (200, {"rows": [FLORIDA]})
    await operations.set_erps(ROWS)
    ((asked, body),) = layer.asked
    assert (asked, json.loads(body)) == ("PUT /erps", {"rows": [FLORIDA]})
    assert list(layer.outcomes) == [("invoke", "setErps", ""), ("ok", "setErps", "")]


@pytest.mark.parametrize("rows", [[], [FLORIDA | {"region": "GA"}], [FLORIDA | {"erp": "erp"}]])
async def test_a_layer_that_goes_by_another_table_has_not_taken_it(
    rows: list[Any], layer: Layer, operations: LayerOperations
) -> None:
    layer.answers["PUT /erps"] = (200, {"rows": rows})
    with pytest.raises(NotAnswered, match="it goes by another table than it was told"):
        await operations.set_erps(ROWS)


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ((500, "oh"), "expected 200, got 500"),
        ((200, "no JSON"), "expected JSON: "),
        ((200, {"items": []}), "nextCursor"),
        ((200, {"items": [{"deadLetterId": 7}], "nextCursor": None}), "/items/0"),
    ],
)
async def test_what_is_not_as_the_contract_has_it_is_told_in_words(
    answer: tuple[int, Any], problem: str, layer: Layer, operations: LayerOperations
) -> None:
    layer.answers["GET /letters"] = answer
    with pytest.raises(NotAnswered, match=r"GET http://127.0.0.1:.*/letters: ") as raised:
        await operations.dead_letters()
    assert problem in str(raised.value)
    assert layer.told[-1].kind == "fail"
    assert problem in layer.told[-1].detail["problem"]


async def test_a_list_that_never_ends_is_given_up(layer: Layer, operations: LayerOperations) -> None:
    round_and_round = (200, {"items": [], "nextCursor": "1"})
    layer.answers = {"GET /letters": round_and_round, "GET /letters?cursor=1": round_and_round}
    with pytest.raises(NotAnswered, match="goes round in circles"):
        await operations.dead_letters()


async def test_a_layer_that_is_not_well_or_not_there_says_nothing_usable(
    layer: Layer, operations: LayerOperations
) -> None:
    layer.answers["GET /health"] = (503, {"status": "down"})
    with pytest.raises(NotAnswered, match="expected 200, got 503"):
        await operations.health()
    nowhere = layer.operations("http://127.0.0.1:9")
    with pytest.raises(NotAnswered, match="no connection"):
        await nowhere.drain(1)
    await nowhere.close()


async def test_the_token_of_the_operator_goes_along_and_stands_nowhere_else(
    layer: Layer, operations: LayerOperations
) -> None:
    layer.answers["GET /health"] = 200, {"status": "up", "pending": 0, "deadLetters": 0}
    await operations.health()
    assert layer.tokens == ["Bearer the operators"]
    assert "the operators" not in str([entry.detail for entry in layer.told])


@pytest.mark.parametrize("status", [401, 403])
async def test_where_a_token_is_missing_it_is_said_where_it_belongs(
    layer: Layer, operations: LayerOperations, status: int
) -> None:
    layer.answers["GET /health"] = status, {}
    with pytest.raises(NotAnswered, match=rf"expected 200, got {status}; the token .* target\.yaml, operator\.token"):
        await operations.health()
