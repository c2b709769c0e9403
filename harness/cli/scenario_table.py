"""The scenario library as a Markdown table, which stands in docs/reference/scenarios.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...scenarios.scenario import Scenario

HEAD = ("scenario", "what happens", "strikes", "puts to the test", "seen at")


def markdown(scenarios: Iterable[Scenario]) -> str:
    """A row for each, in the order given; `seen at` links the report of a real bug that it is made after."""
    rows = [HEAD, ("---",) * len(HEAD), *map(_row, scenarios)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _row(scenario: Scenario) -> tuple[str, ...]:
    needs = f" (needs {', '.join(scenario.requires)})" if scenario.requires else ""
    return (
        f"`{scenario.scenario}`",
        _text(f"{scenario.title}{needs}"),
        ", ".join(dict.fromkeys(_strikes(scenario))) or "nothing",
        " ".join(scenario.then.invariants),
        _link(scenario.source),
    )


def _strikes(scenario: Scenario) -> Iterator[str]:
    for fault in scenario.faults:
        yield f"`{fault['fault']}`"
    for action in scenario.actions:
        yield f"`{action['do']}`"


def _link(source: str) -> str:
    return f"[report]({source})" if source.startswith("https://") else _text(source)


def _text(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|")
