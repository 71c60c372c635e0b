"""The fields of a push, and all that is refused as one."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.wechat import Malformed
from bot.wechat.cdata import cdata, clean
from bot.wechat.xml import LIMIT, fields
from tests.bot.wechat.sealed import ANY_TEXT, SAMPLE_XML

CHOSEN_PICTURE = """<xml><Event><![CDATA[pic_weixin]]></Event><SendPicsInfo><Count>1</Count>
<PicList><item><PicMd5Sum><![CDATA[5a75aaca956d97be686719218f275c6b]]></PicMd5Sum></item></PicList>
</SendPicsInfo></xml>"""


def test_the_platforms_own_sample() -> None:
    assert fields(SAMPLE_XML) == {
        "ToUserName": "gh_10f6c3c3ac5a",
        "FromUserName": "oyORnuP8q7ou2gfYjqLzSIWZf0rs",
        "CreateTime": "1409735668",
        "MsgType": "text",
        "Content": "abcdteT",
        "MsgId": "6054768590064713728",
    }


@pytest.mark.parametrize(
    ("xml", "found"),
    [
        ("<xml/>", {}),
        ("<xml><A/><B></B></xml>", {"A": "", "B": ""}),
        ("<?xml version='1.0' encoding='utf-8'?><xml><A>甲</A></xml>", {"A": "甲"}),
        ("\ufeff<xml><A>1</A></xml>", {"A": "1"}),
        ("<xml> 空 <!-- 注 --><A>1<!-- 2 -->3</A></xml>", {"A": "13"}),
        ("<xml><A x='1'>&lt;b&gt;&#20013;&amp;amp;</A></xml>", {"A": "<b>中&amp;"}),
        ("<xml><A><![CDATA[一]]><![CDATA[二]]> 三</A></xml>", {"A": "一二 三"}),
        (CHOSEN_PICTURE, {"Event": "pic_weixin"}),
        ("<xml><A>一<B>二</B>三</A><C>四</C></xml>", {"C": "四"}),
    ],
    ids=["nothing", "empty", "declared", "byte order mark", "comments", "references", "sections", "nested", "mixed"],
)
def test_first_level_texts_are_the_fields(xml: str, found: dict[str, str]) -> None:
    assert fields(xml.encode()) == found


@pytest.mark.parametrize("said", ["<!DOCTYPE x>", "<!ENTITY a 'b'>&a;", "<?php ?>", "</Content></xml>", "&lt;"])
def test_what_a_seeker_types_may_look_like_markup(said: str) -> None:
    assert fields(f"<xml><Content><![CDATA[{said}]]></Content></xml>".encode()) == {"Content": said}


REFUSED = {
    "nothing": b"",
    "no XML": b"hello",
    "JSON": b'{"xml": 1}',
    "cut short": SAMPLE_XML[:-3],
    "two roots": b"<xml/><xml/>",
    "another root": b"<html><A>1</A></html>",
    "root in capitals": b"<XML><A>1</A></XML>",
    "document type": b"<!DOCTYPE xml><xml/>",
    "outside entity": b'<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><A>&a;</A></xml>',
    "billion laughs": b'<!DOCTYPE xml [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><xml><A>&b;</A></xml>',
    "unknown entity": b"<xml><A>&nbsp;</A></xml>",
    "instruction": b"<?php evil ?><xml/>",
    "instruction within": b"<xml><A><?php evil ?></A></xml>",
    "stylesheet": b'<?xml version="1.0"?><?xml-stylesheet href="x"?><xml/>',
    "a field twice": b"<xml><A>1</A><A>1</A></xml>",
    "an empty field twice": b"<xml><A/><A/></xml>",
    "a nested field twice": b"<xml><A><B/></A><A>1</A></xml>",
    "six levels": b"<xml><a><b><c><d><e/></d></c></b></a></xml>",
    "GBK declared": b'<?xml version="1.0" encoding="GBK"?><xml/>',
    "Latin declared": b'<?xml version="1.0" encoding="ISO-8859-1"?><xml/>',
    "GBK": "<xml><A>焊工</A></xml>".encode("gbk"),
    "UTF-16": "<xml><A>1</A></xml>".encode("utf-16"),
    "UTF-16 without its mark": "<xml><A>1</A></xml>".encode("utf-16-be"),
    "half a character": b"<xml><A>\xed\xa0\x80</A></xml>",
    "overlong UTF-8": b"<xml><A>\xc0\xaf</A></xml>",
    "a control": b"<xml><A>\x01</A></xml>",
    "a zero": b"<xml><A>\x00</A></xml>",
    "a zero by number": b"<xml><A>&#0;</A></xml>",
    "too large": b"<xml><A>" + b"x" * LIMIT + b"</A></xml>",
}


@pytest.mark.parametrize("xml", REFUSED.values(), ids=REFUSED.keys())
def test_what_is_refused(xml: bytes) -> None:
    with pytest.raises(Malformed) as refused:
        fields(xml)
    assert refused.value.status == 400


def test_five_levels_and_64_kb_are_taken() -> None:
    assert fields(b"<xml><a><b><c><d/></c></b></a></xml>") == {}
    filling = "x" * (LIMIT - len("<xml><A></A></xml>"))
    assert fields(f"<xml><A>{filling}</A></xml>".encode()) == {"A": filling}


@given(ANY_TEXT)
@settings(max_examples=100)
def test_words_come_back_from_a_section_as_they_are_and_alone(text: str) -> None:
    found = fields(f"<xml><A>{cdata(text)}</A><B>1</B></xml>".encode())
    assert found == {"A": clean(text), "B": "1"}


@given(st.data())
@settings(max_examples=150)
def test_no_damage_is_anything_but_a_refusal(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(SAMPLE_XML)))
    end = data.draw(st.integers(place, min(place + 8, len(SAMPLE_XML))))
    damaged = SAMPLE_XML[:place] + data.draw(st.binary(max_size=8)) + SAMPLE_XML[end:]
    with suppress(Malformed):
        assert {type(text) for text in fields(damaged).values()} <= {str}
