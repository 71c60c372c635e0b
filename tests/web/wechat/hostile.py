"""What is put into pushes that no platform would put there: values of fields, and XML that no push is."""

import random
from collections.abc import Callable

STRANGE = (
    "",
    " ",
    "\t\r\n",
    "0",
    "-1",
    "9" * 40,
    "1e999",
    "nan",
    "٣",
    "²",
    "１０３",
    "\u202e\u200b\ufeff",
    "\ufffd",
    "\U0001f4a9" * 300,
    "岗" * 5_000,
    "a" * 20_000,
    "]]>",
    "]]></Content><MsgType>news</MsgType><Content><![CDATA[",
    "]]></FromUserName><Injected>1</Injected>",
    '<a href="javascript:alert(1)">x</a>',
    "<a href='http://evil.test'>x</a>",
    "&lt;&#0;&amp;&nothing;",
    "<!DOCTYPE x>",
    "{{7*7}}${7*7}%s%n",
    "'; DROP TABLE messages; --",
    "../../../etc/passwd",
    "http://127.0.0.1:1/",
    "https://user:pass@[::1/",
    "qrscene_",
    "qrscene_J" + "9" * 200,
    "J00000",
    "I²",
    "转人工",
    "更多",
    "1",
    "删除我的信息",
    "event",
    "subscribe",
    "gh_another",
)
_INVALID = ("\0", "\x01", "\x1f", "\ufffe", "\uffff")
Spoil = Callable[[random.Random, str], str]
"""Makes XML of a push into what must be refused."""


def _within(content: str) -> Spoil:
    return lambda _, xml: xml.replace("<MsgType>", f"<Zz>{content}</Zz><MsgType>")


def _before(prolog: str, *, use: str = "") -> Spoil:
    return lambda _, xml: prolog + (_within(use)(_, xml) if use else xml)


HOSTILE: tuple[Spoil, ...] = (
    _before("<!DOCTYPE xml>"),
    _before('<!DOCTYPE xml [<!ENTITY a "b">]>', use="&a;"),
    _before(
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>', use="&c;&c;"
    ),
    _before('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', use="&a;"),
    _before('<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:1/"> %a;]>'),
    _before('<!DOCTYPE xml SYSTEM "http://127.0.0.1:1/a.dtd">'),
    _before('<?xml version="1.0" encoding="UTF-7"?>'),
    _before('<?xml version="1.1"?>', use="&#1;"),
    _before('<?xml-stylesheet href="a"?>'),
    _within("&undeclared;"),
    _within("&#0;"),
    _within("&#xD800;"),
    _within("&#xFFFE;"),
    _within("<a>" * 3000 + "</a>" * 3000),
    _within("<a><b><c><d/></c></b></a>"),
    _within("x" * 66_000),
    _within("<b>"),
    *(_within(mark) for mark in _INVALID),
    lambda _, xml: xml + xml,
    lambda _, xml: xml.replace("xml>", "html>"),
    lambda _, xml: xml.replace("<MsgType>", "<MsgType>text</MsgType><MsgType>"),
    lambda _, xml: xml.replace("FromUserName", "fromusername"),
    lambda _, xml: xml[: len(xml) // 2],
    lambda _, xml: '{"xml": 1}' + xml,
    lambda draw, xml: "".join(draw.sample(xml, len(xml))),
)
