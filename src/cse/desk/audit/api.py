"""Routes of the audit log, and of the settings that it has as they were."""

from __future__ import annotations

from cse.audit.models import Actor
from cse.desk.audit.models import AuditActs, AuditChain, AuditEvents, AuditExportQuery, AuditQuery
from cse.desk.audit.service import ACTS, AuditDesk
from cse.desk.history.models import HistoryQuery, SettingChanges
from cse.desk.history.service import History
from cse.domain import codes
from cse.domain.operators import Right
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, answer

_TYPES = {"jsonl": b"application/x-ndjson", "csv": b"text/csv; charset=utf-8"}


class AuditApi:
    """Parse, call, answer."""

    def __init__(self, audit: AuditDesk, history: History) -> None:
        self._audit = audit
        self._history = history

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        operator, see = Access.OPERATOR, Right.SEE_AUDIT
        return [
            Route("GET", "/api/admin/audit", operator, "Searches the audit log.", AuditEvents,
                  handler=self.search, query=AuditQuery, codes=(codes.INVALID_CURSOR,), right=see),
            Route("GET", "/api/admin/audit/acts", operator, "Every act that the audit log knows.", AuditActs,
                  handler=self.acts, right=see),
            Route("GET", "/api/admin/configuration", operator,
                  "Every setting that operators changed, as it was and as it became.", SettingChanges,
                  handler=self.changes, query=HistoryQuery, codes=(codes.INVALID_CURSOR,),
                  right=Right.SEE_HISTORY),
            Route("GET", "/api/admin/audit/chain", operator, "How far the audit log is sealed and verified.",
                  AuditChain, handler=self.chain, right=see),
            Route("GET", "/api/admin/audit/export", operator,
                  "Events as JSON Lines, from which digests can be computed, or as CSV.", str,
                  handler=self.export, query=AuditExportQuery, content_type="application/x-ndjson",
                  right=see, step_up=True),
        ]  # fmt: skip

    async def search(self, call: Call[Nothing, AuditQuery]) -> Reply:
        """GET /api/admin/audit."""
        return answer(await self._audit.search(Actor.desk(call.person), call.query))

    async def changes(self, call: Call[Nothing, HistoryQuery]) -> Reply:
        """GET /api/admin/configuration."""
        return answer(await self._history.changes(call.query))

    async def acts(self, _: Call[Nothing, Nothing]) -> Reply:
        """GET /api/admin/audit/acts."""
        return answer(AuditActs(ACTS))

    async def chain(self, _: Call[Nothing, Nothing]) -> Reply:
        """GET /api/admin/audit/chain."""
        return answer(await self._audit.chain())

    async def export(self, call: Call[Nothing, AuditExportQuery]) -> Reply:
        """GET /api/admin/audit/export."""
        form = call.query.format
        name = f'attachment; filename="audit.{form}"'.encode()
        return Reply(
            b"",
            headers=((b"content-disposition", name),),
            content_type=_TYPES[form],
            stream=await self._audit.export(Actor.desk(call.person), call.query),
        )
