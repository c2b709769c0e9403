"""What a history says of the wire: what a party could not use, groups that are fetched and acknowledged, things that go
to the wrong party (see histories.py).
"""

from datetime import timedelta
from typing import Any

import msgspec
from msgspec.structs import replace

from crossdock.scenarios import erp_table
from crossdock.scenarios.erp_table import ErpRow
from crossdock.simulators.secrets import Secrets
from crossdock.simulators.world import CLOUD_ERP
from crossdock.tests.harness.records import ORDER_ID, START
from crossdock.tests.harness.wrongs import Wrongs

TOKEN = "0f9e8d7c6b5a49382716"


def known_secrets() -> Secrets:
    """Those of the world that the histories play in."""
    secrets = Secrets()
    secrets.learn(TOKEN, "access token", "east")
    return secrets


class Conducts(Wrongs):
    """`of none` at the end of a statement: nobody can tell about which order."""

    def do_refuse(self, party: str, name: str, code: str, *words: str) -> None:
        """A party answers a call with a problem; the words behind its code are the pointers."""
        pointers, about = _about(words)
        body = {"code": code, "detail": f"it is {code}", "errors": [{"pointer": each} for each in pointers]}
        self._answered(party, "http", name, "fail", about, status=422, body=body)

    def do_unusable(self, party: str, flaw: str, file: str, *words: str) -> None:
        """A part of a file that a party can't use; `interchange 7 same` gives place and digest."""
        words, about = _about(words)
        place, digest = (f"interchange {words[1]}", words[2]) if words else ("set 0001 (940)", "other")
        told = {"file": file, "place": place, "problem": f"it is {flaw}", "flaw": flaw, "sha256": digest}
        self._answered(party, "x12", "unusable", "fail", about, **told)

    def do_fetch(self, party: str, functional_id: str, number: str, *words: str) -> None:
        """The layer fetches a group of a party whole."""
        detail = {"file": f"{number}.edi", "functionalId": functional_id, "controlNumber": number}
        self.append("note", party, "x12", "fetched", order_id=_about(words)[1], detail=detail)

    def do_open(self, party: str, file: str) -> None:
        """The layer begins to fetch a file."""
        self.append("invoke", party, "sftp", "download", detail={"path": f"/outbound/{file}"})

    def do_acknowledge(self, party: str, functional_id: str, number: str, code: str) -> None:
        """The layer's 997 comes in."""
        said = {"functionalId": functional_id, "controlNumber": number, "code": code}
        read = {"controlNumber": f"{len(self.entries):09}", "acknowledged": [said]}
        detail = {"file": "997.edi", "sha256": "997", "rejected": "", "interchanges": [read], "problems": []}
        self.append("note", party, "x12", "file", detail=detail)

    def do_send(self, party: str, number: str, digest: str) -> None:
        """A file of the layer with one interchange comes in."""
        read = {"controlNumber": number, "acknowledged": []}
        detail = {"file": "940.edi", "sha256": digest, "rejected": "", "interchanges": [read], "problems": []}
        self.append("note", party, "x12", "file", detail=detail)

    def do_spoil(self, party: str, file: str, effect: str) -> None:
        """A fault strikes a file on its way."""
        detail = {"effect": effect, "path": f"/in/{file}"}
        self.append("fault", party, "sftp", "spoilt", detail=detail)

    def do_alter(self, party: str, document: str, how: str = "altered") -> None:
        """A fault strikes what a document says, before it is put out; or, `late`, only when that happens."""
        detail = {"document": document, "kind": "945", "how": how} | ({"altered": True} if how == "altered" else {})
        self.append("fault", party, "x12", "bad-part-beside", detail=detail)

    def do_garble(self, kind: str, subject: str, outcome: str = "fail") -> None:
        """An event comes as something that is none, and the layer refuses it, or (`ok`) acknowledges it."""
        event_id = self.events[(kind, subject)]
        sendings = [{"afterS": 0.0, "newId": False, "octets": 12}]
        own: dict[str, Any] = {"order_id": ORDER_ID}
        self.append(
            "fault", "east", "webhook", "garbled-event", **own, detail={"event": event_id, "sendings": sendings}
        )
        told = {"insteadOf": event_id, "octets": 12}
        exchange = self.append("invoke", "east", "webhook", f"crossdock.{kind}.v1", **own, detail=told)
        self.append(outcome, "east", "webhook", f"crossdock.{kind}.v1", exchange=exchange, **own, detail=told)

    def do_another(self, order_id: str) -> None:
        """Another customer orders the same."""
        assert self.order is not None
        other = replace(self.order, order_id=order_id)
        event = ("order.submitted", order_id, other)
        self.commit("crm", "people", "createOrder", [("Order", order_id, other)], event, about=order_id)

    def do_poison(self, party: str, name: str, status: str = "422") -> None:
        """A call about another order that is refused."""
        own: dict[str, Any] = {"order_id": "CO-P"}
        exchange = self.append("invoke", party, "http", name, **own, detail={"method": "POST"})
        self.append("fail", party, "http", name, exchange=exchange, **own, detail={"status": int(status)})

    def do_tamper(self, kind: str, subject: str) -> None:
        """A fault changes what an event says."""
        sendings = [{"afterS": 0.0, "newId": False, "octets": 12}]
        detail = {"event": self.events[(kind, subject)], "sendings": sendings}
        self.append("fault", "east", "webhook", "poison", order_id=ORDER_ID, detail=detail)

    def do_show_key(self, party: str, whose: str) -> None:
        """A file server shows `another` host key from now on, or its `own` again."""
        self.append(
            "fault", party, "sftp", "host-key-changes", detail={"hostKey": {"own": "its own"}.get(whose, whose)}
        )

    def do_log_in(self, party: str, outcome: str = "ok") -> None:
        """The layer logs in at a file server; `fail`: its password is wrong; `left`: it goes before it gives one."""
        exchange = self.append("invoke", party, "sftp", "login", detail={})
        detail = {"ok": {"method": "password"}, "fail": {"why": "it is wrong", "attempts": 1}}.get(
            outcome, {"attempts": 0}
        )
        self.append("ok" if outcome == "ok" else "fail", party, "sftp", "login", exchange=exchange, detail=detail)

    def do_borrow(self, party: str, name: str, owner: str, *words: str) -> None:
        """A call with the credentials of another party."""
        self._answered(party, "http", name, "fail", _about(words)[1], status=401, credentialsOf=owner)

    def do_tell(self, party: str, name: str, *words: str) -> None:
        """A call with this text in its body; `TOKEN` is the secret that the tests know."""
        text, about = _about(words)
        body = msgspec.Raw(msgspec.json.encode({"text": " ".join(text).replace("TOKEN", TOKEN)}))
        detail = {"method": "POST", "body": body}
        exchange = self.append("invoke", party, "http", name, order_id=about, detail=detail)
        self.append("ok", party, "http", name, exchange=exchange, order_id=about, detail={"status": 200})

    def _answered(self, party: str, channel: Any, name: str, kind: Any, about: str, **detail: Any) -> None:
        exchange = self.append("invoke", party, channel, name, order_id=about, detail={"method": "POST"})
        self.append(kind, party, channel, name, exchange=exchange, order_id=about, detail=detail)

    def do_meet(self, party: str, certificate: str, *words: str) -> None:
        """The layer meets a certificate that nobody may take; with `and METHOD PATH` it goes on all the same."""
        words, about = _about(words)
        became = {"used": " ".join(words[1:])} if words else {"reason": "bad certificate"}
        self.append("fault", party, "run", "tls", order_id=about, detail={"certificate": certificate, **became})

    def do_goes_over(self, region: str, after_h: str) -> None:
        """The layer was told when a region goes over to the second ERP, in hours from when the order is placed."""
        row = ErpRow(region, CLOUD_ERP, START + timedelta(hours=float(after_h)))
        self.append("note", "", "run", erp_table.NOTE, detail=erp_table.written([row]))


def _about(words: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    return (words[:-2], "") if words[-2:] == ("of", "none") else (words, ORDER_ID)
