"""Whoever interferes, in tests."""

from dataclasses import dataclass, field

from crossdock.simulators.channels.sftp.interference import (
    FileEffect,
    FileMessage,
    NoFileInterference,
    Operation,
    Placements,
)
from crossdock.simulators.channels.sftp.status import Status
from crossdock.tests.simulators.sftp.place import Place


@dataclass
class Fault(NoFileInterference):
    """Strikes the `nth` step of one kind, before or after it."""

    operation: Operation
    effect: FileEffect | None = None
    late: FileEffect | None = None
    nth: int = 1
    plan: Placements | None = None
    asked: list[FileMessage] = field(default_factory=list)

    def before_step(self, message: FileMessage) -> FileEffect | None:
        self.asked.append(message)
        return self.effect if self._is_meant(message) else None

    def after_step(self, message: FileMessage, status: Status) -> FileEffect | None:
        assert status is Status.OK
        return self.late if self._is_meant(message) else None

    def deposit(self, message: FileMessage) -> Placements | None:
        self.asked.append(message)
        return self.plan

    def _is_meant(self, message: FileMessage) -> bool:
        return (message.operation, message.nth) == (self.operation, self.nth)


def strike(place: Place, fault: Fault) -> Fault:
    place.depot.set_interference(fault)
    return fault
