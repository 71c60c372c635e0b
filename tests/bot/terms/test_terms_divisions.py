import pytest

from bot.terms.divisions import HOME, LOCAL, NAMES, division_of_address, divisions_in, names_elsewhere


def test_local_divisions_have_the_codes_of_the_contract() -> None:
    assert {code: NAMES[code].name for code in LOCAL} == {
        "340800": "安庆市",
        "340802": "迎江区",
        "340803": "大观区",
        "340811": "宜秀区",
        "340822": "怀宁县",
        "340825": "太湖县",
        "340826": "宿松县",
        "340827": "望江县",
        "340828": "岳西县",
        "340871": "安庆经开区",
        "340881": "桐城市",
        "340882": "潜山市",
    }


def test_every_parent_is_known() -> None:
    assert {division.parent for division in NAMES.values()} - set(NAMES) == {None}
    assert [division.order for division in NAMES.values()] == list(range(len(NAMES)))


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("安庆市宜秀区大龙山镇金龙路9号", "340811"),
        ("安徽省 - 安庆市 - 太湖县", "340825"),
        ("岳西", "340828"),
        ("安庆", HOME),
        ("太湖县晋熙镇经开区观音路", "340825"),
        ("桐城双新经济开发区", "340881"),
        ("潜山县源潭镇", "340882"),
        ("宿松临江产业园", "340826"),
        ("高河镇工业园", "340822"),
        ("安庆经开区3.9平方公里", "340871"),
        ("经开区菱湖北路", "340871"),
        ("安庆市经济技术开发区", "340871"),
        ("怀宁经开区", "340822"),
        ("安庆/合肥", HOME),
        ("总部安庆，可派驻省外", HOME),
        ("安庆市宜秀区中山大道商业街", "340811"),
        ("合肥市经开区方兴大道", "340100"),
        ("芜湖经开区", "340200"),
        ("浙江省宁波", "330200"),
        ("昆山市玉山镇", "320583"),
        ("无锡太湖大道1号", "320200"),
        ("铜陵市枞阳县", "340722"),
    ],
)
def test_the_most_exact_division_of_an_address(address: str, code: str) -> None:
    assert division_of_address(address) == code


@pytest.mark.parametrize(
    "address", ["桐城路与芜湖路交口  向南100米", "皖江大道旁", "望江东路", "太湖路88号", "合肥路", "厂区", ""]
)
def test_a_road_named_after_a_place_is_not_that_place(address: str) -> None:
    assert division_of_address(address) is None


def test_places_a_sentence_names_in_its_order() -> None:
    assert divisions_in("迎江或者大观都行，枞阳也可以") == ["340802", "340803", "340722"]
    assert divisions_in("安庆宜秀区") == ["340811"]
    assert divisions_in("开发区有班车的厂子") == ["340871"]
    assert divisions_in("市区老城区随便哪条街") == []


def test_a_city_in_no_table_is_elsewhere() -> None:
    assert names_elsewhere("如皋市工业园") is True
    assert names_elsewhere("皖江大道旁") is False
    assert names_elsewhere("安庆市迎江区") is False
