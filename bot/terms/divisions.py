"""Places by their GB/T 2260 codes: what an address lies in, what a sentence names."""

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files

from bot.terms.text import squeeze


@dataclass(frozen=True, slots=True)
class Division:
    """`order` sorts as lists of divisions are printed; `parent` is None for a province."""

    code: str
    name: str
    order: int
    parent: str | None


HOME = "340800"
"""安庆市, the city these lists are about."""
ZONE = "340871"
"""安庆经开区: in local lists, not in the standard."""


def _table() -> dict[str, dict[str, str | list[str]]]:
    return tomllib.loads(files("bot.terms").joinpath("divisions.toml").read_text("utf-8"))


def _suffixed(name: str) -> str:
    return name if re.search(r"(?:盟|地区|自治州)$", name) else name + "市"


def _divisions(table: dict[str, dict[str, str | list[str]]]) -> dict[str, Division]:
    found: list[tuple[str, str, str | None]] = []
    found += [(f"{code}0000", str(name), None) for code, name in table["provinces"].items()]
    for section, parent_of in (("prefectures", "{}0000"), ("counties", "{}00")):
        for prefix, row in table[section].items():
            for item in str(row).split():
                code = (prefix + item[:2]).ljust(6, "0")
                name = _suffixed(item[2:]) if section == "prefectures" else item[2:]
                found.append((code, name, parent_of.format(prefix)))
    return {code: Division(code, name, order, parent) for order, (code, name, parent) in enumerate(sorted(found))}


_TABLE = _table()
NAMES = _divisions(_TABLE)
"""Every division known, by code, in the order of codes."""
LOCAL = tuple(code for code in NAMES if code.startswith("3408"))
"""Anqing and its counties."""

# names that are common words or stand inside them are known by their full name only
_FULL_ONLY = {
    "朝阳",
    "大理",
    "大通",
    "郊区",
    "黄山区",
    "海南",
    "三明",
    "东方",
    "长治",
    "平凉",
    "白银",
    "来宾",
    "安康",
    "大同",
    "河源",
    "和县",
    "泗县",
}
_ETHNIC = re.compile(r"(?:[^\s]族)+自治[州区]$|(?:壮族|回族|维吾尔|[蒙哈柯][^区州]+)?自治[州区]$|地区$|盟$")
_ROAD = r"(?![东西南北中新老]{0,2}(?:[一二三四五六]?(?:路|街|大道|大街|巷|里弄|弄|支路|高速|立交|大桥|道)))"
_SHORT_END = r"(?!商会|同乡|籍|人(?!力|民)|话|菜|治|小异|贼|戏|寺|师范|师大|师专)"


def _short(division: Division) -> str | None:
    """How people call it: 桐城, 内蒙古, 恩施; districts of other cities go by their full name only."""
    local = division.code.startswith("3408")
    if division.code == ZONE or (division.name.endswith("区") and not local and division.code[2:] != "0000"):
        return None
    short = _ETHNIC.sub("", division.name) if len(division.name) > 4 else division.name.rstrip("盟")  # noqa: PLR2004 - ethnic names are longer
    short = re.sub(r"[省市县区]$", "", short)
    return short if len(short) > 1 and short not in _FULL_ONLY else None


def _spellings() -> dict[str, str]:
    """Every spelling of a place and its code; of two that are spelt alike the local one wins."""
    spelt: dict[str, str] = {}
    for code, division in sorted(NAMES.items(), key=lambda pair: pair[0].startswith("3408")):
        spelt[division.name] = code
        short = _short(division)
        if short:
            spelt[short] = code
    for section in ("aliases", "towns"):
        for code, names in _TABLE[section].items():
            spelt.update(dict.fromkeys(names, code))
    return spelt


_SPELT = _spellings()
_PLACE = re.compile("|".join(f"{re.escape(name)}" for name in sorted(_SPELT, key=len, reverse=True)))
_SPOKEN = re.compile(_ROAD + _SHORT_END)
_LONE_ZONE = re.compile(
    r"(?:^|[,，。、;；:：(（/]|在|去|到|就|找|离|的|想|看|或者?|和|跟|及|是|本市|安庆)(?:市|的)?"
    r"(?:经济?(?:技术)?开发区|经开区?|开发区)"
)
_EITHER = re.compile(r"[\u4e00-\u9fff]或者?[\u4e00-\u9fff]")
_UNKNOWN_CITY = re.compile(r"^(?:[\u4e00-\u9fff]{2,8}?(?:省|自治区))?[\u4e00-\u9fff]{2,4}?[市县](?![场政区])")


def divisions_in(text: str) -> list[str]:
    """Codes of the places `text` names, in its order, each once.

    A county stands for its city where both are named (安庆市宜秀区), but not where either will do (桐城或者安庆);
    a road named after a place is none.
    """
    plain = squeeze(text)
    found = _named(plain)
    if _EITHER.search(plain):
        return list(dict.fromkeys(found))
    kept = [code for code in found if not any(other != code and _within(other, code) for other in found)]
    return list(dict.fromkeys(kept))


def division_of_address(text: str) -> str | None:
    """The code of the most exact division that an address lies in, None if it names none that is known.

    Of several places the first counts; what follows must lie in it (太湖县晋熙镇经开区 is 太湖县).
    """
    found = _named(squeeze(text))
    if not found:
        return None
    place = found[0]
    for code in found[1:]:
        if code != place and _within(code, place):
            place = code
    return place


def names_elsewhere(text: str) -> bool:
    """Whether an address begins with a city or county that is in no table, so none of the local ones."""
    plain = squeeze(text)
    return not _named(plain) and _UNKNOWN_CITY.match(plain) is not None


def _named(plain: str) -> list[str]:
    places = [
        (match.start(), _SPELT[match[0]])
        for match in _PLACE.finditer(plain)
        if match[0][-1] in "镇乡区" or _SPOKEN.match(plain, match.end())
    ]
    zone = _LONE_ZONE.search(plain)
    if zone:
        places.append((zone.end(), ZONE))
    return [code for _, code in sorted(places)]


def _within(code: str, place: str) -> bool:
    """Whether `code` lies in `place` and is not `place` itself."""
    parent = NAMES[code].parent
    while parent is not None:
        if parent == place:
            return True
        parent = NAMES[parent].parent if parent in NAMES else None
    return False
