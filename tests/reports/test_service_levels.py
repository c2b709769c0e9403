"""What a report shows of service levels."""

import io
from typing import Any

from msgspec.structs import replace
from rich.console import Console

from crossdock.contracts.result import (
    BacklogLevel,
    ClaimLevel,
    GoalResult,
    MeasureLevel,
    PartyLevel,
    ServiceLevelsResult,
    WorkflowLevel,
)
from crossdock.reports.formats.html import html
from crossdock.reports.formats.junit import junit
from crossdock.reports.formats.markdown import markdown
from crossdock.reports.measure_words import claim_rows, short_rows
from crossdock.reports.plain import plain
from crossdock.reports.terminal import render_terminal
from crossdock.tests.reports.sample import HEALTHY

LEVELS = ServiceLevelsResult(
    workflows=(
        WorkflowLevel(
            workflow="intake",
            title="an order of the CRM becomes one of the ERP",
            done=17,
            disturbed=2,
            p50_s=0.181,
            p95_s=0.23,
            p99_s=0.288,
            longest_s=4.34,
            promised_p95_s=15,
        ),
    ),
    parties=(
        PartyLevel(party="erp", calls=200, failed=11, answer_p95_s=0.008, outages=1, down_s=1.5, caught_up_s=0.594),
    ),
    measures=(
        MeasureLevel(measure="booking", about="west", title="shipped, booked", kind="span", count=3, disturbed=3),
        MeasureLevel(
            measure="order-cycle",
            title="door to door",
            kind="span",
            count=24,
            disturbed=4,
            p50_h=0.5,
            p95_h=46.2,
            longest_h=71.0,
            goals=(GoalResult(name="p95 within 40 h", verdict="FAIL", missed=2),),
        ),
        MeasureLevel(measure="unaided", title="no person", kind="share", count=24, good=21),
    ),
    dead_letters=2,
    backlog=BacklogLevel(most=8, promised=1000, column_s=0.5, columns=(0, 4, 8, 1)),
)


def test_a_run_that_metered_nothing_has_no_such_section() -> None:
    assert "Service levels" not in html(HEALTHY)


def test_workflows_parties_and_backlog_are_shown() -> None:
    page = html(replace(HEALTHY, service_levels=LEVELS))
    shown = ("Service levels", "intake", "181 ms", "4.34 s", "15.0 s", "5.5 %", "594 ms", "at most 8, promised 1000")
    for told in shown:
        assert told in page, told


def test_the_picture_of_the_backlog_is_as_high_as_the_most() -> None:
    page = html(replace(HEALTHY, service_levels=LEVELS))
    picture = page[page.index("<figure>") : page.index("</figure>")]
    assert [part.split('"')[0] for part in picture.split('height="')[1:]] == ["0.0", "50.0", "100.0", "12.5"]


LEFT = "2 messages in the layer's list of dead letters at the end"
CYCLE = "p50 30 min, p95 46.2 h, longest 3.0 d, of 20; 4 others disturbed by faults"


def test_measures_are_shown_with_what_is_promised_of_them_in_every_format() -> None:
    result = replace(HEALTHY, service_levels=LEVELS)
    terminal = io.StringIO()
    render_terminal(result, Console(file=terminal, width=160, force_terminal=True, color_system=None))
    shown = {
        "html": (html(result), f"<td>{CYCLE}</td>", "✕ p95 within 40 h (fail)", "87.5 %: 21 of 24"),
        "markdown": (
            markdown(result),
            f"| order-cycle | {CYCLE} | ✕ p95 within 40 h (fail) |",
            f"| set-aside | {LEFT} | – |",
        ),
        "plain": (plain(result), f"order-cycle: {CYCLE}; promised p95 within 40 h (fail)", f"set-aside: {LEFT}"),
        "junit": (junit(result), f'name="service-level.order-cycle" value="{CYCLE}"', "service-level.booking/west"),
        "terminal": (terminal.getvalue(), "order-cycle", "✕ p95 within 40 h (fail)", "87.5 %: 21 of 24"),
    }
    for name, (page, *told) in shown.items():
        assert [each for each in told if each not in page] == [], name


def test_where_there_is_little_room_only_what_is_promised_or_of_the_whole_world_is_shown() -> None:
    result = replace(HEALTHY, service_levels=LEVELS)
    assert [row.name for row in short_rows(result)] == ["order-cycle", "unaided", "set-aside"]


def test_what_the_layer_says_of_itself_stands_beside_what_was_seen() -> None:
    told: dict[str, Any] = {"title": "requests", "metric": 'calls_total{status=~"2.."}'}
    claims = (
        ClaimLevel(claim="calls/erp", verdict="FAIL", said=1230.0, seen_least=1200, seen_most=1210, **told),
        ClaimLevel(claim="retries", verdict="PASS", said=2.0, seen_least=1, seen_most=None, **told),
        ClaimLevel(claim="orders", verdict="NOT_EXERCISED", seen_least=0, seen_most=0, **told),
    )
    result = replace(HEALTHY, service_levels=ServiceLevelsResult(claims=claims))

    rows = [(row.said, row.seen) for row in claim_rows(result)]

    assert rows == [("1,230", "1,200 to 1,210"), ("2", "at least 1"), ("nothing", "0")]
    assert "1 of 2 metrics of the layer say what was seen" in plain(result)
    assert "1,200 to 1,210" in html(result)
