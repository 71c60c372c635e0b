"""Routes: the words that staff add to the vocabulary of trades, and trying a sentence on the bot."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.base.errors import AppError, Conflict, Invalid
from app.base.ids import new_public_id
from app.chat.vocabulary import LONGEST, VocabularyWord
from app.chat.words import add_word, remove_word, restore_word, trades_now, word_named, words_now
from app.staff.actor import Actor, visible_centres
from app.web.rendering import page
from app.web.services import Held, Now, Read
from app.web.staff.session import Staff, Writer
from app.web.staff.words_form import Trial, WordForm, tried
from bot.terms.text import squeeze
from bot.understanding.trades import Trades

router = APIRouter(include_in_schema=False, prefix="/staff/words")
Typed = Annotated[WordForm, Depends()]
# as many as a browser shows while somebody types
_SUGGESTED = 500


@router.get("")
async def word_list(
    request: Request,
    actor: Staff,
    session: Read,
    q: Annotated[str, Query()] = "",
    added: Annotated[str, Query()] = "",
    removed: Annotated[str, Query()] = "",
) -> Response:
    return await _page(
        request,
        actor,
        session,
        typed=WordForm(key=new_public_id()),
        q=q,
        added=await word_named(session, added) if added.isalnum() else None,
        removed=await word_named(session, removed) if removed.isalnum() else None,
    )


@router.post("/try")
async def try_word(request: Request, actor: Writer, session: Read, held: Held, now: Now, typed: Typed) -> Response:
    """How the sentence is understood now, and how with the word in the form; nothing is kept."""
    trial = await tried(session, actor, held, typed, now=now)
    return await _page(request, actor, session, typed=typed, trial=trial, refusal=trial.refusal)


@router.post("")
async def save_word(request: Request, actor: Writer, read: Read, held: Held, now: Now, typed: Typed) -> Response:
    public_id = typed.public_id()
    try:
        async with held.database.write() as session:
            added = await add_word(session, actor, typed.word, typed.means, public_id=public_id, now=now)
    except (Invalid, Conflict) as refusal:
        return await _page(request, actor, read, typed=typed, refusal=refusal)
    return RedirectResponse(f"/staff/words?added={added.public_id}", status_code=303)


@router.post("/{word}/remove")
async def take_back(actor: Writer, held: Held, now: Now, word: str) -> Response:
    async with held.database.write() as session:
        removed = await remove_word(session, actor, word, now=now)
    return RedirectResponse(f"/staff/words?removed={removed.public_id}", status_code=303)


@router.post("/{word}/restore")
async def put_back(actor: Writer, held: Held, now: Now, word: str) -> Response:
    async with held.database.write() as session:
        restored = await restore_word(session, actor, word, now=now)
    return RedirectResponse(f"/staff/words?added={restored.public_id}", status_code=303)


async def _page(
    request: Request,
    actor: Actor,
    session: AsyncSession,
    *,
    typed: WordForm,
    trial: Trial | None = None,
    refusal: AppError | None = None,
    q: str = "",
    added: VocabularyWord | None = None,
    removed: VocabularyWord | None = None,
) -> Response:
    words = await words_now(session)
    field = refusal.field if isinstance(refusal, Invalid) else None
    return page(
        request,
        "staff/words.html",
        status=refusal.status if refusal and not trial else 200,
        actor=actor,
        words=_matching(words, q),
        count=len(words),
        own=set(await session.scalars(visible_centres(actor))),
        q=q,
        added=added if added and added.removed_at is None else None,
        removed=removed if removed and removed.removed_at else None,
        known=_suggested(await trades_now(session)),
        values=typed.values(),
        errors={field or "word": refusal.sentence} if refusal else {},
        trial=trial,
        longest=LONGEST,
    )


def _matching(words: list[VocabularyWord], q: str) -> list[VocabularyWord]:
    sought = squeeze(q).lower()
    return [word for word in words if sought in word.word or sought in (word.means or "")]


def _suggested(trades: Trades) -> list[str]:
    return [str(group["words"][0]) for group in trades.groups[:_SUGGESTED]]
