"""Judges the checks by what they found: every bug by the invariant that it breaks, and nothing in a healthy layer.

Pure. A variant is known here by what its bug.yaml declares, and by nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ...contracts.kill_matrix import RUN, Column, Row, Strike
from ...contracts.result import Finding, Result
from ..verdict import Verdict, merge
from .playing import Played
from .variant import BASELINE, Bug

Spoken = dict[str, tuple[str, ...]]


def spoken(played: Played, order: Sequence[str]) -> Spoken:
    """Invariant → the scenarios in which it spoke, in the order of the invariants."""
    found: dict[str, dict[str, None]] = {}
    for result in played.results:
        for finding, scenario in _findings(result):
            found.setdefault(finding.invariant, {})[scenario] = None
    return {name: tuple(found[name]) for name in order if name in found}


def row(played: Played, spoke: Spoken, *, whole: bool) -> Row:
    """The layer and how it came out. `whole`: played with more scenarios than its bug's own."""
    variant, bug = played.variant, played.variant.bug
    verdict, reason = _healthy(played, spoke) if bug is None else _with_bug(played, spoke, bug, whole=whole)
    breaks, follows = (bug.breaks, bug.follows) if bug else ((), ())
    return Row(
        id=variant.id,
        family=variant.family,
        title=variant.target.description or variant.target.name,
        target=variant.target.file,
        breaks=breaks,
        follows=follows,
        played=dict(played.how),
        verdict=verdict.value,
        reason=reason,
        beside=tuple(_beside(spoke, bug)) if bug else (),
    )


def _beside(spoke: Spoken, bug: Bug) -> Iterator[str]:
    """The invariants that spoke where its bug.yaml does not say so."""
    for name, scenarios in spoke.items():
        excused = name in bug.elsewhere and not set(scenarios) & {*bug.scenarios, RUN}
        if name not in (*bug.breaks, *bug.follows) and not excused:
            yield name


def columns(rows: Iterable[Row], matrix: Mapping[str, Spoken], titles: Mapping[str, str]) -> tuple[Column, ...]:
    """Every invariant with what it kills: a variant that it does not break by its own account is no kill."""
    broken = [each for each in rows if each.breaks]
    return tuple(
        Column(
            id=name,
            title=title,
            kills=tuple(each.id for each in broken if name in each.breaks and name in matrix[each.id]),
            alone=tuple(each.id for each in broken if name in each.breaks and set(matrix[each.id]) == {name}),
        )
        for name, title in titles.items()
    )


def strikes(rows: Iterable[Row], matrix: Mapping[str, Spoken], scenarios: Iterable[str]) -> tuple[Strike, ...]:
    """Every scenario with the variants that it exposes: in which an invariant spoke that the bug breaks."""
    broken = [each for each in rows if each.breaks]
    return tuple(
        Strike(
            id=scenario,
            kills=tuple(
                each.id for each in broken if any(scenario in matrix[each.id].get(name, ()) for name in each.breaks)
            ),
        )
        for scenario in scenarios
    )


def problems(rows: Iterable[Row], held: Iterable[Column], *, complete: bool) -> Iterator[tuple[Verdict, str]]:
    """What is wrong, each with its verdict. What an invariant kills is known only when all layers were played."""
    for each in rows:
        if each.verdict != Verdict.PASS:
            yield Verdict(each.verdict), f"{each.id}: {each.reason}"
    for column in held if complete else ():
        if not column.kills:
            yield (
                Verdict.FAIL,
                f"{column.id} ({column.title}) kills nothing: no variant breaks it, or it missed them all",
            )


def notes(rows: Iterable[Row], held: Iterable[Column], struck: Iterable[Strike], *, complete: bool) -> Iterator[str]:
    """What else there is to know."""
    for each in rows:
        if each.verdict == Verdict.PASS and each.reason:
            yield f"{each.id}: {each.reason}"
        if each.beside:
            yield f"{each.id}: {', '.join(each.beside)} spoke beside {', '.join(each.breaks)}"
    if not complete:
        return
    idle = [column.id for column in held if column.kills and not column.alone]
    if idle:
        yield f"no variant needs {', '.join(idle)}: where it spoke, others did as well"
    unused = [strike.id for strike in struck if not strike.kills]
    if unused:
        yield f"these scenarios expose nobody: {', '.join(unused)}"


def _with_bug(played: Played, spoke: Spoken, bug: Bug, *, whole: bool) -> tuple[Verdict, str]:
    if stopped := _stopped(played):
        return stopped
    silent = [name for name in bug.breaks if name not in spoke]
    if not silent:
        # In another scenario the bug may well break other laws.
        noise = {
            name: [scenario for scenario in scenarios if not whole or scenario in bug.scenarios]
            for name, scenarios in spoke.items()
            if name not in (*bug.breaks, *bug.follows)
        }
        told = _where({name: scenarios for name, scenarios in noise.items() if scenarios})
        return (Verdict.FAIL, f"blamed for more than its bug: {told}") if told else (Verdict.PASS, "")
    if not spoke:
        return Verdict.FAIL, f"survived: no invariant spoke; {_came_out(played)}"
    return Verdict.FAIL, f"it breaks {', '.join(silent)}, and only {', '.join(spoke)} spoke; {_came_out(played)}"


def _healthy(played: Played, spoke: Spoken) -> tuple[Verdict, str]:
    if spoke:
        return Verdict.FAIL, f"a healthy layer is blamed: {_where(spoke)}"
    if stopped := _stopped(played):
        return stopped
    # What a layer of its style never comes to is told among the notes, and blames nobody.
    if any(scenario.verdict == Verdict.PASS for result in played.results for scenario in result.scenarios):
        idle = [scenario.id for result in played.results for scenario in result.scenarios if scenario.verdict != "PASS"]
        return Verdict.PASS, f"not exercised: {', '.join(idle)}" if idle else ""
    return merge(Verdict(result.verdict) for result in played.results), _came_out(played)


def _where(spoke: Mapping[str, Sequence[str]]) -> str:
    return "; ".join(f"{name} in {', '.join(scenarios)}" for name, scenarios in spoke.items())


def _stopped(played: Played) -> tuple[Verdict, str] | None:
    """What kept a run from a verdict on the layer."""
    if played.troubles:
        return Verdict.HARNESS_ERROR, "; ".join(played.troubles)
    for verdict in (Verdict.HARNESS_ERROR, Verdict.CONFIG_ERROR):
        for result in played.results:
            if result.verdict == verdict:
                return verdict, result.advice or "; ".join(result.errors) or verdict.value
    return None


def _came_out(played: Played) -> str:
    """The verdicts of its scenarios that are not PASS, with their reasons."""
    parts = [
        f"{scenario.id} {scenario.verdict}: {scenario.reason}"
        for result in played.results
        for scenario in result.scenarios
        if scenario.verdict != "PASS"
    ]
    parts += [result.advice for result in played.results if result.advice]
    if parts:
        return "; ".join(parts)
    return f"{', '.join(played.how)} passed" if played.how else "none of its scenarios can be played with it"


def _findings(result: Result) -> Iterator[tuple[Finding, str]]:
    """Every finding with its scenario. What belongs to the run as a whole is the doing of the only scenario beside the
    baseline, where there is just one.
    """
    played = [scenario.id for scenario in result.scenarios if scenario.id != BASELINE]
    for scenario in result.scenarios:
        for finding in scenario.findings:
            yield finding, scenario.id
    for finding in result.findings:
        yield finding, played[0] if len(played) == 1 else RUN
