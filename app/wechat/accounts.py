"""The official account: what it may do, what it must not do for a while, and what staff must know of it."""

from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.clock import local_midnight
from app.base.inserting import insert_new
from app.wechat.codes import meaning
from app.wechat.credentials import Credentials
from app.wechat.models import WeChatAccount

CAPABILITIES = ("custom", "scene", "template", "oauth", "jssdk", "menu")
"""What the platform lets some accounts do: write to people, make scene codes, send template messages, recognise people
on pages, share pages, have a menu."""


async def account_of(session: AsyncSession, credentials: Credentials, *, now: datetime) -> WeChatAccount:
    """The account's row, made where there is none, which needs a writing session.

    A new one may do nothing but answer (mode C) until it is probed.
    """
    if (account := await find_account(session, credentials)) is not None:
        return account
    values = {
        "app_id": credentials.app_id,
        "mode": "C",
        "lacks": list(CAPABILITIES),
        "stops": {},
        "name": "",
        "proof_name": "",
        "proof_text": "",
        "codes_as": "page",
        "share": False,
        "templates": {},
        "made_at": now,
    }
    await session.execute(insert_new(session, WeChatAccount, "app_id").values(values))
    return (await session.scalars(_ours(credentials))).one()


async def find_account(session: AsyncSession, credentials: Credentials) -> WeChatAccount | None:
    """The account's row, for reading sessions; None before anything asked for it."""
    return await session.scalar(_ours(credentials))


async def held(session: AsyncSession, account_id: int) -> WeChatAccount:
    """The row as it stands once nobody else is writing it. People can be met meanwhile: their rows name this one."""
    one = select(WeChatAccount).where(WeChatAccount.id == account_id).with_for_update(key_share=True)
    return (await session.scalars(one.execution_options(populate_existing=True))).one()


def may(account: WeChatAccount, capability: str) -> bool:
    """Raises ValueError for a capability that is none."""
    if capability not in CAPABILITIES:
        raise ValueError(f"capabilities are {CAPABILITIES}, not {capability!r}")
    return capability not in account.lacks


def mode_without(lacks: list[str]) -> str:
    """A: scene codes and messages; B: messages; C: answers only."""
    if "custom" in lacks:
        return "C"
    return "B" if "scene" in lacks else "A"


def downgrade(account: WeChatAccount, *capabilities: str) -> None:
    """Takes note that the platform refuses these; probing again gives back what it grants."""
    account.lacks = [name for name in CAPABILITIES if name in account.lacks or name in capabilities]
    account.mode = mode_without(account.lacks)


def alarm(account: WeChatAccount, code: int, *, now: datetime) -> None:
    """The last thing that staff must know; `app.wechat.codes` has the sentence."""
    account.alarm_code, account.alarm_at = code, now


def stop_until(account: WeChatAccount, what: str, until: datetime) -> None:
    """No such call before that."""
    others = {call: end for call, end in account.stops.items() if call != what}
    account.stops = {**others, what: until.isoformat()}


def stopped_until(account: WeChatAccount, what: str, *, now: datetime) -> datetime | None:
    """Until when that call must not be made; None where it may be."""
    until = datetime.fromisoformat(account.stops[what]) if what in account.stops else None
    return until if until is not None and until > now else None


def next_midnight(now: datetime) -> datetime:
    """When the platform's quotas of the day are new: at midnight in Shanghai."""
    return local_midnight(now) + timedelta(days=1)


def heed(account: WeChatAccount, code: int, *, what: str, capability: str, now: datetime) -> None:
    """Takes note of a refusal that says something of the account, and not of the one call.

    Where staff must set something right, nothing can be sent before they did: the account does without.
    """
    match meaning(code).do:
        case "stop_day":
            stop_until(account, what, next_midnight(now))
        case "stop_minute":
            stop_until(account, what, now + timedelta(minutes=1))
        case "downgrade":
            downgrade(account, capability)
            alarm(account, code, now=now)
        case "alarm":
            downgrade(account, *CAPABILITIES)
            alarm(account, code, now=now)


def _ours(credentials: Credentials) -> Select[WeChatAccount]:
    return select(WeChatAccount).where(WeChatAccount.app_id == credentials.app_id)
