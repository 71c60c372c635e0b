"""What a running server holds of its official account; nothing where none is set (mode D)."""

from dataclasses import dataclass

from starlette.requests import Request

from app.base.clock import Clock
from app.base.delivering import Handlers
from app.base.errors import NotFound
from app.base.settings import Settings
from app.chat.thinking import Chat
from app.chat.wechat.receiving import Reception
from app.chat.wechat.telling import Telling
from app.codes.ledger import Ledger
from app.interviews.notice_ways import Notices
from app.postings.publishing import NEWS
from app.wechat.api import WeChatApi
from app.wechat.credentials import Credentials, credentials
from app.wechat.duties import handlers as duties
from app.wechat.duties import with_scenes
from app.wechat.pictures import Pictures
from app.wechat.platform import Platform
from app.wechat.sending import handler as sending
from app.wechat.sends import SEND
from bot.wechat import Envelope

_NONE = "本站没有接公众号。请在网页上聊天。"


@dataclass(frozen=True)
class WeChat:
    """One of each in a process: how pushes are opened, taken, and what is asked of the platform."""

    credentials: Credentials
    envelope: Envelope
    reception: Reception
    platform: Platform

    def with_handlers(self, others: Handlers) -> Handlers:
        """What the outbox's kinds mean where there is an account, with those that need none."""
        return {
            **others,
            NEWS: with_scenes(self.platform, others[NEWS]),
            SEND: sending(self.platform),
            **Telling(self.reception).handlers(),
            **Notices(self.platform, self.reception.public_url).handlers(),
            **duties(self.platform, code_length=self.reception.code_length),
        }

    def close(self) -> None:
        self.platform.api.close()
        self.reception.pictures.close()


def open_wechat(settings: Settings, *, chat: Chat, ledger: Ledger, clock: Clock) -> WeChat | None:
    """None in mode D. Raises ValueError for settings that cannot be an account's."""
    ours = credentials(settings)
    if ours is None:
        return None
    reception = Reception(
        chat=chat,
        ledger=ledger,
        credentials=ours,
        pictures=Pictures(ours),
        public_url=settings.public_url.rstrip("/"),
        code_length=settings.code_length,
    )
    platform = Platform(chat.database, chat.keys, ours, clock, WeChatApi(ours))
    return WeChat(ours, Envelope(ours.app_id, ours.token, ours.aes_key), reception, platform)


def wechat_of(request: Request) -> WeChat:
    """Raises NotFound in mode D."""
    held: WeChat | None = request.app.state.services.wechat
    if held is None:
        raise NotFound(_NONE)
    return held
