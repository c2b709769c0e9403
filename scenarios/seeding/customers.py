"""Customers as they might be: companies with people, an address or several, terms of payment and a credit limit.

Names and streets are Faker's, and so depend on its version; cities, regions and postal codes are from countries.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from random import Random
from typing import Any

from ...contracts.identifiers import CustomerNumber
from ...contracts.objects import Address, Money
from .countries import WORTH, countries, country_code
from .world_data import NewCustomer, Person

LONGEST_NAME, LONGEST_LINE = 60, 55  # contracts/canonical/v1/address.json
ROLES = ("purchasing", "receiving", "accounts payable", "operations")
TERMS_DAYS = (10, 14, 30, 30, 30, 60)
LIMITS_USD = (5_000, 10_000, 25_000, 50_000, 100_000)
DEPARTMENTS = ("Receiving", "Warehouse", "Goods in")


def draw(numbers: Iterable[int], seed: int, locales: Sequence[str]) -> Iterator[NewCustomer]:
    """Customers of these numbers. One of a number is the same whatever others are drawn with it.

    Raises: UnknownLocale.
    """
    numbers = list(numbers)
    if not numbers:
        return  # and Faker is not imported
    makers = [(locale, country_code(locale)) for locale in locales]
    fakers = {locale: _faker(locale) for locale in locales}
    for number in numbers:
        key = f"{seed}/customer/{number}"
        random = Random(key)
        locale, country = random.choice(makers)
        faker = fakers[locale]
        faker.seed_instance(key)
        yield _customer(number, country, random, faker)


def _faker(locale: str) -> Any:
    """Raises: UnknownLocale when Faker speaks no such language."""
    from faker import Faker

    from .countries import UnknownLocale

    try:
        return Faker(locale)
    except AttributeError:
        raise UnknownLocale(f"there are no names for the locale {locale!r}: Faker does not have it") from None


def _customer(number: int, country: str, random: Random, faker: Any) -> NewCustomer:
    currency = countries()[country].currency
    name = faker.company()[:LONGEST_NAME]
    domain = f"customer-{number}.example"
    people = tuple(_person(faker.name(), role, domain) for role in random.sample(ROLES, random.choice((1, 1, 2))))
    bill_to = _address(name, None, country, random, faker, people[0].email)
    others = [
        _address(random.choice(DEPARTMENTS), name, country, random, faker, people[-1].email)
        for _ in range(random.choice((0, 0, 1, 2)))
    ]
    return NewCustomer(
        customer_number=CustomerNumber(f"C{10_000 + number}"),
        name=name,
        currency=currency,
        bill_to=bill_to,
        ship_tos=(bill_to, *others),
        contacts=people,
        email=people[0].email,
        tax_exempt=random.random() < 0.04,
        payment_terms_days=random.choice(TERMS_DAYS),
        credit_limit=_limit(random.choice(LIMITS_USD), currency),
    )


def _person(name: str, role: str, domain: str) -> Person:
    """Letters that an address can't have are left out; who has no others is written to by role."""
    words = re.findall("[a-z]+", name.lower())
    local = ".".join(words) if name.isascii() and words else role.replace(" ", ".")
    return Person(name=name[:LONGEST_NAME], email=f"{local}@{domain}", role=role)


def _address(name: str, company: str | None, country_code: str, random: Random, faker: Any, email: str) -> Address:
    country = countries()[country_code]
    city, region, postal_code = random.choice(country.places)
    if country_code == "JP":  # there houses are numbered by block and not along a street
        street, number = faker.town(), f"{random.randint(1, 9)}-{random.randint(1, 30)}-{random.randint(1, 20)}"
    else:
        street, number = faker.street_name(), str(random.randint(1, 240))
    return Address(
        name=name,
        company=company,
        line1=country.street.format(street=street, number=number)[:LONGEST_LINE],
        city=city,
        region=region,
        postal_code=postal_code,
        country=country_code,
        email=email,
    )


def _limit(dollars: int, currency: str) -> Money:
    return Money.rounded(Decimal(dollars) * WORTH[currency], currency)
