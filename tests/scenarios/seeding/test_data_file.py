"""Files of world data: what is right is entered, and what is wrong is said with its line, all of it at once."""

from pathlib import Path

import pytest

from crossdock.contracts import documents, yaml_document
from crossdock.contracts.objects import Account, Item, Order
from crossdock.contracts.validation import Validator
from crossdock.scenarios.seeding import data_file
from crossdock.scenarios.seeding.data_file import DataFileError
from crossdock.scenarios.seeding.entering import enter
from crossdock.tests.scenarios.seeding.conftest import Worlds

GOOD = """\
crossdock: 1
customers:
  - customerNumber: C-1
    name: Byrne Tools
    billTo: {name: Byrne Tools, line1: 12 Canal Street, city: Albany, region: NY, postalCode: "12207", country: US}
items:
  - sku: SKU-1
    description: Torque wrench
    prices: [{amount: "12.50", currency: USD}]
    stock: {east: 120, west: 40}
orders:
  - customer: C-1
    lines: [{sku: SKU-1, quantity: 10}]
  - customer: C-1
    underWay: true
    lines: [{sku: SKU-1, quantity: 2}]
"""


def test_what_a_file_says_is_in_the_world(new_world: Worlds, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(GOOD, encoding="utf-8")
    world = new_world()

    assert enter(world, data_file.read(file).data) == []

    crm, erp = world.parties["crm"].state, world.parties["erp"].state
    assert [account.name for account in crm.table(Account).values()] == ["Byrne Tools"]
    assert list(erp.table(Item)) == ["SKU-1"]
    assert [order.status for order in crm.table(Order).values()] == ["submitted", "released"]


def test_the_example_in_the_schema_can_be_entered(new_world: Worlds) -> None:
    (example,) = documents.load("harness/v1/world-data.json")["examples"]

    assert data_file.form().errors(example) == []
    assert enter(new_world(), data_file.typed(example)) == []


def test_the_file_in_the_guide_can_be_entered(new_world: Worlds) -> None:
    guide = (documents.FOLDER.parent / "docs" / "how-to" / "develop-against-the-simulators.md").read_text("utf-8")
    block = guide.partition("```yaml\n")[2].partition("```")[0]
    document = yaml_document.read(block)

    assert data_file.form().errors(document) == []
    assert enter(new_world(), data_file.typed(document)) == []


def test_the_schema_is_a_schema() -> None:
    meta = "https://json-schema.org/draft/2020-12/schema"
    assert Validator({"$ref": meta}).errors(documents.load("harness/v1/world-data.json")) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name: Byrne Tools\n", "nam: Byrne Tools\n", "line 3: customers.0"),
        ('amount: "12.50"', "amount: 12.50", "line 9: items.0.prices.0.amount"),
        ("country: US", "country: USA", "line 5: customers.0.billTo.country"),
        ("east: 120", "north: 120", "line 10: items.0.stock"),
        ("quantity: 10", "quantity: 0", "line 13: orders.0.lines.0.quantity"),
        ("crossdock: 1", "crossdock: 2", "line 1: crossdock"),
        ("customers:\n", "customers: [\n", "column"),
    ],
)
def test_what_the_form_does_not_let_through_is_told_with_its_line(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    file = tmp_path / "mine.yaml"
    assert old in GOOD
    file.write_text(GOOD.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(DataFileError) as caught:
        data_file.read(file)

    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("customer: C-1", "customer: C-2", "line 12: orders.0.customer: there is no customer 'C-2'"),
        ("{sku: SKU-1, quantity: 10}", "{sku: SKU-9, quantity: 10}", "line 13: orders.0.lines.0.sku: there is no item"),
        ("currency: USD", "currency: EUR", "SKU-1 has no price in USD"),
        (
            "    lines: [{sku: SKU-1, quantity: 10}]",
            "    shipTo: 3\n    lines: [{sku: SKU-1, quantity: 10}]",
            "address 3",
        ),
    ],
)
def test_what_the_parties_refuse_is_told_with_its_line(
    old: str, new: str, said: str, new_world: Worlds, tmp_path: Path
) -> None:
    file = tmp_path / "mine.yaml"
    assert old in GOOD
    file.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    read = data_file.read(file)

    problems = enter(new_world(), read.data)

    assert said in str(read.refused(problems))


@pytest.mark.parametrize("octets", [b"", b"\xff\xfe\x00", b"- 1\n- 2\n", b"a: &a [*a]\n", b"\x00"])
def test_garbage_is_refused_in_words(octets: bytes, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_bytes(octets)

    with pytest.raises(DataFileError, match=r"mine\.yaml"):
        data_file.read(file)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="can't be read"):
        data_file.read(tmp_path / "none.yaml")
