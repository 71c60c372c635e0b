"""Replies as another reader finds them: every node ours, every word in its place."""

import re

import pytest
from hypothesis import given, settings

from bot.wechat import Push, news_reply, text_reply
from tests.bot.wechat.sealed import ANY_TEXT, nodes

PUSH = Push(kind="text", sender="o-seeker", account="gh_1", at=1, key="1")
HEAD = [("xml", None), ("ToUserName", "o-seeker"), ("FromUserName", "gh_1"), ("CreateTime", "1409735669")]


def kept(text: str) -> str | None:
    """What of a text XML 1.0 can carry, by its own list (2.2 Characters, 2.11 End-of-Line Handling)."""
    ends = re.sub("\r\n|\r", "\n", text)
    allowed = [(0x20, 0xD7FF), (0xE000, 0xFFFD), (0x10000, 0x10FFFF)]
    found = "".join(c for c in ends if c in "\t\n" or any(low <= ord(c) <= high for low, high in allowed))
    return found or None


def test_a_text_to_the_byte() -> None:
    assert text_reply(PUSH, "您好", now=5).decode() == (
        "<xml><ToUserName><![CDATA[o-seeker]]></ToUserName><FromUserName><![CDATA[gh_1]]></FromUserName>"
        "<CreateTime>5</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[您好]]></Content></xml>"
    )


def test_a_card_has_the_nodes_of_the_documents() -> None:
    assert nodes(news_reply(PUSH, "焊工", "招人", "https://a.cn/J1?a=1&b=2", now=1409735669)) == [
        *HEAD,
        ("MsgType", "news"),
        ("ArticleCount", "1"),
        ("Articles", None),
        ("item", None),
        ("Title", "焊工"),
        ("Description", "招人"),
        ("PicUrl", None),
        ("Url", "https://a.cn/J1?a=1&b=2"),
    ]


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("]]>", "]]>"),
        ("]]]]>>]]><x/>", "]]]]>>]]><x/>"),
        ("]\x00]>", "]]>"),
        ("]]\ud800>", "]]>"),
        ("</Content><MsgType>news</MsgType>", "</Content><MsgType>news</MsgType>"),
        ("<![CDATA[x]]>", "<![CDATA[x]]>"),
        ("&lt;&#0;&amp;", "&lt;&#0;&amp;"),
        ("一\r\n二\r三", "一\n二\n三"),
        ("\x0b\x1f\ufffe\uffff\udfff", None),
        ("😀\U0010ffff", "😀\U0010ffff"),
    ],
)
def test_words_that_would_break_out(said: str, read: str | None) -> None:
    assert nodes(text_reply(PUSH, said, now=1409735669)) == [*HEAD, ("MsgType", "text"), ("Content", read)]


@given(ANY_TEXT)
@settings(max_examples=150)
def test_any_text_is_read_as_it_was_written(text: str) -> None:
    assert nodes(text_reply(PUSH, text, now=1409735669)) == [*HEAD, ("MsgType", "text"), ("Content", kept(text))]


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
@settings(max_examples=60)
def test_any_card_is_read_as_it_was_written(title: str, description: str, url: str) -> None:
    found = nodes(news_reply(PUSH, title, description, url, now=1409735669))
    assert [name for name, _ in found[4:]] == [
        "MsgType",
        "ArticleCount",
        "Articles",
        "item",
        "Title",
        "Description",
        "PicUrl",
        "Url",
    ]
    assert [text for _, text in found[8:]] == [kept(title), kept(description), None, kept(url)]
