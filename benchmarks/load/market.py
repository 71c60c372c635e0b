"""A market of postings made up for measuring: as many as asked for, the same ones each time."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import insert

from app.base.database import Database
from app.employers.models import Employer
from app.events.events import create_event
from app.postings.models import Listing, Posting
from app.postings.search_index import index_postings
from app.staff.accounts import create_centre
from bot.terms.divisions import LOCAL, NAMES

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
_AT_ONCE = 5_000
# an employer offers about seven jobs, as at the event whose list the demo shows
_JOBS_EACH = 7

# common first: the n-th is offered about 1/n as often as the first
TITLES = (
    "普工 操作工 包装工 质检员 保安 保洁员 叉车司机 缝纫工 电工 会计 文员 营业员 收银员 服务员 厨师 仓管员 焊工 机修工 数控操作工 "
    "销售代表 客服专员 快递员 司机 技术员 装配工 电子厂普工 羽绒服车工 平车工 挡车工 注塑工 冲压工 氩弧焊工 喷漆工 搬运工 分拣员 理货员 "
    "护工 月嫂 洗碗工 切配工 面点师 前台接待 幼儿教师 护士 药店营业员 美容师 Java开发工程师 CNC调机员 机械工程师 外贸业务员 主播 人事专员 "
    "出纳 施工员 木工 瓦工 塔吊司机 挖掘机司机 货车司机 押运员 绿化工 水电维修工 空调工 印刷工 制袋工 化验员 安全员 采购员 跟单员 学徒"
).split()
_KINDS = ("（夜班）", "（长白班）", "学徒", "组长", "（急招）", "A线", "二班", "")
_NAMES = "皖江 振风 菱湖 大龙山 龙眠 天柱 独秀 雷池 花亭 石牌 长风 锦帆 凌云 文都 同安 宜城 新安 徽映 康泰 和润".split()
_TRADES = "纺织 服饰 食品 电子科技 汽车零部件 机械制造 包装材料 物业服务 餐饮管理 物流 医药 化工 建设工程 家政服务 连锁超市".split()
_SENTENCES = (
    "负责车间日常生产操作",
    "服从安排，吃苦耐劳",
    "有相关经验者优先，无经验可学",
    "身体健康，能适应倒班",
    "持证上岗，工作认真负责",
    "负责设备的点检、维护与保养",
    "按时完成生产任务，做好记录",
    "熟练使用办公软件，善于沟通",
    "计件工资，多劳多得，按月发放",
    "入职即缴五险，法定节假日休息",
    "包食宿，有班车接送",
    "负责产品的检验、包装和入库",
    "试用期一个月，转正后另有补贴",
)
_SCHOOLING = ("any", "primary", "junior_high", "senior_high", "vocational", "associate", "bachelor")


async def fill_market(database: Database, postings: int) -> int:
    """All open, in one event; its id."""
    draw = random.Random(postings)  # noqa: S311 - the same market in every run
    async with database.write() as session:
        centre = await create_centre(session, name="安庆市公共就业服务中心", division="340800", now=NOW)
        event = await create_event(
            session, centre_id=centre.id, name="市场", starts_at=NOW, ends_at=NOW.replace(hour=9), now=NOW
        )
        await session.execute(insert(Employer), list(_employers(draw, postings // _JOBS_EACH + 1, centre.id)))
    for first in range(1, postings + 1, _AT_ONCE):
        ids = range(first, min(first + _AT_ONCE, postings + 1))
        async with database.write() as session:
            await session.execute(insert(Posting), [_posting(draw, number, centre.id) for number in ids])
            await session.execute(insert(Listing), [_listing(number, event.id) for number in ids])
            await index_postings(session, ids)
    return event.id


def _employers(draw: random.Random, count: int, centre_id: int) -> Iterator[dict[str, Any]]:
    for number in range(1, count + 1):
        name = f"安庆{draw.choice(_NAMES)}{draw.choice(_NAMES)}{draw.choice(_TRADES)}有限公司{number}分厂"
        yield {
            "id": number,
            "public_id": f"e{number}",
            "centre_id": centre_id,
            "name": name,
            "name_key": name,
            "created_at": NOW,
        }


def _listing(number: int, event_id: int) -> dict[str, Any]:
    return {"event_id": event_id, "posting_id": number, "position": number, "state": "listed", "added_at": NOW}


def _posting(draw: random.Random, number: int, centre_id: int) -> dict[str, Any]:
    weights = [1 / place for place in range(1, len(TITLES) + 1)]
    title = draw.choices(TITLES, weights)[0] + (draw.choice(_KINDS) if draw.random() < 0.3 else "")  # noqa: PLR2004
    low = draw.randrange(2_500, 9_000, 100)
    high = low + draw.randrange(500, 4_000, 100)
    known = draw.random() < 0.9  # noqa: PLR2004 - one in ten says 面议
    division = draw.choice(LOCAL)
    return {
        "public_id": f"p{number}",
        "centre_id": centre_id,
        "employer_id": (number - 1) // _JOBS_EACH + 1,
        "state": "published",
        "revision": 1,
        "title": title,
        "headcount": draw.randint(1, 30),
        "pay_min": low if known else None,
        "pay_max": high if known else None,
        "pay_period": "month" if known else None,
        "pay_months": 12,
        "pay_negotiable": not known,
        "pay_text": f"{low}-{high}元/月" if known else "面议",
        "monthly_min": low if known else None,
        "monthly_max": high if known else None,
        "education": draw.choices(_SCHOOLING, [3, 2, 5, 2, 1, 3, 1])[0],
        "experience_years": draw.choices([0, 1, 2, 3], [7, 2, 1, 1])[0],
        "age_min": draw.choice([None, 18]),
        "age_max": draw.choice([None, 40, 45, 50, 55, 60]),
        "gender": "any",
        "division": division,
        "address": f"安庆市{NAMES[division].name}工业园{number % 90 + 1}号",
        "benefits": frozenset(draw.sample(["meals", "housing", "insurance", "shuttle", "weekends", "no_night"], 3)),
        "job_type": draw.choices(["full_time", "part_time", "temporary"], [18, 1, 1])[0],
        "employment": draw.choices(["direct", "dispatch", "agency"], [16, 2, 1])[0],
        "description": "。".join(draw.sample(_SENTENCES, 4)) + "。",
        "valid_until": None,
        "source": {},
        "created_at": NOW,
        "updated_at": NOW,
    }
