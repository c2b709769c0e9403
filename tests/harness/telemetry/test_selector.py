"""Selectors of series, as PromQL has them."""

import pytest

from crossdock.harness.telemetry.selector import WrongSelector, parse

ERP_200 = {"party": "erp", "status": "200"}


@pytest.mark.parametrize(
    ("text", "takes"),
    [
        ("calls_total", True),
        (" calls_total {} ", True),
        ("calls", False),
        ('calls_total{party="erp"}', True),
        ('calls_total{party="erp",status=~"2.."}', True),
        ('calls_total{ party = "erp" , status !~ "5.." , }', True),
        ('calls_total{status=~"2"}', False),
        ('calls_total{status!="200"}', False),
        ('calls_total{region=""}', True),
        ('calls_total{region!=""}', False),
        (r'calls_total{status=~"\\d+"}', True),
    ],
)
def test_takes_the_series_that_it_selects(text: str, takes: bool) -> None:
    assert parse(text).selects("calls_total", ERP_200) is takes


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "is no selector"),
        ("sum(calls_total)", "behind the name there may be {…} and nothing else"),
        ("rate(calls_total[5m])", "behind the name"),
        ("calls_total{party=erp}", "expected label=\"value\" (or !=, =~, !~) at 'party=erp'"),
        ('calls_total{party="erp" status="200"}', "expected a comma at 'status"),
        ('calls_total{status=~"2("}', "'2(' is no regular expression"),
    ],
)
def test_says_what_is_wrong_with_one(text: str, problem: str) -> None:
    with pytest.raises(WrongSelector) as refused:
        parse(text)
    assert problem in str(refused.value)
