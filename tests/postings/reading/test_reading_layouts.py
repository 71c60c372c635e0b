"""Layouts as employers send them, invented for these tests."""

from collections.abc import Callable
from datetime import date

from app.postings.draft import Reading

Read = Callable[..., Reading]
PLAIN = ["单位名称", "岗位名称", "招聘人数", "薪资待遇", "联系电话"]


def errors_of(reading: Reading) -> list[tuple[int, str, str, str]]:
    return [(error.row, error.column, error.raw, error.kind) for error in reading.errors]


def test_columns_in_any_order_below_titles_and_notes(read_sheet: Read) -> None:
    reading = read_sheet(
        [
            ["2027年春风行动岗位汇总表"],
            ["注：请于12月10日前报送，联系电话：0556-5500000"],
            [],
            ["联系电话", "薪资待遇（元/月）", "用工单位", "需求人数（人）", "工种"],
            ["13800000001", "5000-6000", "安庆甲厂", 3, "普工"],
        ]
    )
    draft = reading.postings[0]
    assert (draft.row, draft.employer, draft.title, draft.headcount) == (5, "安庆甲厂", "普工", 3)
    assert (draft.pay.min, draft.pay.max, draft.contact_phone) == (5000, 6000, "13800000001")
    assert (len(reading.postings), reading.errors) == (1, ())


def test_a_header_of_two_rows_with_merged_groups(read_sheet: Read) -> None:
    reading = read_sheet(
        [
            ["单位", "岗位情况", None, "任职条件", None, "薪酬福利", None, "联系方式"],
            [None, "岗位", "人数", "学历", "年龄", "最低", "最高", None],
            ["安庆甲厂", "普工", 3, "初中", "18-45", 5000, 6500, "李经理 13800000001"],
        ],
        merged=["A1:A2", "B1:C1", "D1:E1", "F1:G1", "H1:H2"],
    )
    draft = reading.postings[0]
    assert (draft.title, draft.headcount, draft.education, draft.age_min, draft.age_max) == (
        "普工",
        3,
        "junior_high",
        18,
        45,
    )
    assert (draft.pay.min, draft.pay.max, draft.pay.text) == (5000, 6500, "5000-6500")
    assert (draft.contact_name, draft.contact_phone) == ("李经理", "13800000001")


def test_pay_and_ages_in_columns_of_their_own(read_sheet: Read) -> None:
    reading = read_sheet(
        [
            ["企业名称", "职位", "最低月薪（元）", "最高月薪（元）", "年龄下限", "年龄上限", "最低学历"],
            ["安庆甲厂", "普工", 4500, 6000, 18, 50, "高中"],
            ["安庆甲厂", "门卫", 3000, None, None, 60, "不限"],
        ]
    )
    first, second = reading.postings
    assert (first.pay.min, first.pay.max, first.age_min, first.age_max, first.education) == (
        4500,
        6000,
        18,
        50,
        "senior_high",
    )
    assert (second.pay.min, second.pay.max, second.age_min, second.age_max) == (3000, None, None, 60)


def test_units_a_header_states(read_sheet: Read) -> None:
    rows: list[list[object]] = [["公司名称", "岗位", "年薪（万元）"], ["安庆甲公司", "总工", "12-18"]]
    assert [(d.pay.min, d.pay.max, d.pay.period) for d in read_sheet(rows).postings] == [(120000, 180000, "year")]
    rows = [["公司名称", "岗位", "月薪（千元）"], ["安庆甲公司", "会计", "4.5-6"]]
    assert [(d.pay.min, d.pay.max, d.pay.period) for d in read_sheet(rows).postings] == [(4500, 6000, "month")]
    rows = [["公司名称", "岗位", "工资（元/小时）"], ["安庆甲公司", "小时工", 18]]
    assert [(d.pay.min, d.pay.max, d.pay.period) for d in read_sheet(rows).postings] == [(18, 18, "hour")]


def test_men_and_women_counted_apart(read_sheet: Read) -> None:
    reading = read_sheet(
        [
            ["单位名称", "岗位名称", "招聘人数", None, "薪资"],
            [None, None, "男", "女", None],
            ["安庆甲厂", "普工", 5, 10, "5000-6000"],
        ],
        merged=["A1:A2", "B1:B2", "C1:D1", "E1:E2"],
    )
    assert [(draft.headcount, draft.gender) for draft in reading.postings] == [(15, "any")]


