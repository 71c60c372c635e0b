"""The WeChat codec: pushes in, replies out, and the bot's words as WeChat shows them."""

from bot.wechat.article import Article
from bot.wechat.envelope import Envelope, is_fresh
from bot.wechat.markup import link, words
from bot.wechat.push import Kind, Push, read_push
from bot.wechat.refusals import BadSignature, Malformed, PushError
from bot.wechat.rendering import Rendering, render
from bot.wechat.signing import is_signed, signature
from bot.wechat.writer import news_reply, text_reply
from bot.wechat.xml import fields

__all__ = [
    "Article",
    "BadSignature",
    "Envelope",
    "Kind",
    "Malformed",
    "Push",
    "PushError",
    "Rendering",
    "fields",
    "is_fresh",
    "is_signed",
    "link",
    "news_reply",
    "read_push",
    "render",
    "signature",
    "text_reply",
    "words",
]
