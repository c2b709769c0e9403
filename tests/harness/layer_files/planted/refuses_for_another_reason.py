"""Whatever is wrong with a set, the 997 says that it is not known (AK502 1)."""

from crossdock.examples.reference_layer import x12
from crossdock.examples.reference_layer.__main__ import serve
from crossdock.examples.reference_layer.layer import Parts
from crossdock.examples.reference_layer.x12 import Group

acknowledgement = x12.acknowledgement


def always_unknown(group: Group) -> list[list[str]]:
    return [["AK5", "R", "1"] if each[:2] == ["AK5", "R"] else each for each in acknowledgement(group)]


x12.acknowledgement = always_unknown

if __name__ == "__main__":
    serve(Parts())
