"""What becomes of a message when the platform has answered, or has not."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from app.wechat.accounts import next_midnight
from app.wechat.bodies import Way
from app.wechat.codes import meaning
from app.wechat.failures import ApiError, Lacking, NotYet, Unreachable

MOST_TRIES = 3
"""How often the platform is asked that gives no answer, or -1."""
UNFOLLOWED = 43004
_LACKS = 48001


@dataclass(frozen=True)
class Outcome:
    """`until`: what waits is tried again then; None: after the outbox's own wait, which grows.

    `unsent`: surely not sent, so that the quota is given back. `tried`: it counts as one of the tries. `done`: staff
    have nothing to see to. `gone`: the person cannot be reached. `spent`: the platform says that no quota is left.
    """

    state: Literal["waiting", "sent", "parked", "failed"]
    code: int | None = None
    until: datetime | None = None
    unsent: bool = True
    tried: bool = False
    done: bool = False
    gone: bool = False
    spent: bool = False


SENT = Outcome("sent", unsent=False, tried=True, done=True)
NO_QUOTA = Outcome("parked")
GONE = Outcome("failed", UNFOLLOWED, done=True, gone=True)


def outcome_of(error: ApiError | Lacking | NotYet, *, way: Way, tries: int, now: datetime) -> Outcome:
    """`tries`: those before this one."""
    if isinstance(error, NotYet):
        return Outcome("waiting", until=error.until)
    code = _LACKS if isinstance(error, Lacking) else error.code
    match meaning(code).do:
        case "retry":
            unsent = isinstance(error, Unreachable) and not error.reached
            outcome = Outcome("waiting" if tries + 1 < MOST_TRIES else "failed", code, unsent=unsent, tried=True)
        case "token":
            outcome = Outcome("waiting", code)
        case "stop_day":
            outcome = Outcome("waiting", code, next_midnight(now))
        case "stop_minute":
            outcome = Outcome("waiting", code, now + timedelta(minutes=1))
        case "park":
            outcome = Outcome("parked", code, spent=True)
        case "downgrade" | "alarm":  # what may travel with a reply waits for one; a template message cannot
            outcome = Outcome("parked" if way.windows else "failed", code)
        case "unreachable":
            outcome = Outcome("failed", code, done=True, gone=True)
        case "bug":
            outcome = Outcome("failed", code, tried=True)
    return outcome
