"""What goes wrong at a file server ends the task that looks there; the others go on, and nobody notices.

Breaks E3. Modelled on https://github.com/theophilusx/ssh2-sftp-client/issues/388 (a client that is not usable any more
after an error).
"""

from reference_layer.__main__ import serve
from reference_layer.layer import Parts
from reference_layer.mailboxes import Mailboxes
from reference_layer.ports import TimedOut, Unreachable


class OnceOnly(Mailboxes):
    async def _keep(self, partner: str) -> None:
        while True:
            try:
                await self.look(partner)
                self._seen.add(partner)
            except (Unreachable, TimedOut) as error:
                return self._log("mailbox", partner=partner, result=f"closed: {error}")
            await self._timing.sleep(self._settings.look_s)


PARTS = Parts(mailboxes=OnceOnly)

if __name__ == "__main__":
    serve(PARTS)
