"""Who employs: from a cell, from a heading, from a file's name."""

import re
from pathlib import PurePath

from app.postings.reading.problems import UnreadableError
from app.postings.reading.raw import Raw, is_broken, is_date, is_nothing, words

_KINDS = (
    r"有限责任公司|股份有限公司|股份公司|有限公司|集团|公司|合作社|联合社|家庭农场|农场|事务所|幼儿园|培训学校|职业学校|学校|学院|医院|卫生院|诊所"
    r"|大酒店|酒店|宾馆|饭店|超市|商场|商行|商店|经营部|门市部|加工厂|工厂|厂|服务中心|养老中心|中心|工作室|餐饮店|餐厅|药店|专卖店|店|银行|支行|协会|研究院|研究所|电站|服务站"
    r"|服务部|营业部|美容院|美发店|养老院|敬老院|福利院|旅行社|加工坊|作坊|工坊|大排档|农庄|山庄|度假村|饭馆|面馆|茶楼|酒楼|会所|健身房|驾校|商城|卖场|超级市场"
    r"|养殖场|林场|茶场|牧场|搅拌站|加油站|经销处|管理处|办事处"
)
NAME = re.compile(
    rf"[\u4e00-\u9fffA-Za-z0-9·&（）()]{{2,40}}?(?:{_KINDS})(?:[\u4e00-\u9fff]{{2,10}}?(?:分公司|分店|分厂|支行|项目部))?(?![\u4e00-\u9fff]*(?:{_KINDS}))"
)
_TAG = re.compile(
    r"[(（][^()（）]*(?:企业|规上|规下|高新|个体|星|上市|外资|民营|私营|重点|专精|A股|国企|央企|合资|独资|台资|港资|代招|急|新增|品牌|连锁|龙头|加盟|园区|工商户|集团成员)[^()（）]*[)）]\s*$"
)
_PERSON = re.compile(
    r"\s*[-—–/:：]\s*(?:联系人[:：]?)?[\u4e00-\u9fff]{1,3}(?:经理|主任|女士|先生|总|姐|哥|厂长|老师|主管|部长|老板)\s*$"
)
_HIRING = re.compile(r"\s*[(（]?(?:代招|代理招聘|代招聘|诚聘|直招|招聘|急聘|急招)[)）]?\s*$")
_NUMBERED = re.compile(
    r"^\s*(?:\d{1,3}[、.．)）](?!\d)|[(（](?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）]|[①-⑳]|[一二三四五六七八九十]{1,3}、)\s*"
)
_DATED = re.compile(r"^(?:(?:19|20)\d{2}(?:年度?)?(?:\d{1,2}月)?(?:\d{1,2}[日号])?|附件\d*[:：]?|关于|[春夏秋冬]季)+")
_LABELLED = re.compile(r"^(?:用人|招聘|报送|用工|企业|填报)?(?:单位|企业|公司)(?:名称|全称)?\s*[:：]\s*")


def read_employer(raw: Raw) -> str:
    """The employer's name without numbers, tags (规上企业) and a person added to it.

    Raises `UnreadableError` where the cell states nothing.
    """
    if is_nothing(raw) or is_broken(raw) or is_date(raw) or isinstance(raw, int | float):
        raise UnreadableError("missing_employer", "没有写用人单位，请补上单位全称。")
    name = _LABELLED.sub("", _NUMBERED.sub("", words(raw)))
    for pattern in (_HIRING, _TAG, _PERSON, _HIRING, _TAG):
        name = pattern.sub("", name) or name
    return _spelt(name)


def employer_in(text: str) -> str | None:
    """The organisation that a heading (安庆某某有限公司2027年招聘岗位表) or a section row names, None if none."""
    plain = _NUMBERED.sub("", words(text))
    for part in re.split(r"[\s:：,，;；“”\"《》_—|]+", plain):
        match = NAME.match(_DATED.sub("", part))
        if match and not re.fullmatch(
            r"(?:.{0,8}?(?:招聘|用工|参会|重点|规上|各|本|企业))+(?:公司|单位|企业)?|.*(?:就业|人才|人社|服务)(?:服务)?中心",
            match[0],
        ):
            return _spelt(match[0])
    return None


def employer_of_file(name: str) -> str | None:
    """The organisation named by a file's name (安庆某某有限公司岗位.xlsx)."""
    stem = PurePath(name.replace("\\", "/")).stem
    return employer_in(re.sub(r"^(?:[(（【\[][^)）】\]]*[)）】\]]|[\d\-_.、\s])+", "", stem))


def _spelt(name: str) -> str:
    """Chinese brackets, and no blanks but between Latin words."""
    tight = re.sub(r"(?<![A-Za-z0-9.&])\s+|\s+(?![A-Za-z0-9&])", "", name).strip("、,，;；:：-—. ")
    return tight.replace("(", "（").replace(")", "）") if re.search(r"[\u4e00-\u9fff]", tight) else tight
