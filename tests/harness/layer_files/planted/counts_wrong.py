"""The 997 counts one set more as accepted than there was."""

from crossdock.examples.reference_layer import x12
from crossdock.examples.reference_layer.__main__ import serve
from crossdock.examples.reference_layer.layer import Parts
from crossdock.examples.reference_layer.x12 import Group

acknowledgement = x12.acknowledgement


def one_more(group: Group) -> list[list[str]]:
    *segments, end = acknowledgement(group)
    return [*segments, [*end[:4], str(int(end[4]) + 1), *end[5:]]]


x12.acknowledgement = one_more

if __name__ == "__main__":
    serve(Parts())
