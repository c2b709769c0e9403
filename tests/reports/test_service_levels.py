"""What a report shows of service levels."""

from msgspec.structs import replace

from crossdock.contracts.result import BacklogLevel, PartyLevel, ServiceLevelsResult, WorkflowLevel
from crossdock.reports.formats.html import html
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
