"""Prometheus' text format: what clients write is read, and what is not the format is refused with its line."""

from pathlib import Path

import pytest

from crossdock.harness.telemetry.exposition import Unreadable, read

SAMPLES = Path(__file__).parent / "samples"


@pytest.mark.parametrize("name", ["prometheus_client.txt", "openmetrics.txt"])
def test_what_prometheus_client_writes_is_read_whole(name: str) -> None:
    shown = read((SAMPLES / name).read_bytes())

    values = {(sample.name, dict(sample.labels).get("status")): sample.value for sample in shown.samples}
    assert len(shown.samples) == 18
    assert values["layer_calls_total", "503"] == 7
    assert dict(shown.samples[4 if name == "openmetrics.txt" else 2].labels)["party"] == 'a "quoted"\\ party\n'
    types = [shown.type_of(each) for each in ("layer_calls_total", "layer_pending", "layer_call_seconds_count", "x")]
    assert types == ["counter", "gauge", "histogram", "untyped"]


def test_blank_lines_comments_time_stamps_and_line_ends_of_windows_are_passed_over() -> None:
    shown = read(b'# made by hand\r\n\r\nup 1\r\n\tcalls{ party = "erp" , } 2e3 1395066363000\r\n')

    assert [(sample.name, sample.labels, sample.value) for sample in shown.samples] == [
        ("up", (), 1.0),
        ("calls", (("party", "erp"),), 2000.0),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b"<!doctype html>\n<p>404", "line 1: expected the name of a metric, got '<!doctype html>'"),
        (b'{"calls": 3}', "line 1: expected the name of a metric"),
        (b"up 1\ncalls", "line 2: expected one value behind the name: 'calls'"),
        (b"calls one", "line 1: 'one' is no number"),
        (b"calls 1_000", "line 1: '1_000' is no number"),
        (b"calls 1 2 3", "line 1: expected one value behind the name"),
        (b'calls{party="erp" 1', 'line 1: expected label="value" or } at column 19'),
        (b"calls{party=erp} 1", 'line 1: expected label="value" or } at column 7'),
        (b'calls{a="1",a="2"} 1', "line 1: a label stands there twice"),
        (b'calls{a="1",b="2"} 1\ncalls{b="2",a="1"} 1', "line 2: the series"),
        (b"# TYPE calls amount", "line 1: expected `# TYPE name type`"),
        (b"# TYPE up gauge\n# TYPE up gauge", "line 2: a second TYPE of up"),
        (b"up 1\n# EOF\nup 2", "line 3: there is more after # EOF"),
        (b"\x1f\x8b\x08", "octet 1: this is not UTF-8"),
    ],
)
def test_what_is_not_the_format_is_refused_with_its_line(text: bytes, problem: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read(text)
    assert problem in str(refused.value)
