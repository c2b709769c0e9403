"""host-key-changes: the file server proves itself by a key that nobody knows."""

from __future__ import annotations

from typing import ClassVar

from ...simulators.world import World
from ..fault import faults
from ..file_fault import ServerFault


@faults.register("host-key-changes")
class HostKeyChanges(ServerFault):
    """From the first event of type `begins_with` on, the party's file server shows another host key for `for_s` seconds
    on the wire, and then its own again. Who is connected is dropped.

    A server was set up anew, or somebody stands in between: the layer can't know. A layer must not log in, must keep
    what it has, and catch up once the key is the one that was agreed (E3, R1).
    """

    not_in_virtual_time: ClassVar[str] = (
        "it changes the key of a file server, and in virtual time there is none to be checked"
    )

    for_s: float = 1.0

    def begin(self, world: World) -> bool:
        world.show_host_key(self.party, "host-key-changes", own=False)
        world.clock.after(self.for_s, lambda: self.end(world))
        return True

    def end(self, world: World) -> None:
        if self.party in world.strangers:
            world.show_host_key(self.party, "host-key-changes", own=True)
