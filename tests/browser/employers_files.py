"""What three employers send for a show, each in its own way, with one cell nobody can read."""

from pathlib import Path

import xlwt
from openpyxl import Workbook

PASTED = "安庆市青梧食品有限公司 招 打包工 8名 月薪4500-6000元 包吃包住 联系电话13800000021"


def write_all(folder: Path) -> list[Path]:
    return [_with_a_column(folder), _with_a_title(folder), _with_a_name(folder)]


def _with_a_column(folder: Path) -> Path:
    """.xlsx, the employer in a merged column; the pay of its second posting is a date."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["用人单位", "岗位名称", "招聘人数", "薪资待遇", "工作地点", "联系电话"])
    sheet.append(["安庆市鹭鸣纺织有限公司", "挡车工", 20, "5000-7000元/月", "安庆市宜秀区文苑路1号", "13800000001"])
    sheet.append([None, "机修工", 2, "2026-06-08", None, None])
    for column in "AEF":
        sheet.merge_cells(f"{column}2:{column}3")
    path = folder / "岗位表一.xlsx"
    book.save(path)
    return path


def _with_a_title(folder: Path) -> Path:
    """.xls, the employer in the row above the header."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    rows: list[list[str | int]] = [
        ["安徽岱山机械制造有限公司招聘岗位表"],
        ["岗位", "人数", "待遇", "学历", "电话"],
        ["数控车工", 5, "6000-8000元/月", "中专", "0556-5000002"],
    ]
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            sheet.write(y, x, cell)
    path = folder / "2号文件.xls"
    book.save(str(path))
    return path


def _with_a_name(folder: Path) -> Path:
    """.csv as an old Excel writes it, the employer in the file's name only; one posting for men only."""
    path = folder / "怀宁县望岳物流有限公司.csv"
    text = "岗位名称,人数,月薪,要求,电话\n叉车工,3,5500-6500,有证,13800000003\n搬运工,6,5000-6000,限男性,13800000003\n"
    path.write_bytes(text.encode("gb18030"))
    return path
