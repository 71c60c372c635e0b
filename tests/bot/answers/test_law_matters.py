"""What the law has to say of a message: told by its words, each matter with a sentence and its evidence."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.law import law_matter
from bot.phrases import table
from bot.understanding.vocabulary import words_of

SAID = {
    "wages": [
        "老板拖欠工资三个月了",
        "我在工地干了半年老板跑了工资一分没给怎么办",
        "厂里压我两个月工资不给",
        "扣了我三百块工资",
    ],
    "wages_leaving": ["辞职不给结工资", "辞工了工资一直不结", "离职后多久发工资"],
    "injury": ["上班摔伤了算工伤吗", "被机器压断手指厂里不管", "在车间烫伤了医药费谁出", "职业病怎么赔"],
    "commuting": ["下班路上被车撞了算工伤吗", "上班途中出车祸"],
    "contract": ["没签合同怎么办", "老板不给签合同", "一直没签劳动合同能要双倍工资吗"],
    "deposit": ["进厂要交500押金合法吗", "收我服装费能要回来吗"],
    "papers": ["身份证被押了怎么办", "厂里扣了我身份证不给"],
    "dismissal": ["干得好好的突然被辞退有赔偿吗", "公司裁员赔多少"],
    "probation_dismissal": ["试用期被辞退有赔偿吗", "被开除了还在试用期"],
    "overtime": ["加班不给加班费找谁", "过年上班三倍工资吗", "国庆加班给几倍"],
    "resigning": ["想辞职老板不批", "辞职要提前几天"],
    "insurance": ["老板不给交社保", "公司没买五险怎么办"],
    "probation": ["试用期最长多久", "试用期工资打几折"],
    "arbitration": ["怎么申请劳动仲裁", "仲裁要花钱吗"],
    "leave": ["年假有几天"],
    "pregnancy": ["怀孕了被开除", "产假多少天"],
    "minors": ["厂里招15岁的上班合法吗", "用童工"],
}
SILENT = ["12333是干嘛的", "被工头打了", "单位不给开离职证明", "养老保险断了怎么办", "工会在哪", "", "你好"]


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in SAID.items() for text in texts])
def test_a_matter_is_known_by_its_words(name: str, text: str) -> None:
    assert law_matter(text) == name


@pytest.mark.parametrize("text", SILENT)
def test_what_is_not_plain_has_no_law(text: str) -> None:
    assert law_matter(text) is None


def test_every_matter_has_its_law_its_evidence_and_a_test() -> None:
    matters = sorted(words_of("matters")["law"])
    assert sorted(table()["law"]) == sorted(table()["evidence"]) == sorted(SAID) == matters


def test_every_sentence_of_the_law_names_its_article() -> None:
    unnamed = [name for name, words in table()["law"].items() if not re.search("（.*(法|条例|规定)第.+条）", words)]
    assert unnamed == []


@given(st.text(max_size=400))
def test_any_text_may_be_about_the_law(text: str) -> None:
    assert law_matter(text) in {None, *SAID}
