"""What pyproject.toml cannot say: the list of packages, found rather than kept by hand.

The distribution maps `crossdock` to the folder of this file, and setuptools finds packages by folder but
cannot put a prefix before what it found. Everything else stands in pyproject.toml.
"""

from setuptools import find_packages, setup

PARTS = ("contracts", "simulators", "scenarios", "harness", "reports")

found = find_packages(include=[pattern for part in PARTS for pattern in (part, f"{part}.*")])
DOCUMENTS = [f"**/*.{ending}" for ending in ("json", "yaml", "html", "css", "js", "j2", "svg", "csv", "x12", "md")]

setup(
    script_name="setup.py",  # a build front end may run this under another name, and would then ship it
    packages=["crossdock", *(f"crossdock.{name}" for name in found)],
    package_dir={"crossdock": "."},
    include_package_data=False,
    package_data={
        "crossdock": ["py.typed", "examples/**/*"],
        **{f"crossdock.{part}": DOCUMENTS for part in PARTS},
    },
    exclude_package_data={"": ["**/__pycache__/*", "*.pyc", "*.sqlite*"]},
)
