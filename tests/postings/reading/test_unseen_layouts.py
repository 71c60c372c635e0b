"""Layouts met first in files nobody had seen while the readers were written."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest

from app.postings.draft import PostingDraft, Reading
from app.postings.reading.columns import field_of
from app.postings.reading.file import read_file

Read = Callable[..., Reading]
TODAY = date(2026, 11, 23)


def errors_of(reading: Reading) -> list[tuple[int, str, str]]:
    return [(error.row, error.column, error.kind) for error in reading.errors]


def contacts(reading: Reading) -> list[tuple[str, str | None, str | None]]:
    return [(draft.employer, draft.contact_name, draft.contact_phone) for draft in reading.postings]


def only(reading: Reading) -> PostingDraft:
    assert (len(reading.postings), reading.errors) == (1, ())
    return reading.postings[0]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("厂址", "address"),
        ("招工单位", "employer"),
        ("招工条件", "requirements"),
        ("需求职业（工种）", "title"),
        ("岗位代码", "-"),
        ("职位编码", "-"),
        ("薪资单位", "pay_unit"),
        ("合同类型", "job_type"),
        ("是否直招", "job_type"),
        ("企业所属区域", "district"),
        ("工作区域", "address"),
        ("姓名", "contact_name"),
        ("联络员", "contact_name"),
        ("店铺名称", "employer"),
        ("企业代码", "uscc"),
        ("缺工数", "headcount"),
        ("其他福利", "benefits"),
        ("工作场所", "address"),
        ("结束日期", "valid_until"),
        ("职业资格", "description"),
        ("主要职责", "description"),
        ("文凭", "education"),
        ("县（市、区）", "district"),
        ("联系人：李经理", None),
        ("单位地址：宜秀区文苑路", None),
        ("薪资（单位：元）", "pay"),
    ],
)
def test_what_headers_call_their_columns(header: str, field: str | None) -> None:
    assert field_of(header) == field


def test_a_block_for_each_employer(read_sheet: Read) -> None:
    header = ["序号", "招聘职位", "招聘数量", "学历", "薪酬范围"]
    reading = read_sheet(
        [
            ["园区企业招聘信息（第12期）"],
            ["企业名称：安徽甲装备有限公司", None, "单位地址：宜秀区经三路", "联系人：苏女士", "联系电话：13800000001"],
            header,
            [1, "装配钳工", 2, "不限", "5000-7000"],
            [],
            ["企业名称：安庆乙塑胶厂", None, "单位地址：宜秀区文苑路", None, "联系人：孟经理"],
            header,
            [1, "注塑工", 5, "初中", "4500"],
            [2, "文员", 1, "大专", "4000"],
        ]
    )
    assert contacts(reading) == [
        ("安徽甲装备有限公司", "苏女士", "13800000001"),
        ("安庆乙塑胶厂", "孟经理", None),
        ("安庆乙塑胶厂", "孟经理", None),
    ]
    assert [(draft.row, draft.address) for draft in reading.postings] == [
        (4, "宜秀区经三路"),
        (8, "宜秀区文苑路"),
        (9, "宜秀区文苑路"),
    ]
    assert errors_of(reading) == []


def test_a_block_whose_labels_stand_in_cells_of_their_own(read_sheet: Read) -> None:
    header = ["岗位", "人数", "工资", "要求"]
    reading = read_sheet(
        [
            ["企业名称", "安徽甲粮油有限公司", "联系人", "范经理"],
            ["地址", "安庆市迎江区长江大道9号", "联系电话", "13800000001"],
            header,
            ["灌装工", "4人", "4500-5500", "不限"],
            ["企业名称", "岳西县乙山庄", "联系人", "汪总"],
            ["地址", "岳西县石关乡", "联系电话", 13800000002],
            header,
            ["厨师", "2", "8000-10000", "三年以上经验"],
        ]
    )
    assert contacts(reading) == [
        ("安徽甲粮油有限公司", "范经理", "13800000001"),
        ("岳西县乙山庄", "汪总", "13800000002"),
    ]
    assert [draft.division for draft in reading.postings] == ["340802", "340828"]
    assert errors_of(reading) == []


def test_a_contact_of_one_block_never_reaches_the_next(read_sheet: Read) -> None:
    header = ["岗位名称", "招聘人数", "薪资待遇"]
    reading = read_sheet(
        [
            ["企业名称：安庆甲厂", "联系电话：13800000001"],
            header,
            ["普工", 2, "5000"],
            ["企业名称：安庆乙厂"],
            header,
            ["焊工", 3, "7000"],
            ["三、安庆丙家政服务部"],
            ["月嫂", 1, "8000"],
        ]
    )
    assert contacts(reading) == [
        ("安庆甲厂", None, "13800000001"),
        ("安庆乙厂", None, None),
        ("安庆丙家政服务部", None, None),
    ]


def test_an_employer_in_a_heading_is_no_district(read_sheet: Read) -> None:
    reading = read_sheet(
        [
            ["岗位名称", "招聘人数", "薪资待遇", "地址"],
            ["一、大观区小李快餐店"],
            ["洗碗工", 2, "3000", None],
        ]
    )
    assert [(draft.employer, draft.division) for draft in reading.postings] == [("大观区小李快餐店", "340800")]


def test_a_county_over_several_employers_holds_for_each(read_sheet: Read) -> None:
    reading = read_sheet(
        [
            ["岗位名称", "招聘人数", "薪资待遇"],
            ["一、怀宁县"],
            ["（一）安徽甲有限公司"],
            ["普工", 2, "5000"],
            ["（二）安徽乙有限公司"],
            ["焊工", 2, "7000"],
            ["二、太湖县"],
            ["（一）安徽丙有限公司"],
            ["车工", 2, "6000"],
        ]
    )
    assert [(draft.employer, draft.division) for draft in reading.postings] == [
        ("安徽甲有限公司", "340822"),
        ("安徽乙有限公司", "340822"),
        ("安徽丙有限公司", "340825"),
    ]


@pytest.mark.parametrize(
    ("sheet", "address", "division"),
    [
        ("潜山市", "经开区皖国路19号", "340882"),
        ("桐城市", "经济开发区兴隆路", "340881"),
        ("宜秀区", "经开区迎宾路", "340871"),
        ("Sheet1", "经开区迎宾路", "340871"),
        ("潜山市", "安庆经开区迎宾路", "340871"),
    ],
)
def test_a_zone_without_a_name_is_the_countys_own(read_sheet: Read, sheet: str, address: str, division: str) -> None:
    rows = [["单位", "岗位", "人数", "薪资", "地址"], ["安徽甲公司", "普工", 1, "5000", address]]
    assert [draft.division for draft in read_sheet(rows, sheet=sheet).postings] == [division]


def test_where_the_work_is_not_where_the_office_is(read_sheet: Read) -> None:
    rows: list[Sequence[Any]] = [
        ["单位名称", "单位地址", "岗位", "薪资", "工作地点"],
        ["安徽甲公司", "安庆市迎江区人民路1号", "普工", "5000", "望江县华阳镇"],
        ["安徽乙公司", "安庆市大观区德宽路2号", "文员", "4000", None],
    ]
    assert [(draft.address, draft.division) for draft in read_sheet(rows).postings] == [
        ("望江县华阳镇", "340827"),
        ("安庆市大观区德宽路2号", "340803"),
    ]


def test_a_group_of_columns_with_a_name_nobody_knows(read_sheet: Read) -> None:
    reading = read_sheet(
        [
            ["单位", "工种", "用工数", "基本要求", None, None, "薪酬（元）", "联系", None],
            [None, None, None, "性别", "年龄", "视力情况", None, "姓名", "电话"],
            ["安徽甲厂", "制袋工", 3, "不限", "18-50", "良好", "5000", "王主任", 13800000001],
        ],
        merged=["A1:A2", "B1:B2", "C1:C2", "D1:F1", "G1:G2", "H1:I1"],
    )
    draft = only(reading)
    assert (draft.row, draft.title, draft.age_min, draft.age_max) == (3, "制袋工", 18, 50)
    assert (draft.contact_name, draft.contact_phone) == ("王主任", "13800000001")


def test_columns_told_by_their_cells(read_sheet: Read) -> None:
    reading = read_sheet(
        [
            ["甲方", "活儿", "人数", "学历", "年龄", "薪资", "打这个"],
            ["安徽甲食品有限公司", "包装工", 3, "初中", "18-50", "4500-5500", "13800000001"],
            ["安庆乙大酒店", "服务员", 2, "不限", "18-45", "3500", "13800000002"],
            ["安庆丙幼儿园", "保育员", 1, "高中", "50以下", "面议", "0556-5500003"],
        ]
    )
    assert [(d.employer, d.title, d.pay.min, d.contact_phone) for d in reading.postings] == [
        ("安徽甲食品有限公司", "包装工", 4500, "13800000001"),
        ("安庆乙大酒店", "服务员", 3500, "13800000002"),
        ("安庆丙幼儿园", "保育员", None, "0556-5500003"),
    ]
    assert errors_of(reading) == []


def test_a_column_that_shows_nothing_sure_is_left_alone(read_sheet: Read) -> None:
    rows = [
        ["岗位名称", "招聘人数", "薪资待遇", "内部"],
        ["普工", 3, "4500", "张科长已核"],
        ["焊工", 2, "6500", "待核"],
    ]
    assert contacts(read_sheet(rows, name="安庆甲厂.xlsx")) == [("安庆甲厂", None, None)] * 2


def test_pay_with_its_unit_in_a_column() -> None:
    lines = [
        "单位名称,岗位名称,薪资下限,薪资上限,薪资单位,最小年龄,最大年龄",
        "安徽甲公司,缝纫工,4000,6000,元/月,18周岁,55周岁",
        "安徽甲公司,搬运工,150,200,元/天,,",
        "安徽甲公司,小时工,18,18,元/小时,18,60",
        "安徽甲公司,总工,120000,,元/年,,",
        "安徽甲公司,顾问,,,面议,,",
    ]
    reading = read_file("岗位.csv", "\n".join(lines).encode("gb18030"), today=TODAY)
    assert [(d.pay.min, d.pay.max, d.pay.period, d.pay.negotiable) for d in reading.postings] == [
        (4000, 6000, "month", False),
        (150, 200, "day", False),
        (18, 18, "hour", False),
        (120000, None, "year", False),
        (None, None, None, True),
    ]
    assert [(d.age_min, d.age_max) for d in reading.postings][:3] == [(18, 55), (None, None), (18, 60)]
    assert reading.errors == ()


def test_people_counted_in_the_title(read_sheet: Read) -> None:
    rows = [
        ["单位", "岗位（人数）", "薪资"],
        ["安庆甲店", "服务员（2人）", "3000"],
        ["安庆甲店", "水电工（3）", "5000"],
        ["安庆甲店", "收银员1名、理货员2名", "3000"],
        ["安庆甲店", "司机（C1）", "4000"],
        ["安庆甲店", "导购（若干）", "3000"],
    ]
    assert [(draft.title, draft.headcount) for draft in read_sheet(rows).postings][:2] == [
        ("服务员", 2),
        ("水电工", 3),
    ]
    assert [draft.headcount for draft in read_sheet(rows).postings] == [2, 3, 3, None, None]


def test_a_sum_that_follows_words(read_sheet: Read) -> None:
    rows = [["单位", "岗位", "人数", "薪资"], ["安庆甲厂", "普工", 3, "5000"], [None, "以上岗位共", None, 3]]
    assert [draft.row for draft in read_sheet(rows).postings] == [2]


def test_double_primes_are_dittos(read_sheet: Read) -> None:
    rows = [
        ["单位", "岗位", "薪资", "电话"],
        ["安庆甲厂", "普工", "5000", "13800000001"],
        ["″", "焊工", "7000", "″"],
    ]
    assert contacts(read_sheet(rows)) == [("安庆甲厂", None, "13800000001")] * 2


def test_answers_about_who_employs(read_sheet: Read) -> None:
    rows = [
        ["单位", "岗位", "薪资", "是否直招", "是否劳务派遣"],
        ["安庆甲厂", "普工", "5000", "是", "否"],
        ["安庆甲厂", "焊工", "7000", "否（外包）", None],
        ["安庆甲厂", "车工", "7000", None, "是"],
    ]
    assert [draft.employment for draft in read_sheet(rows).postings] == ["direct", "agency", "dispatch"]