def test_merged_employers_and_dittos(read_sheet: Read) -> None:
    reading = read_sheet(
        [
            [*PLAIN, "单位地址"],
            ["安庆甲厂", "普工", 3, 5000, "13800000001", "宜秀区大桥开发区"],
            [None, "质检", 2, 5500, None, None],
            ["安庆乙厂", "焊工", 1, 8000, "13800000002", "桐城市新渡镇"],
            ["同上", "钳工", 2, "〃", "同上", "同上"],
            ["安庆丙厂", "文员", 1, 4000, None, "岳西"],
        ],
        merged=["A2:A3", "E2:E3", "F2:F3"],
    )
    assert [(d.employer, d.title, d.pay.min, d.contact_phone, d.division) for d in reading.postings] == [
        ("安庆甲厂", "普工", 5000, "13800000001", "340811"),
        ("安庆甲厂", "质检", 5500, "13800000001", "340811"),
        ("安庆乙厂", "焊工", 8000, "13800000002", "340881"),
        ("安庆乙厂", "钳工", 8000, "13800000002", "340881"),
        ("安庆丙厂", "文员", 4000, None, "340828"),
    ]
    assert reading.errors == ()


def test_what_only_the_first_row_of_an_employer_states(read_sheet: Read) -> None:
    reading = read_sheet(
        [
            PLAIN,
            ["安庆甲厂", "普工", 3, 5000, "13800000001"],
            [None, "质检", 2, 5500, None],
            [None, "电工", 2, 6500, None],
            ["安庆乙厂", "焊工", 1, 8000, None],
        ]
    )
    assert [(d.employer, d.contact_phone) for d in reading.postings] == [
        ("安庆甲厂", "13800000001"),
        ("安庆甲厂", "13800000001"),
        ("安庆甲厂", "13800000001"),
        ("安庆乙厂", None),
    ]


def test_a_name_is_not_put_beside_another_number(read_sheet: Read) -> None:
    reading = read_sheet(
        [
            ["单位名称", "岗位名称", "薪资", "联系人", "电话"],
            ["安庆甲厂", "普工", 5000, "李工", "13800000001"],
            [None, "会计", 5500, None, "13800000002"],
        ]
    )
    assert [(d.contact_name, d.contact_phone) for d in reading.postings] == [
        ("李工", "13800000001"),
        (None, "13800000002"),
    ]


def test_a_ditto_of_a_blank_takes_nothing_from_another_employer(read_sheet: Read) -> None:
    reading = read_sheet(
        [
            ["单位名称", "信用代码", "岗位名称", "薪资"],
            ["安庆甲厂", "91340803MAYY00050C", "普工", 5000],
            ["安庆乙厂", None, "焊工", 8000],
            ["〃", "〃", "钳工", 8000],
        ]
    )
    assert [draft.uscc for draft in reading.postings] == ["91340803MAYY00050C", None, None]


def test_sections_sums_and_signatures_are_no_postings(read_sheet: Read) -> None:
    reading = read_sheet(
        [
            ["序号", *PLAIN],
            ["一、工业企业"],
            [1, "安庆甲厂", "普工", 3, 5000, "13800000001"],
            [2, "安庆甲厂", "质检", 2, 5500, "13800000001"],
            ["小计", None, None, 5],
            ["（二）服务业"],
            [3, "安庆乙店", "收银员", 1, 3500, "13800000002"],
            [4],
            [5],
            ["合计", None, None, 6],
            [],
            ["填表人：王某", None, None, "联系电话：13800000008"],
            ["注：以上岗位长期有效"],
        ]
    )
    assert [draft.title for draft in reading.postings] == ["普工", "质检", "收银员"]
    assert reading.errors == ()


def test_a_header_that_repeats_in_another_order(read_sheet: Read) -> None:
    reading = read_sheet(
        [
            PLAIN,
            ["安庆甲厂", "普工", 3, 5000, "13800000001"],
            [],
            ["岗位名称", "单位名称", "薪资待遇", "招聘人数", "联系电话"],
            ["焊工", "安庆乙厂", 8000, 2, "13800000002"],
        ]
    )
    assert [(d.row, d.employer, d.title, d.pay.min, d.headcount) for d in reading.postings] == [
        (2, "安庆甲厂", "普工", 5000, 3),
        (5, "安庆乙厂", "焊工", 8000, 2),
    ]


