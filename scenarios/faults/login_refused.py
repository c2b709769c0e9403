"""login-refused: the file server lets nobody in for a while."""

from __future__ import annotations

from ...simulators.channels.sftp.interference import FileEffect, FileMessage, HangUp, Refuse
from ...simulators.channels.sftp.status import Status
from ...simulators.world import World
from ..fault import faults
from ..file_fault import ServerFault


@faults.register("login-refused")
class LoginRefused(ServerFault):
    """With the first event of type `begins_with` all connections to the file server are dropped, and the next `times`
    logins are refused though the credentials are right, or hung up upon (`hang_up`).

    So it is while a directory is down, or a password is being changed. A layer must keep what it has for that party, go
    on with the rest, try again at its leisure, and catch up without help (E3, R1).
    """

    times: int = 3
    hang_up: bool = False

    def begin(self, world: World) -> bool:
        world.drop_connections(self.party, "login-refused")
        return False

    def step(self, message: FileMessage, struck: int) -> FileEffect | None:
        if message.operation != "login" or struck >= self.times:
            return None
        return HangUp("login-refused") if self.hang_up else Refuse("login-refused", Status.PERMISSION_DENIED)
