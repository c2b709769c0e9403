"""The browser of the tests in this folder: Debian's chromium. `./crossdock test` installs it where it may."""

import os
from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser to start: p.chromium.launch(executable_path=chromium, args=["--no-sandbox"])."""
    if not CHROMIUM.exists():
        reason = f"no browser at {CHROMIUM}: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(f"{reason} (a missing browser fails where CI is set)", pytrace=False)
        pytest.skip(reason)
    return CHROMIUM
