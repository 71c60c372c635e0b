"""The strict reader takes what WeChat takes, and says what is wrong with the rest."""

from collections.abc import Callable

import pytest

from tests.conftest import StillClock
from tests.wechat_platform.crypto import Envelope, sign
from tests.wechat_platform.replies import Answer, Article, BadReply, Reader

NOW = 1772794800  # StillClock's
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
ENVELOPE = Envelope(KEY, "wx1")
PLAIN = Reader("gh_1", "token")
COMPATIBLE = Reader("gh_1", "token", ENVELOPE)
SECURE = Reader("gh_1", "token", ENVELOPE, must_seal=True)
HEAD = "<ToUserName><![CDATA[o1]]></ToUserName><FromUserName><![CDATA[gh_1]]></FromUserName>"
DATED = f"{HEAD}<CreateTime>{NOW}</CreateTime>"
ITEM = "<item><Title>焊工</Title><Description>五千</Description><PicUrl></PicUrl><Url>https://a.test/J1</Url></item>"


def text(content: str = "您好", *, head: str = DATED) -> str:
    return f"<xml>{head}<MsgType><![CDATA[text]]></MsgType><Content>{content}</Content></xml>"


def news(*, count: str = "1", items: str = ITEM) -> str:
    kind = "<MsgType>news</MsgType>"
    return f"<xml>{DATED}{kind}<ArticleCount>{count}</ArticleCount><Articles>{items}</Articles></xml>"


def sealed(inner: str, *, time: int = NOW, key: str = "token", envelope: Envelope = ENVELOPE, more: str = "") -> str:
    words = envelope.seal(inner)
    signature = sign(key, str(time), "n1", words)
    return (
        f"<xml><Encrypt><![CDATA[{words}]]></Encrypt><MsgSignature><![CDATA[{signature}]]></MsgSignature>"
        f"<TimeStamp>{time}</TimeStamp><Nonce><![CDATA[n1]]></Nonce>{more}</xml>"
    )


@pytest.fixture
def read(clock: StillClock) -> Callable[..., Answer]:
    def read(body: str | bytes, reader: Reader = PLAIN) -> Answer:
        data = body.encode() if isinstance(body, str) else body
        return reader.read(data, openid="o1", now=clock())

    return read


def test_good_replies(read: Callable[..., Answer]) -> None:
    assert read("").kind == read("success").kind == "nothing"
    assert read(text("<![CDATA[甲]]]]><![CDATA[>乙]]>")).text == "甲]]>乙"
    assert read(text("<![CDATA[<!DOCTYPE a><?b?>]]>")).text == "<!DOCTYPE a><?b?>"
    assert read(text("字" * 682 + "ab")).text == "字" * 682 + "ab"
    assert read(text('<![CDATA[<a href="https://a.test/J1">焊工</a>]]>')).kind == "text"
    assert read(news()).article == Article("焊工", "五千", "https://a.test/J1", "")
    image = f"<xml>{DATED}<MsgType>image</MsgType><Image><MediaId>m1</MediaId></Image></xml>"
    assert read(image).media_id == "m1"


def test_good_replies_that_are_sealed(read: Callable[..., Answer]) -> None:
    answer = read(sealed(text()), SECURE)
    assert (answer.text, answer.sealed) == ("您好", True)
    # in compatible mode either is taken (消息加解密说明)
    assert [read(body, COMPATIBLE).sealed for body in (sealed(text()), text())] == [True, False]
    assert read("success", SECURE).kind == "nothing"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ('{"errcode": 0}', "does not begin with <xml>"),
        ("Success", "does not begin with <xml>"),
        ("success\n", "does not begin with <xml>"),
        ("<xml>", "not well formed"),
        (text() + text(), "not well formed"),
        (b"<xml>\xff</xml>", "no UTF-8"),
        ('<?xml version="1.0"?>' + text(), "does not begin with <xml>"),
        ('<!DOCTYPE xml [<!ENTITY a "b">]>' + text("&a;"), "does not begin with <xml>"),
        (text().replace("xml>", "root>"), "does not begin with <xml>"),
        (text("&a;"), "not well formed"),
        (text().replace("<Content>", '<Content a="b">'), "no attributes"),
        (text("甲]]>"), "not well formed"),
        (text("\x01"), "not well formed"),
        (text("&#1;"), "not well formed"),
        (text("\ufffe"), "not well formed"),
        (text(""), "Content of 0 bytes"),
        (text("\n "), "Content of 2 bytes"),
        (text("字" * 683), "Content of 2049 bytes"),
        (text("&lt;a href='https://a.test'&gt;焊工&lt;/a&gt;"), "no link that opens"),
        (text('&lt;a href="/J1"&gt;焊工&lt;/a&gt;'), "no link that opens"),
        (text('&lt;a href="https://a.test/J1"&gt;焊工'), "a link is not closed"),
        (text("a</Content><Content>b"), "<Content> twice"),
        (text("a<b>c</b>"), "<Content> has nodes of its own"),
        (text("a</Content>b<FuncFlag>0</FuncFlag><Content>"), "<FuncFlag> does not belong"),
        (text().replace("<Content>", "x<Content>"), "text between the nodes"),
        (text(head=HEAD), "<CreateTime> is missing"),
        (text(head=DATED.replace("[o1]", "[o2]")), "to somebody else"),
        (text(head=DATED.replace("[gh_1]", "[gh_2]")), "to somebody else"),
        (text(head=DATED.replace(f"{NOW}", f"{NOW}.5")), "is not about now"),
        (text(head=DATED.replace(f"{NOW}", f"{NOW - 601}")), "is not about now"),
        (text().replace("[text]", "[hologram]"), "MsgType is 'hologram'"),
        (news(count="2", items=ITEM * 2), "ArticleCount is not 1"),
        (news(items=ITEM * 2), "<item> twice"),
        (news(items=""), "<item> is missing"),
        (news(items=ITEM.replace("https:", "ftp:")), "no address"),
        (news(items=ITEM.replace("焊工", "")), "Title is empty"),
        (sealed(text()), "MsgType is ''"),
    ],
)
def test_bad_replies(read: Callable[..., Answer], body: str | bytes, why: str) -> None:
    with pytest.raises(BadReply, match=why):
        read(body)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (text(), "secure mode takes no plain reply"),
        (sealed(text(), key="another"), "the signature is wrong"),
        (sealed(text(), envelope=Envelope(KEY, "wx2")), "for b'wx2', not for wx1"),
        (sealed(text(), envelope=Envelope("B" * 43, "wx1")), "the padding|the length"),
        (sealed(text(), time=NOW - 601), "is not about now"),
        (sealed(text(), more="<Nonce>n1</Nonce>"), "<Nonce> twice"),
        (sealed(text(), more="<ToUserName>o1</ToUserName>"), "<ToUserName> does not belong"),
        (sealed("success"), "does not begin with <xml>"),
    ],
)
def test_bad_replies_in_secure_mode(read: Callable[..., Answer], body: str, why: str) -> None:
    with pytest.raises(BadReply, match=why):
        read(body, SECURE)
