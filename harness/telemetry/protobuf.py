"""The wire format of Protocol Buffers: the fields of a message, in the order in which they stand there.

https://protobuf.dev/programming-guides/encoding/
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import TypeAlias

VARINT, FIXED64, LENGTH, FIXED32 = 0, 1, 2, 5
LONGEST_VARINT = 10

Value: TypeAlias = int | bytes


class NotProtobuf(ValueError):
    """The octets are no message, and where."""


def fields(message: bytes) -> Iterator[tuple[int, int, Value]]:
    """Number, wire type and value of each field: unsigned integers, or the octets of what has a length.

    Raises: NotProtobuf.
    """
    place = 0
    while place < len(message):
        tag, place = _varint(message, place)
        number, wire_type = tag >> 3, tag & 7
        if number == 0:
            raise NotProtobuf(f"octet {place}: there is no field 0")
        value: Value
        if wire_type == VARINT:
            value, place = _varint(message, place)
        elif wire_type in (FIXED64, FIXED32):
            octets, place = _octets(message, place, 8 if wire_type == FIXED64 else 4)
            value = int.from_bytes(octets, "little")
        elif wire_type == LENGTH:
            length, place = _varint(message, place)
            value, place = _octets(message, place, length)
        else:
            raise NotProtobuf(f"octet {place}: field {number} has the wire type {wire_type}, which is not in use")
        yield number, wire_type, value


def signed(value: int) -> int:
    """An int64 that came as a varint."""
    return value - (1 << 64) if value >= 1 << 63 else value


def double(value: int) -> float:
    """A double that came as eight octets."""
    number: float = struct.unpack("<d", value.to_bytes(8, "little"))[0]
    return number


def text(number: int, value: str) -> bytes:
    """A field with a text, to be sent."""
    octets = value.encode()
    return _written(number << 3 | LENGTH) + _written(len(octets)) + octets


def integer(number: int, value: int) -> bytes:
    """A field with a number that is not negative, to be sent."""
    return _written(number << 3 | VARINT) + _written(value)


def _varint(message: bytes, place: int) -> tuple[int, int]:
    value = 0
    for count in range(LONGEST_VARINT):
        if place + count >= len(message):
            raise NotProtobuf(f"octet {len(message)}: the message ends within a number")
        octet = message[place + count]
        value |= (octet & 0x7F) << (7 * count)
        if octet < 0x80:
            return value & (1 << 64) - 1, place + count + 1
    raise NotProtobuf(f"octet {place}: a number has at most {LONGEST_VARINT} octets")


def _octets(message: bytes, place: int, length: int) -> tuple[bytes, int]:
    if place + length > len(message):
        raise NotProtobuf(f"octet {len(message)}: the message ends within a field of {length} octets")
    return message[place : place + length], place + length


def _written(value: int) -> bytes:
    octets = bytearray()
    while value > 0x7F:
        octets.append(value & 0x7F | 0x80)
        value >>= 7
    octets.append(value)
    return bytes(octets)