def test_requirements_in_one_cell(read_sheet: Read) -> None:
    reading = read_sheet(
        [
            ["单位名称", "招聘岗位", "任职要求", "工资待遇"],
            ["安庆甲厂", "叉车工", "初中以上，45周岁以下，2年以上叉车驾驶经验，持叉车证", "6000左右"],
            ["安庆甲厂", "文员", "大专及以上学历；年龄18-35岁；有经验者优先", "4000-5000"],
            ["安庆甲厂", "保安", "身体健康，男性，60岁以下", "2800"],
        ]
    )
    assert [(d.title, d.education, d.age_min, d.age_max, d.experience_years, d.gender) for d in reading.postings] == [
        ("叉车工", "junior_high", None, 45, 2, "any"),
        ("文员", "associate", 18, 35, 0, "any"),
        ("保安", "any", None, 60, 0, "male"),
    ]


def test_benefits_as_questions(read_sheet: Read) -> None:
    reading = read_sheet(
        [
            ["单位名称", "岗位", "薪资", "是否包吃", "是否包住", "五险", "食宿情况"],
            ["安庆甲厂", "普工", 5000, "是", "否", "有", None],
            ["安庆甲厂", "电工", 6000, "√", "√", "无", "自理"],
            ["安庆甲厂", "焊工", 8000, None, None, None, "提供"],
        ]
    )
    assert [sorted(draft.benefits) for draft in reading.postings] == [
        ["insurance", "meals"],
        ["housing", "meals"],
        ["housing", "meals"],
    ]


def test_pay_and_benefits_in_one_column(read_sheet: Read) -> None:
    reading = read_sheet(
        [["单位名称", "岗位", "薪资及福利待遇"], ["安庆甲厂", "普工", "月薪5000-7000元，包吃住，缴五险，双休"]]
    )
    draft = reading.postings[0]
    assert (draft.pay.min, draft.pay.max, sorted(draft.benefits)) == (
        5000, 7000, ["housing", "insurance", "meals", "weekends"]
    )  # fmt: skip


def test_hidden_rows_are_read_and_told_hidden_remarks_are_not_read(read_sheet: Read) -> None:
    reading = read_sheet(
        [
            ["单位名称", "岗位", "人数", "薪资", "备注"],
            ["安庆甲厂", "普工", 3, 5000, "老板亲戚推荐"],
            ["安庆甲厂", "电工", 1, 6000, "内部"],
        ],
        hidden_rows=[3],
        hidden_columns=["E"],
    )
    assert [(d.title, d.description) for d in reading.postings] == [("普工", ""), ("电工", "")]
    assert errors_of(reading) == [(3, "A", "", "hidden_row")]


def test_cells_that_cannot_be_read_are_reported_with_their_place(read_sheet: Read) -> None:
    reading = read_sheet(
        [
            ["单位名称", "信用代码", "岗位", "人数", "薪资", "学历", "年龄", "电话", "有效期"],
            ["安庆甲厂", "91340803MAYY00050X", "普工", "见附件", "从优", "2026-06-08", "90后", "1380000", "春节后"],
            ["安庆乙厂", None, None, 2, date(2026, 6, 8), None, None, None, "2027-02-30"],
        ]
    )
    assert errors_of(reading) == [
        (2, "B", "91340803MAYY00050X", "bad_uscc"),
        (2, "D", "见附件", "unreadable_headcount"),
        (2, "E", "从优", "unreadable_pay"),
        (2, "F", "2026-06-08", "unreadable_education"),
        (2, "G", "90后", "unreadable_age"),
        (2, "H", "1380000", "bad_phone"),
        (2, "I", "春节后", "unreadable_date"),
        (3, "C", "", "missing_title"),
        (3, "E", "2026-06-08", "unreadable_pay"),
        (3, "I", "2027-02-30", "unreadable_date"),
    ]
    assert [(d.pay.min, d.pay.text, d.headcount) for d in reading.postings] == [
        (None, "从优", None),
        (None, "2026-06-08", 2),
    ]


def test_one_error_stands_for_a_merged_cell(read_sheet: Read) -> None:
    reading = read_sheet(
        [PLAIN, ["安庆甲厂", "普工", 3, 5000, "138****0001"], [None, "质检", 2, 5500, None]], merged=["A2:A3", "E2:E3"]
    )
    assert errors_of(reading) == [(2, "E", "138****0001", "bad_phone")]
    assert [draft.contact_phone for draft in reading.postings] == [None, None]
