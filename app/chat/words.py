"""The vocabulary of trades as staff have it: the standard one with words of their own.

There is one vocabulary for the whole installation: seekers say 看大门的 for 门卫 in every county, and a conversation
belongs to no centre. So a word counts everywhere at once; whoever may see the centre that added it may remove it.
"""

from datetime import datetime
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from app.base.audit import note
from app.base.database import tell
from app.base.errors import Conflict, Invalid, NotFound
from app.base.ids import new_public_id
from app.chat.vocabulary import VocabularyWord
from app.chat.word_rules import checked_meaning, checked_word
from app.staff.actor import Actor, visible_centres
from app.staff.models import Centre
from bot.understanding.trades import Trades, standard_trades

TOPIC = "words"
MOST = 300
"""Words of the staff's own: each is looked for in every message."""
_TOO_MANY = f"自己加的词已经有 {MOST} 个了。请先移除用不上的词。"
_NOT_FOUND = "没有找到这个词，或者它是别的中心加的。请从词库重新进入。"
_IN_USE = "“{word}”还不能移除：“{other}”的意思指着它。请先移除“{other}”。"
_BY_ANOTHER = "刚刚有人加了同一个词。请刷新页面看看。"


async def trades_now(session: AsyncSession) -> Trades:
    """The vocabulary with every word that counts now: one indexed query, built anew only where the words changed."""
    current = select(VocabularyWord.word, VocabularyWord.means).where(VocabularyWord.removed_at.is_(None))
    rows = await session.execute(current.order_by(VocabularyWord.id))
    return _trades(tuple((word, means) for word, means in rows))


# by what the words are, not by when they changed: right for every process and every database
@lru_cache(maxsize=4)
def _trades(words: tuple[tuple[str, str | None], ...]) -> Trades:
    return standard_trades().with_words(dict(words)) if words else standard_trades()


async def words_now(session: AsyncSession) -> list[VocabularyWord]:
    """All that count now, the newest first, each with its centre and who added it."""
    whole = select(VocabularyWord).options(joinedload(VocabularyWord.centre), joinedload(VocabularyWord.account))
    current = whole.where(VocabularyWord.removed_at.is_(None)).order_by(VocabularyWord.id.desc())
    return list(await session.scalars(current))


async def checked(session: AsyncSession, typed: str, means: str) -> tuple[str, str | None]:
    """Word and meaning as they would be kept; Invalid says of which field, and why not."""
    trades = await trades_now(session)
    word = checked_word(typed, trades)
    return word, checked_meaning(means, word, trades)


async def add_word(
    session: AsyncSession, actor: Actor, typed: str, means: str, *, public_id: str, now: datetime
) -> VocabularyWord:
    """Adds it for all conversations at once. The same `public_id` again gives the same word, and no second.

    Raises Invalid for a word that may not be added or is known, Conflict where another was a moment faster.
    """
    before = await session.scalar(select(VocabularyWord).where(VocabularyWord.public_id == public_id))
    if before is not None:
        return before
    word, meaning = await checked(session, typed, means)
    count = select(func.count(VocabularyWord.id)).where(VocabularyWord.removed_at.is_(None))
    if (await session.scalar(count) or 0) >= MOST:
        raise Invalid(_TOO_MANY, field="word")
    added = VocabularyWord(
        public_id=public_id,
        centre_id=actor.centre_id,
        word=word,
        means=meaning,
        added_by=actor.account_id,
        added_at=now,
    )
    try:
        async with session.begin_nested():
            session.add(added)
    except IntegrityError as taken:
        raise Conflict(_BY_ANOTHER) from taken
    note(session, actor.who(), "word_added", thing=("word", added.id), now=now)
    tell(session, TOPIC)
    return added


async def remove_word(session: AsyncSession, actor: Actor, public_id: str, *, now: datetime) -> VocabularyWord:
    """Takes it out of all conversations; twice is once.

    Raises NotFound, also for a word of a centre that the actor may not see, and Conflict while another word means it.
    """
    word = await _visible(session, actor, public_id)
    if word.removed_at is not None:
        return word
    current = select(VocabularyWord.word).where(VocabularyWord.removed_at.is_(None), VocabularyWord.means == word.word)
    if other := await session.scalar(current.order_by(VocabularyWord.id).limit(1)):
        raise Conflict(_IN_USE.format(word=word.word, other=other))
    word.removed_at = now
    note(session, actor.who(), "word_removed", thing=("word", word.id), now=now)
    tell(session, TOPIC)
    return word


async def restore_word(session: AsyncSession, actor: Actor, public_id: str, *, now: datetime) -> VocabularyWord:
    """The same word again, as a new one; the one that counts now, where there is one. Raises as `add_word` does."""
    before = await _visible(session, actor, public_id)
    same = select(VocabularyWord).where(VocabularyWord.removed_at.is_(None), VocabularyWord.word == before.word)
    if (current := await session.scalar(same)) is not None:
        return current
    return await add_word(session, actor, before.word, before.means or "", public_id=new_public_id(), now=now)


async def word_named(session: AsyncSession, public_id: str) -> VocabularyWord | None:
    """The word of that public id, removed or not."""
    found: VocabularyWord | None = await session.scalar(
        select(VocabularyWord).where(VocabularyWord.public_id == public_id)
    )
    return found


async def _visible(session: AsyncSession, actor: Actor, public_id: str) -> VocabularyWord:
    word = await word_named(session, public_id)
    centre = None if word is None else visible_centres(actor).where(Centre.id == word.centre_id)
    if word is None or centre is None or await session.scalar(centre) is None:
        raise NotFound(_NOT_FOUND)
    return word
