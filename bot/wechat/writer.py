"""Passive replies as XML (被动回复用户消息): every word stands in a CDATA section that it cannot leave."""

from bot.wechat.cdata import cdata
from bot.wechat.push import Push


def text_reply(push: Push, text: str, *, now: int) -> bytes:
    """`text` to the sender of `push`; the platform takes up to 2,048 bytes of it."""
    return _reply(push, "text", f"<Content>{cdata(text)}</Content>", now=now)


def news_reply(push: Push, title: str, description: str, url: str, *, now: int) -> bytes:
    """One card that opens `url`. It has no picture: the platform shows title and description alone then."""
    item = (
        f"<Title>{cdata(title)}</Title><Description>{cdata(description)}</Description>"
        f"<PicUrl>{cdata('')}</PicUrl><Url>{cdata(url)}</Url>"
    )
    content = f"<ArticleCount>1</ArticleCount><Articles><item>{item}</item></Articles>"
    return _reply(push, "news", content, now=now)


def _reply(push: Push, form: str, content: str, *, now: int) -> bytes:
    return (
        f"<xml><ToUserName>{cdata(push.sender)}</ToUserName><FromUserName>{cdata(push.account)}</FromUserName>"
        f"<CreateTime>{now}</CreateTime><MsgType><![CDATA[{form}]]></MsgType>{content}</xml>"
    ).encode()
