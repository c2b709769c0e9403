"""The valuation of an order takes a short cut past Money's own arithmetic: both must come to the same."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crossdock.contracts.currencies import minor_digits
from crossdock.contracts.objects import Money
from crossdock.simulators.erp.settings import TaxRates
from crossdock.tests.simulators.erp.conftest import Erp, amount, each

PERCENTS = st.decimals(0, 99, places=4).map(lambda rate: Decimal(f"{rate.normalize():f}"))  # 10, and not 1E+1
LINES = st.lists(
    st.tuples(
        st.integers(0, 10**9),  # the price in minor units
        st.decimals("0.001", 99999, places=3),
        st.sampled_from(("standard", "reduced", "exempt")),
    ),
    min_size=1,
    max_size=5,
)


@pytest.mark.parametrize("currency", ["USD", "JPY", "KWD"])
@settings(max_examples=60, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(standard=PERCENTS, reduced=PERCENTS, lines=LINES)
def test_each_line_is_worth_what_money_makes_of_its_price_quantity_and_rate(
    currency: str, standard: Decimal, reduced: Decimal, lines: list[tuple[int, Decimal, str]]
) -> None:
    erp = Erp()
    erp.set(tax_rates={"*": TaxRates(standard=standard, reduced=reduced)})
    digits = minor_digits(currency)
    erp.customer(currency=currency, limit=f"{Decimal(10**15 - 1).scaleb(-digits):f}")
    asked = []
    for number, (minor, quantity, category) in enumerate(lines, 1):
        price = amount(f"{Decimal(minor).scaleb(-digits):f}", currency)
        erp.item(f"SKU-{number}", price, taxCategory=category)
        wanted = {"lineId": str(number), "sku": f"SKU-{number}", "quantity": each(f"{quantity:f}"), "unitPrice": price}
        asked.append(wanted)

    order = erp.order(currency=currency, lines=asked, freight=amount(f"{Decimal(0).scaleb(-digits):f}", currency))

    rates = {"standard": standard, "reduced": reduced, "exempt": Decimal(0)}
    for line, (_, _, category) in zip(order.lines, lines, strict=True):
        assert line.tax_rate == rates[category]
        assert line.net_amount == line.unit_price.times(line.quantity)
        assert line.tax_amount == line.net_amount.percent(rates[category])
        assert line.net_amount.is_exact
        assert line.tax_amount.is_exact
    assert order.totals.net == Money.total((line.net_amount for line in order.lines), currency)
    assert order.totals.tax == Money.total((line.tax_amount for line in order.lines), currency)
