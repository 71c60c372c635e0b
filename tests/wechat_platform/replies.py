"""The strict reader of passive replies (被动回复用户消息): what WeChat would not show is refused with its reason."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from tests.wechat_platform import xml
from tests.wechat_platform.crypto import BadEnvelope, Envelope, sign

LONGEST_TEXT = 2048  # bytes
# how far the time in a reply may be from the clock
_NEAR = 60 * 10
_HEAD = frozenset({"ToUserName", "FromUserName", "CreateTime", "MsgType"})
_SEALED = frozenset({"Encrypt", "MsgSignature", "TimeStamp", "Nonce"})
# a link in a text; one of weixin:// says words for the person who taps it
_LINK = re.compile(r"<a\s[^>]*href[^>]*>")
_GOOD_LINK = re.compile(r'<a href="(https?|weixin)://[^"<>\s]+">')


class BadReply(ValueError):
    """A reply that WeChat would not take, and why: the person reads 该公众号提供的服务出现故障."""


@dataclass(frozen=True)
class Article:
    title: str
    description: str
    url: str
    picture_url: str


@dataclass(frozen=True)
class Answer:
    """What a person sees: nothing, a text, an article or a picture. `tries`: how many pushes it took."""

    kind: Literal["nothing", "text", "news", "image"]
    text: str = ""
    article: Article | None = None
    media_id: str = ""
    sealed: bool = False
    raw: bytes = b""
    tries: int = 1


@dataclass(frozen=True)
class Reader:
    """Reads the replies of one account. `envelope`: that of compatible and secure mode; `must_seal`: secure."""

    account: str
    token: str
    envelope: Envelope | None = None
    must_seal: bool = False

    def read(self, body: bytes, *, openid: str, now: datetime) -> Answer:
        """The answer to a push of `openid`. Raises BadReply."""
        if body in (b"", b"success"):
            return Answer("nothing", raw=body)
        try:
            root = xml.read(body)
            sealed = self.envelope is not None and root.find("Encrypt") is not None
            if self.must_seal and not sealed:
                raise BadReply("secure mode takes no plain reply")
            inner = xml.read(self._opened(root, now)) if sealed else root
            return _read(inner, to=openid, by=self.account, now=now, sealed=sealed, raw=body)
        except (xml.BadXml, BadEnvelope) as error:
            raise BadReply(str(error)) from error

    def _opened(self, root: ET.Element, now: datetime) -> bytes:
        nodes = {name: xml.leaf(node) for name, node in xml.children(root, needed=_SEALED).items()}
        _check_time(nodes["TimeStamp"], now)
        if nodes["MsgSignature"] != sign(self.token, nodes["TimeStamp"], nodes["Nonce"], nodes["Encrypt"]):
            raise BadReply("the signature is wrong")
        assert self.envelope is not None
        return self.envelope.open(nodes["Encrypt"]).encode()


def _read(root: ET.Element, *, to: str, by: str, now: datetime, sealed: bool, raw: bytes) -> Answer:
    kind = root.findtext("MsgType", "")
    own = {"text": {"Content"}, "news": {"ArticleCount", "Articles"}, "image": {"Image"}}.get(kind)
    if own is None:
        raise BadReply(f"MsgType is {kind!r}")
    nodes = xml.children(root, needed=_HEAD | own)
    if xml.leaf(nodes["ToUserName"]) != to or xml.leaf(nodes["FromUserName"]) != by:
        raise BadReply("it is to somebody else, or from another account")
    _check_time(xml.leaf(nodes["CreateTime"]), now)
    if kind == "text":
        return Answer("text", text=_text(xml.leaf(nodes["Content"])), sealed=sealed, raw=raw)
    if kind == "news":
        return Answer("news", article=_article(nodes), sealed=sealed, raw=raw)
    media_id = xml.leaf(xml.children(nodes["Image"], needed={"MediaId"})["MediaId"])
    if not media_id:
        raise BadReply("MediaId is empty")
    return Answer("image", media_id=media_id, sealed=sealed, raw=raw)


def _text(content: str) -> str:
    length = len(content.encode())
    if not 1 <= length <= LONGEST_TEXT or not content.strip():
        raise BadReply(f"Content of {length} bytes")
    for link in _LINK.findall(content):
        if not _GOOD_LINK.fullmatch(link):
            raise BadReply(f"no link that opens: {link}")
    if len(_LINK.findall(content)) > content.count("</a>"):
        raise BadReply("a link is not closed")
    return content


def _article(nodes: dict[str, ET.Element]) -> Article:
    """One since October 2018; more are an error."""
    if xml.leaf(nodes["ArticleCount"]) != "1":
        raise BadReply("ArticleCount is not 1")
    item = xml.children(nodes["Articles"], needed={"item"})["item"]
    parts = xml.children(item, needed={"Title", "Description", "PicUrl", "Url"})
    article = Article(*(xml.leaf(parts[name]).strip() for name in ("Title", "Description", "Url", "PicUrl")))
    if not article.title:
        raise BadReply("Title is empty")
    for address in [article.url, *([article.picture_url] if article.picture_url else [])]:
        if urlsplit(address).scheme not in ("http", "https") or not urlsplit(address).hostname:
            raise BadReply(f"no address: {address!r}")
    return article


def _check_time(words: str, now: datetime) -> None:
    if not re.fullmatch(r"\d{9,11}", words) or abs(int(words) - now.timestamp()) > _NEAR:
        raise BadReply(f"{words!r} is not about now")
