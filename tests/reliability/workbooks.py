"""Employers' files of many rows, as a centre sends them every evening: the same jobs at another pay."""

from pathlib import Path

from openpyxl import Workbook

EMPLOYERS = 40
_TRADES = ("电焊工", "装配工", "叉车工", "质检员", "仓库管理员", "数控车工", "包装工", "电工", "缝纫工", "食堂厨师")
_SHOPS = ("一车间", "二车间", "三车间", "四车间", "五车间")
JOBS = [f"{shop}{trade}" for shop in _SHOPS for trade in _TRADES]
ROWS = EMPLOYERS * len(JOBS)
_HEADER = ("用人单位", "招聘岗位", "招聘人数", "学历要求", "薪资待遇", "福利待遇", "工作地点")


def write_workbook(path: Path, *, rows: int, pay: int) -> Path:
    """The first `rows` jobs, the employers in turn, from `pay` yuan a month."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("岗位汇总表")
    sheet.append(_HEADER)
    for number in range(rows):
        employer = f"怀宁县皖江第{number % EMPLOYERS + 1}机械有限公司"
        title = JOBS[number // EMPLOYERS]
        sheet.append(
            (employer, title, 5, "初中及以上", f"{pay}-{pay + 2000}元/月", "包吃住，五险", "怀宁县高河镇工业园8号")
        )
    workbook.save(path)
    return path
