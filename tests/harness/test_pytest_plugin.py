"""The pytest plugin, in a pytest of its own."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-to" / "use-with-pytest.md"
REFERENCE = ROOT / "examples" / "reference_layer" / "target.yaml"
BROKEN = ROOT / "examples" / "broken_layers" / "bills_ordered_quantity" / "target.yaml"
# What other libraries bring along takes longer to import than all of this.
OTHERS = ("anyio", "asyncio", "faker", "locust", "pact", "schemathesis")
TARGET = f"--crossdock-target={REFERENCE}"
OPTIONS = [option for other in OTHERS for option in ("-p", f"no:{other}")]
FAST = "--crossdock-days-per-second=4"
SHORT = """\
scenario: short
title: Two of three leave
story: The shelf holds less than the books say.
orders:
  A: {lines: [{quantity: 3}]}
warehouse:
  A: {ships: [[2]]}
then: {invariants: [M1]}
"""


def ran(pytester: pytest.Pytester, target: Path | None, *words: str) -> pytest.RunResult:
    named = [f"--crossdock-target={target}"] if target else []
    return pytester.runpytest_subprocess(*OPTIONS, FAST, *named, *words, timeout=110)


def test_the_page_is_true(pytester: pytest.Pytester) -> None:
    for name, text in re.findall(r"^```\w+\n# (\S+)\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL):
        (pytester.path / name).write_text(text, "utf-8")
    (pytester.path / "pytest.ini").write_text(f"[pytest]\ncrossdock_target = {REFERENCE}\n", "utf-8")

    done = ran(pytester, None, "-v", "-n", "2")

    done.assert_outcomes(passed=4)
    said = done.stdout.str()
    for name in ("shipped-short--east", "shipped-short--west", "test_each_shipment_has_an_invoice_of_its_own"):
        assert name in said
    runs = [path for path in (pytester.path / ".crossdock" / "runs").iterdir() if (path / "report.html").is_file()]
    assert len(runs) == 4, "each has a folder of its own"


def test_a_broken_promise_fails_the_test_with_the_finding_and_where_the_report_is(pytester: pytest.Pytester) -> None:
    pytester.makefile(".yaml", short=SHORT)
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.crossdock(scenario="short.yaml")
        def test_marked():
            raise AssertionError("is not reached")
        """
    )

    done = ran(pytester, BROKEN)

    done.assert_outcomes(failed=2)
    said = done.stdout.str()
    told = said.partition("short test summary info")[0]  # which has the message again where CI is set
    assert told.count("M1: line 1: 2 shipped, 3 billed") == 2
    assert told.count("report: .crossdock/runs/") == 2
    assert f"repeat: crossdock run short.yaml --target {BROKEN} --seed 1" in said
    assert "is not reached" not in said


def test_what_the_target_does_not_claim_is_skipped_and_says_so(pytester: pytest.Pytester) -> None:
    pytester.makefile(".yaml", short=SHORT.replace("then:", "requires: [returns]\nthen:"))
    target = pytester.path / "target.yml"
    target.write_text("crossdock: 1\nname: ours\nstart: {command: [ours]}\nevents: {subscribe: poll}\n", "utf-8")

    done = ran(pytester, target, "-rs")

    done.assert_outcomes(skipped=1)
    assert "the target does not claim returns" in done.stdout.str()


@pytest.mark.parametrize(
    ("text", "words", "said"),
    [
        ("def test_it(): pass", ["short.yaml"], "short.yaml: say which layer to put to the test"),
        (
            'MARK(scenario="hapy-path")\ndef test_it(): pass',
            [TARGET],
            "happy-path",
        ),
        ('MARK(scenario="happy-path")\ndef test_it(): pass', [], "no layer is named"),
        ("MARK()\ndef test_it(): pass", [TARGET, "test_it.py"], "no scenario is named"),
        ("def test_it(target): pass", ["--crossdock-target=no.yaml"], "no.yaml: there is no such file"),
    ],
)
def test_wrong_usage_is_answered_with_what_to_do(
    pytester: pytest.Pytester, text: str, words: list[str], said: str
) -> None:
    if "short.yaml" in words:
        pytester.makefile(".yaml", short=SHORT)
    pytester.makepyfile(test_it=f"import pytest\n{text.replace('MARK', '@pytest.mark.crossdock')}")

    done = ran(pytester, None, *words)

    assert done.ret != 0
    assert said in done.stdout.str() + done.stderr.str()


def test_a_file_that_is_wrong_is_an_error_of_collection_with_all_that_is_wrong(pytester: pytest.Pytester) -> None:
    pytester.makefile(".yaml", short=SHORT.replace("M1", "M9").replace("A: {ships", "B: {ships"))

    done = ran(pytester, REFERENCE)

    done.assert_outcomes(errors=1)
    said = done.stdout.str()
    assert "warehouse.B: there is no order 'B'; there is A" in said
    assert "there is no invariant 'M9'" in said
    assert "Traceback" not in said


def test_without_a_target_scenario_files_and_other_yaml_are_left_alone(pytester: pytest.Pytester) -> None:
    pytester.makefile(".yaml", short=SHORT, other="a: 1\n")
    pytester.makepyfile("def test_it(): pass")

    ran(pytester, None).assert_outcomes(passed=1)


def test_loading_it_imports_nothing_else_of_crossdock() -> None:
    code = (
        "import sys; import crossdock.harness.pytest_plugin; "
        "print(*sorted(name for name in sys.modules if name.startswith('crossdock')))"
    )
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, timeout=60, check=True)

    assert done.stdout.split() == ["crossdock", "crossdock.harness", "crossdock.harness.pytest_plugin"]
