"""What the outbox's kinds mean: which function does which, and which are done each night."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import partial

from app.base.database import Database
from app.base.delivering import Handler, Handlers, Task
from app.base.outbox import clear_done
from app.base.settings import Settings
from app.chat.erasing import expire_contacts
from app.chat.news import LATER, ROUND, note_published, tell_later, tell_round
from app.chat.subscriptions import end_due
from app.chat.wechat.forgetting import forget_silent
from app.chat.wechat.late import clear_late
from app.postings.publishing import NEWS
from app.wechat.dead import end_waiting
from app.wechat.tie_codes import clear_ended

_EXPIRE, _END, _CLEAR, _LATE = "expire_contacts", "end_subscriptions", "clear_outbox", "clear_late_turns"
_SILENT, _SENDS, _TIES = "forget_silent", "end_waiting_sends", "clear_tie_codes"
DAILY = (_EXPIRE, _END, _CLEAR, _LATE, _SILENT, _SENDS, _TIES)
"""Put in once a day."""

Step = Callable[..., Awaitable[int]]
"""Does some of the work in the session it is given, at `now`, and gives how much; 0 once nothing is left."""


def handlers(settings: Settings, database: Database) -> Handlers:
    return {
        NEWS: partial(note_published, database),
        ROUND: partial(tell_round, database),
        LATER: partial(tell_later, database),
        _EXPIRE: in_steps(database, partial(expire_contacts, days=settings.contact_days)),
        _END: in_steps(database, end_due),
        _CLEAR: in_steps(database, clear_done),
        _LATE: in_steps(database, clear_late),
        _SENDS: in_steps(database, end_waiting),
        _TIES: in_steps(database, clear_ended),
        _SILENT: in_steps(database, partial(forget_silent, days=settings.contact_days)),
    }


def in_steps(database: Database, step: Step) -> Handler:
    """Each step in a short transaction of its own, until nothing is left."""

    async def run(_task: Task, now: datetime) -> None:
        while await _once(database, step, now):
            pass

    return run


async def _once(database: Database, step: Step, now: datetime) -> int:
    async with database.write() as session:
        return await step(session, now=now)
