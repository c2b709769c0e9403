"""Where customers are, from countries.yaml, and what their money is worth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType

import msgspec

from ...contracts import yaml_document

Place = tuple[str, str, str]
"""City, region, postal code."""


class Country(msgspec.Struct, frozen=True, kw_only=True):
    """`street` is how an address line is written, of a street's name and a house number."""

    currency: str
    street: str
    places: tuple[Place, ...]


# How much of a currency a US dollar is worth, rounded: what counts is that prices have the right size and digits.
WORTH: Mapping[str, Decimal] = MappingProxyType(
    {
        "USD": Decimal(1),
        "CAD": Decimal("1.35"),
        "MXN": Decimal(18),
        "BRL": Decimal("5.5"),
        "GBP": Decimal("0.8"),
        "EUR": Decimal("0.9"),
        "CHF": Decimal("0.9"),
        "SEK": Decimal(10),
        "NOK": Decimal(10),
        "DKK": Decimal("6.7"),
        "PLN": Decimal(4),
        "CZK": Decimal(23),
        "HUF": Decimal(350),
        "JPY": Decimal(150),
        "CNY": Decimal(7),
        "KRW": Decimal(1350),
        "INR": Decimal(85),
        "AUD": Decimal("1.5"),
        "NZD": Decimal("1.65"),
    }
)


class UnknownLocale(ValueError):
    """No customers can be made for a locale; the message says which there are."""


@cache
def countries() -> Mapping[str, Country]:
    """Country (ISO 3166-1 alpha-2) → what is known of it."""
    document = yaml_document.read(Path(__file__).with_name("countries.yaml").read_bytes())
    return MappingProxyType(msgspec.convert(document, dict[str, Country]))


def country_code(locale: str) -> str:
    """The country of a locale (de_CH → CH).

    Raises: UnknownLocale when it names none, or one without places here.
    """
    code = locale.partition("_")[2]
    if code not in countries():
        raise UnknownLocale(
            f"there are no addresses for the locale {locale!r}: a locale is a language and a country, as de_DE, and "
            f"the countries are {', '.join(sorted(countries()))}"
        )
    return code


def currencies_of(locales: Iterable[str]) -> tuple[str, ...]:
    """US dollars, and what else is paid with there, each once. Raises: UnknownLocale."""
    return tuple(dict.fromkeys(("USD", *(countries()[country_code(locale)].currency for locale in locales))))
