"""An X12 interchange in our own writing, as segments to be changed. It is not checked: it is there to be broken."""

from __future__ import annotations

from dataclasses import dataclass

from ...contracts.edi import Separators

WRITTEN = Separators(line_break="\n")  # as simulators/channels/x12 writes
ISA_COMPONENT = 16

Segment = list[str]


@dataclass(slots=True)
class Interchange:
    """Its segments, each as its id and elements, so that element n of a segment is `segment[n]`."""

    segments: list[Segment]

    @classmethod
    def of(cls, content: bytes) -> Interchange:
        """Of what our X12 channel wrote."""
        lines = content.decode().split(WRITTEN.terminator + WRITTEN.line_break)
        return cls([line.split(WRITTEN.element) for line in lines if line])

    def all(self, name: str) -> list[Segment]:
        return [segment for segment in self.segments if segment[0] == name]

    def one(self, name: str) -> Segment:
        """The first such segment. Raises: LookupError when there is none."""
        return self.all(name)[0]

    def place(self, name: str) -> int:
        """Where the first such segment stands. Raises: LookupError when there is none."""
        return next(place for place, segment in enumerate(self.segments) if segment[0] == name)

    def renumber(self, number: int) -> None:
        """Put the interchange and its group under another control number."""
        for name, element in (("ISA", 13), ("IEA", 2)):
            self.one(name)[element] = f"{number:09}"
        for name, element in (("GS", 6), ("GE", 2)):
            for segment in self.all(name):
                segment[element] = str(number)

    def octets(self, separators: Separators = WRITTEN) -> bytes:
        """Written again, with these separators."""
        self.one("ISA")[ISA_COMPONENT] = separators.component
        end = separators.terminator + separators.line_break
        return "".join(separators.element.join(segment) + end for segment in self.segments).encode()
