"""What the JSON API says of a posting and an event: the contract's fields, described in Chinese for its reference."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from app.events.phase import Phase

State = Literal["draft", "checked", "published", "paused", "filled", "withdrawn", "closed"]


class _Shape(BaseModel):
    model_config = ConfigDict(frozen=True)


class Pay(_Shape):
    model_config = ConfigDict(json_schema_extra={"description": "工资。"})

    min: int | float | None = Field(description="最低，元；没有写为空")
    max: int | float | None = Field(description="最高，元；没有写为空")
    period: str | None = Field(description="hour 小时、day 天、month 月、year 年、piece 计件；看不出来为空")
    months: int = Field(description="一年发几个月")
    negotiable: bool = Field(description="是否面议")
    text: str = Field(description="用人单位的原话")


class Appearance(_Shape):
    model_config = ConfigDict(json_schema_extra={"description": "岗位在哪个场次。"})

    event: str = Field(description="场次的编号")
    number: str | None = Field(description="口播码；还没有发布过为空")


class Posting(_Shape):
    model_config = ConfigDict(json_schema_extra={"description": "岗位。"})

    id: str = Field(description="岗位的编号")
    employer: str = Field(description="用人单位")
    uscc: str | None = Field(description="统一社会信用代码，18 位")
    title: str = Field(description="岗位名称")
    headcount: int | None = Field(description="招聘人数；若干为空")
    pay: Pay = Field(description="工资")
    education: str = Field(
        description="最低学历：any 不限、primary 小学、junior_high 初中、senior_high 高中、vocational 中专、"
        "associate 大专、bachelor 本科、master 硕士、doctor 博士"
    )
    experience_years: int = Field(description="最少几年经验；0 为不要求")
    age_min: int | None = Field(description="最小年龄；不限为空")
    age_max: int | None = Field(description="最大年龄；不限为空")
    gender: str = Field(description="any 不限、male 男、female 女，按用人单位的原文")
    division: str | None = Field(description="工作地的行政区划代码，6 位")
    address: str = Field(description="工作地址")
    benefits: list[str] = Field(
        description="待遇：meals 包吃、housing 包住、insurance 五险、housing_fund 公积金、shuttle 班车、"
        "weekends 双休、paid_leave 带薪年假、bonus 奖金、training 带薪培训、no_night 不上夜班"
    )
    job_type: str = Field(description="full_time 全职、part_time 兼职、temporary 临时、intern 实习")
    employment: str = Field(description="direct 直招、dispatch 劳务派遣、agency 代招")
    description: str = Field(description="岗位说明")
    valid_until: date | None = Field(description="截止日期；长期有效为空")
    appears: list[Appearance] = Field(description="所在的场次和口播码")


class StaffPosting(Posting):
    model_config = ConfigDict(json_schema_extra={"description": "岗位，另有只给本中心工作人员看的内容。"})

    state: State = Field(
        description="draft 草稿、checked 待发布、published 已发布、paused 暂停、filled 招满、withdrawn 撤下、"
        "closed 结束"
    )
    contact_name: str | None = Field(description="联系人")
    contact_phone: str | None = Field(description="联系电话")


class Event(_Shape):
    model_config = ConfigDict(json_schema_extra={"description": "场次。"})

    id: str = Field(description="场次的编号")
    name: str = Field(description="名称")
    centre: str = Field(description="主办的就业中心")
    starts_at: datetime = Field(description="开始时间，北京时间")
    ends_at: datetime = Field(description="结束时间，北京时间")
    phase: Phase = Field(description="coming 未开始、live 进行中、over 已结束")
    open_postings: int = Field(description="正在招聘的岗位数")


class _Page(_Shape):
    total: int = Field(description="一共多少条")
    page: int = Field(description="第几页，从 1 起")
    size: int = Field(description="每页多少条")


class PostingPage(_Page):
    model_config = ConfigDict(json_schema_extra={"description": "一页岗位。"})

    items: list[StaffPosting | Posting] = Field(description="这一页的岗位")


class EventPage(_Page):
    model_config = ConfigDict(json_schema_extra={"description": "一页场次。"})

    items: list[Event] = Field(description="这一页的场次")


class Problem(_Shape):
    model_config = ConfigDict(json_schema_extra={"description": "出错的时候。"})

    error: str = Field(description="一句话说明出了什么问题、怎么办")
