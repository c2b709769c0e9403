"""The pytest plugin: scenarios as tests, and the world after a scenario as a fixture (docs/how-to/use-with-pytest.md).

It is loaded into every pytest that has Crossdock installed, so nothing else of Crossdock is imported before a test
needs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from ..scenarios.scenario import Scenario
    from ..simulators.world import World
    from .cli.played import Played
    from .target import Target

MARK = "crossdock"
A_SCENARIO = re.compile(rb"^scenario:", re.MULTILINE)
PLAYED: pytest.StashKey[Played] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("crossdock", "integration layers put to the test (Crossdock)")
    group.addoption(
        "--crossdock-target",
        metavar="FILE",
        help="The target.yaml of the layer under test. With it, scenario files (*.yaml) are collected as tests.",
    )
    group.addoption(
        "--crossdock-seed", type=int, default=1, metavar="N", help="What names and prices are drawn from. Default: 1."
    )
    group.addoption(
        "--crossdock-days-per-second",
        type=float,
        default=1.0,
        metavar="X",
        help="How fast business time goes. Default: 1.",
    )
    parser.addini("crossdock_target", "As --crossdock-target; relative to the root of the tests.", default="")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "crossdock(scenario, target=None): play a scenario (id, family, tag or file) against a layer before the test; "
        "the test fails when the layer breaks a promise, and has what is left in the fixture `world`.",
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A scenario file, where a target is known; else it is some YAML that is none of our business."""
    if file_path.suffix not in (".yaml", ".yml") or not A_SCENARIO.search(file_path.read_bytes()):
        return None
    if _target_file(parent.config) is None:
        if parent.session.isinitpath(file_path):
            raise pytest.UsageError(f"{file_path}: say which layer to put to the test, with --crossdock-target FILE")
        return None
    file: ScenarioFile = ScenarioFile.from_parent(parent, path=file_path)
    return file


class ScenarioFile(pytest.File):
    """One scenario, or a family of them."""

    def collect(self) -> Iterator[ScenarioItem]:
        from .cli.selection import choose
        from .target import ConfigError

        try:
            found = choose([str(self.path)])
        except ConfigError as error:
            raise self.CollectError("\n".join(error.problems)) from None
        for scenario in found:
            item: ScenarioItem = ScenarioItem.from_parent(self, name=scenario.scenario, scenario=scenario)
            yield item


class ScenarioItem(pytest.Item):
    """A scenario as a test: passes when the layer keeps every promise that it puts to the test."""

    def __init__(self, *, name: str, parent: ScenarioFile, scenario: Scenario) -> None:
        super().__init__(name, parent)
        self.scenario = scenario
        for tag in scenario.tags:
            self.keywords[tag] = tag

    def runtest(self) -> None:
        file = _target_file(self.config)
        assert file is not None, "without a target no scenario file is collected"
        from .cli.composition import shown

        row = self.scenario.scenario.removeprefix(self.scenario.family)  # "--row", as the command line takes it
        _demand(_play(self.config, [self.scenario], _loaded(file), [f"{shown(self.path)}{row}"]))

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, self.name


@pytest.fixture
def target(request: pytest.FixtureRequest) -> Target:
    """The layer under test: of the mark, of --crossdock-target or of `crossdock_target` in the ini file."""
    mark = request.node.get_closest_marker(MARK)
    named = mark.kwargs.get("target") if mark else None
    file = request.path.parent / named if named else _target_file(request.config)
    if file is None:
        raise pytest.UsageError(
            'no layer is named: write @pytest.mark.crossdock(scenario="…", target="target.yaml"), or give '
            "--crossdock-target FILE"
        )
    return _loaded(file)


@pytest.fixture
def crossdock_run(request: pytest.FixtureRequest, target: Target) -> Played:
    """The run of the mark's scenario: `result`, `world`, and the path of the `report`."""
    from .cli.selection import choose
    from .target import ConfigError

    mark = request.node.get_closest_marker(MARK)
    if mark is None or not isinstance(word := mark.kwargs.get("scenario", "".join(mark.args)), str) or not word:
        raise pytest.UsageError(
            'no scenario is named: write @pytest.mark.crossdock(scenario="happy-path") above the test'
        )
    if ".yaml" in word:
        word = str(request.path.parent / word)
    try:
        chosen = choose([word])
    except ConfigError as error:
        raise pytest.UsageError(*error.problems) from None
    played = _play(request.config, chosen, target, [word])
    request.node.stash[PLAYED] = played
    return played


@pytest.fixture
def world(crossdock_run: Played) -> World:
    """The parties as the scenario left them."""
    return crossdock_run.world


@pytest.fixture(autouse=True)
def _play_what_is_marked(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker(MARK) is not None:
        request.getfixturevalue("crossdock_run")


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> None:
    """What the layer did wrong is a failure of the test, and not an error of its fixtures."""
    if (played := pyfuncitem.stash.get(PLAYED, None)) is not None:
        _demand(played)


def _target_file(config: pytest.Config) -> Path | None:
    if option := config.getoption("--crossdock-target"):
        return config.invocation_params.dir / str(option)
    ini = str(config.getini("crossdock_target"))
    return config.rootpath / ini if ini else None


def _loaded(file: Path) -> Target:
    from .cli.composition import shown
    from .target import ConfigError, load

    try:
        return load(shown(file.resolve()))
    except ConfigError as error:
        raise pytest.UsageError(*error.problems) from None


def _play(config: pytest.Config, scenarios: list[Scenario], target: Target, words: list[str]) -> Played:
    """Play, or skip the test where the target does not claim what that takes."""
    from .cli.played import NotClaimed, play
    from .target import ConfigError

    seed, days = config.getoption("--crossdock-seed"), config.getoption("--crossdock-days-per-second")
    try:
        return play(target, scenarios, words, seed=seed, days_per_second=days)
    except NotClaimed as lacking:
        pytest.skip(str(lacking))
    except ConfigError as error:
        raise pytest.UsageError(*error.problems) from None


def _demand(played: Played) -> None:
    """Fail in the words of the report, unless the layer passed."""
    if played.result.verdict != "PASS":
        pytest.fail(played.words, pytrace=False)
