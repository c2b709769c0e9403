"""What `crossdock contract diff` says of the two versions of the warehouse's contract."""

import json

from click.testing import CliRunner

from crossdock.contracts.documents import FOLDER
from crossdock.harness.cli import cli


def test_the_second_version_of_the_warehouse_breaks_what_it_says_it_breaks_and_nothing_else() -> None:
    v1, v2 = (str(FOLDER / f"warehouse/{version}/openapi.yaml") for version in ("v1", "v2"))

    done = CliRunner().invoke(cli, ["contract", "diff", v1, v2, "--json"])

    assert done.exit_code == 1
    told = json.loads(done.stdout)["changes"]
    breaking = {(change["rule"], change["what"]) for change in told if change["level"] == "breaking"}
    rules = {rule for rule, _ in breaking}
    assert rules == {
        "parameter-became-required",
        "required-field-added",
        "required-field-removed",
        "field-removed",
        "scheme-changed",
        "address-removed",
    }
    fields = {what.split("`")[3] for rule, what in breaking if "field" in rule}
    assert fields == {"consignee", "carriage", "serviceLevel", "requestedShipDate", "name", "company", "phone", "email"}


def test_the_second_edition_of_a_guide_demands_a_segment_more() -> None:
    first, second = (str(FOLDER / f"x12/{folder}/945.yaml") for folder in ("warehouse", "warehouse-2"))

    done = CliRunner().invoke(cli, ["contract", "diff", first, second, "--json"])

    told = {(change["rule"], change["what"]) for change in json.loads(done.stdout)["changes"]}
    assert ("segment-became-required", "W10 must be there") in told
    assert ("set-identity-changed", "the version is 004010WH2, and was 004010") in told
