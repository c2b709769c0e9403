"""The wheel: it holds all that the product needs and nothing else, and runs where there is no checkout."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

import crossdock
from crossdock.tests.quality.sources import PRODUCT, ROOT, paths

SHIPPED = (*PRODUCT, "examples")
BUILD = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"
# What the `crossdock` script that an installer writes does.
START = """
import sys
from importlib.metadata import entry_points
sys.argv[0] = "crossdock"
(entry,) = entry_points(group="console_scripts", name="crossdock")
sys.exit(entry.load()())
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy, so that no leftover of an earlier build gets in or stays behind."""
    source = tmp_path_factory.mktemp("source")
    for path in paths():
        copy = source / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    target = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-P", "-c", BUILD, str(target)],
        cwd=source,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    (file,) = target.glob("crossdock-*.whl")
    return file


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a new environment that holds the wheel, and borrows the dependencies from this one."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False, symlinks=True)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)}))
    zipfile.ZipFile(wheel).extractall(site)
    # A folder named in a .pth file is searched last, and the .pth files in it are not read: the checkout,
    # which this environment knows by such a file, stays out of sight.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return home / "bin" / "python"


def start(python: Path, *arguments: str, cwd: Path, code: str = START) -> subprocess.CompletedProcess[str]:
    """Run the installed product's command line from a folder that has nothing to do with it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        [str(python), "-P", "-c", code, *arguments],
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )


def test_the_wheel_holds_every_file_of_the_product_and_the_examples_and_no_other(wheel: Path) -> None:
    relative = [path.relative_to(ROOT) for path in paths()]
    wanted = {f"crossdock/{path.as_posix()}" for path in relative if path.parts[0] in SHIPPED}
    wanted |= {"crossdock/__init__.py", "crossdock/py.typed"}

    held = {name for name in zipfile.ZipFile(wheel).namelist() if not name.split("/")[0].endswith(".dist-info")}

    assert sorted(wanted - held) == [], "not in the wheel: an ending that setup.py does not list?"
    assert sorted(held - wanted) == [], "in the wheel, but no part of the product"


def test_the_installed_product_is_the_wheels_and_not_the_checkouts(installed: Path, tmp_path: Path) -> None:
    where = start(installed, cwd=tmp_path, code="import crossdock.contracts as c; print(c.__file__)").stdout

    assert Path(where.strip()).is_relative_to(installed.parents[1])


def test_the_installed_command_line_says_what_it_can_do(installed: Path, tmp_path: Path) -> None:
    done = start(installed, "--help", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Usage: crossdock ")


def test_the_version_is_the_same_wherever_it_is_read() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert crossdock.__version__ == project["version"]
