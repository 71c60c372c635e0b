"""What stands around the rows: titles, forms, sections, the sheet's and the file's name."""

from collections.abc import Callable

from app.postings.draft import Reading

Read = Callable[..., Reading]


def errors_of(reading: Reading) -> list[tuple[int, str, str, str]]:
    return [(error.row, error.column, error.raw, error.kind) for error in reading.errors]


def test_sections_that_name_the_county_or_the_employer(read_sheet: Read) -> None:
    reading = read_sheet(
        [
            ["岗位名称", "招聘人数", "薪资待遇"],
            ["怀宁县"],
            ["普工", 3, 5000],
            ["安庆某某食品有限公司（联系人：李经理）"],
            ["包装工", 2, 4500],
            ["质检员", 1, 5000],
        ],
        name="附件.xlsx",
    )
    assert [(d.title, d.employer, d.division) for d in reading.postings] == [
        ("普工", "", "340822"),
        ("包装工", "安庆某某食品有限公司", "340800"),
        ("质检员", "安庆某某食品有限公司", "340800"),
    ]
    assert errors_of(reading) == [(3, "A", "", "missing_employer")]


def test_the_employer_from_the_title_row(read_sheet: Read) -> None:
    rows = [["安庆某某电子有限公司2027年招聘岗位表"], ["岗位", "人数", "薪资"], ["普工", 3, 5000]]
    reading = read_sheet(rows)
    assert [(d.employer, d.employer_source) for d in reading.postings] == [("安庆某某电子有限公司", "title")]
    assert (reading.employer_guess, reading.employer_source) == ("安庆某某电子有限公司", "title")


def test_the_employer_from_the_file_name(read_sheet: Read) -> None:
    reading = read_sheet([["岗位", "人数", "薪资"], ["普工", 3, 5000]], name="3、桐城市某某塑业厂岗位表(1).xlsx")
    assert [(d.employer, d.employer_source) for d in reading.postings] == [("桐城市某某塑业厂", "file")]
    assert (reading.employer_guess, reading.employer_source) == ("桐城市某某塑业厂", "file")


def test_no_employer_anywhere_is_reported(read_sheet: Read) -> None:
    reading = read_sheet([["岗位", "人数", "薪资"], ["普工", 3, 5000]], name="新建表格.xlsx")
    assert [draft.employer for draft in reading.postings] == [""]
    assert errors_of(reading) == [(2, "A", "", "missing_employer")]


def test_a_form_that_states_the_employer_above(read_sheet: Read) -> None:
    reading = read_sheet(
        [
            ["企业招聘信息登记表"],
            ["单位名称", "安庆某某食品有限公司", None, "信用代码", "91340803MAYY00050C"],
            ["单位地址", "安庆市大观区集贤南路266号", None, "联系人", "程女士", "联系电话", "13800000102"],
            ["岗位名称", "招聘人数", "学历要求", "薪资待遇", "福利待遇"],
            ["普工", 3, "初中", "5000-6000", "包吃住"],
            ["会计", 1, "大专", "5000-6500", "双休"],
        ]
    )
    assert [
        (d.employer, d.uscc, d.address, d.division, d.contact_name, d.contact_phone) for d in reading.postings
    ] == 2 * [
        ("安庆某某食品有限公司", "91340803MAYY00050C", "安庆市大观区集贤南路266号", "340803", "程女士", "13800000102")
    ]


def test_a_sheet_about_one_county(read_sheet: Read) -> None:
    rows = [
        ["太湖县企业用工需求表"],
        ["单位名称", "岗位", "人数", "薪资", "工作地点"],
        ["某某服饰有限公司", "车工", 3, "计件", "厂区"],
    ]
    assert [draft.division for draft in read_sheet(rows).postings] == ["340825"]
    assert [draft.division for draft in read_sheet(rows[1:], sheet="宿松").postings] == ["340826"]


def test_a_district_column_beside_a_street(read_sheet: Read) -> None:
    reading = read_sheet(
        [
            ["所属区县", "企业名称", "岗位名称", "工资", "工作地址"],
            ["宜秀区", "安庆甲厂", "普工", 5000, "振风大道8号"],
            ["桐城市", "安庆乙厂", "普工", 5000, "同安路1号"],
        ]
    )
    assert [(d.address, d.division) for d in reading.postings] == [("振风大道8号", "340811"), ("同安路1号", "340881")]
