"""Deprecation, Sunset and Link are not read: the old version of an API is called until it is gone, and after that too.

Breaks K1, and E3 as what is refused is set aside for ever. Modelled on
https://github.com/wchatx/direct-access-py/issues/56 (a client whose version 1 is answered with 410).
"""

from collections.abc import Mapping

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.versions import Versions


class NeverMoves(Versions):
    def heard(self, party: str, headers: Mapping[str, str]) -> None:
        pass


PARTS = Parts(versions=NeverMoves)

if __name__ == "__main__":
    serve(PARTS)
