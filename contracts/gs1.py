"""GS1 keys: the check digit, and the serial shipping container code (SSCC).

Source: GS1 General Specifications, 7.9 (standard check digit calculations): from the right, without the check
digit, the weights are 3, 1, 3, 1 …; the check digit brings the sum to the next multiple of ten.
"""

from __future__ import annotations

from .identifiers import Sscc


def check_digit(payload: str) -> str:
    """The check digit for the digits before it: "10614141123456789" → "7". The same for SSCC, GTIN and GLN.

    Raises: ValueError when the payload is not made of the digits 0 to 9.
    """
    if not payload or not payload.isascii() or not payload.isdigit():
        raise ValueError(f"a GS1 key is made of the digits 0 to 9, not {payload!r}")
    octets = payload.encode()  # bytes are added up by C code; 48 is the digit 0
    odd, even = octets[::-2], octets[-2::-2]
    return str(-(3 * (sum(odd) - 48 * len(odd)) + sum(even) - 48 * len(even)) % 10)


def has_valid_check_digit(key: str) -> bool:
    """Whether the last digit is the check digit of those before. It catches every single wrong digit, and
    swapped neighbours unless they differ by five.
    """
    return len(key) > 1 and key.isascii() and key.isdigit() and check_digit(key[:-1]) == key[-1]


def sscc(extension: int, company_prefix: str, serial: int) -> Sscc:
    """An SSCC: extension digit (0 to 9), GS1 company prefix (4 to 12 digits), serial reference, check digit;
    18 in all.

    Raises: ValueError when a part is out of range or the serial does not fit beside the prefix.
    """
    width = 16 - len(company_prefix)
    if not 0 <= extension <= 9 or not 4 <= width <= 12 or not 0 <= serial < 10**width:
        raise ValueError(
            "an SSCC has an extension digit, a company prefix of 4 to 12 digits and a serial that fills "
            f"it up to 17: {extension}, {company_prefix!r} and {serial} do not"
        )
    payload = f"{extension}{company_prefix}{serial:0{width}d}"
    return Sscc(payload + check_digit(payload))
