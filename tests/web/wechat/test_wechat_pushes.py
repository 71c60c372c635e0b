"""Every kind of push, in every way that it may come, is answered so that a person can go on."""

import io

import pytest
from PIL import Image

from app.codes.codes import Target, code_for, codes_of
from app.employers.models import Employer
from bot.phrases import say
from qr import matrix, payload, png
from tests.cast import database_of
from tests.web.wechat.conftest import PUBLIC
from tests.web.wechat.phone import XIAO, Phone
from tests.wechat_platform import pushes
from tests.wechat_platform.pusher import Mode

MODES = ["plain", "compatible", "secure"]


@pytest.fixture(params=MODES)
def mode(request: pytest.FixtureRequest) -> Mode:
    way: Mode = request.param
    return way


async def token(phone: Phone) -> str:
    async with database_of(phone.app).write() as session:
        return (await code_for(session, phone.show.welder, now=phone.clock())).token


async def test_the_address_proves_itself(phone: Phone) -> None:
    assert await phone.pusher().verify() is True


async def test_words_are_answered_as_anywhere_else(phone: Phone) -> None:
    answer = await phone.say("101")
    path = (await phone.scans())[0][1]
    assert answer.text.splitlines()[0] == "电焊工（101号），6000–8000元/月"
    assert answer.sealed is (phone.mode != "plain")
    assert (await phone.scans()) == [("J", path, "spoken", phone.show.welder.id)]


async def test_a_scan_shows_the_job_as_a_card_and_is_in_the_ledger(phone: Phone) -> None:
    code = await token(phone)
    answer = await phone.pusher().push(pushes.scan(XIAO, scene=f"J{code}"))
    assert answer.article is not None
    assert (answer.article.title, answer.article.url.startswith(f"{PUBLIC}/J")) == ("电焊工 6000–8000元/月", True)
    assert await phone.scans() == [("J", code, "wechat", phone.show.welder.id)]
    assert [speaker for speaker, words in await phone.transcript() if words] == ["bot"]


async def test_a_follow_by_a_scan_is_that_scan(phone: Phone) -> None:
    code = await token(phone)
    answer = await phone.pusher().push(pushes.subscribe(XIAO, scene=f"I{code}"))
    assert answer.text.splitlines()[0] == "电焊工（101号）可以在手机上面试。请打开下面的页面，填好姓名和电话就能排队："
    assert await phone.scans() == [("I", code, "wechat", phone.show.welder.id)]


async def test_a_follow_is_greeted(phone: Phone) -> None:
    answer = await phone.pusher().push(pushes.subscribe(XIAO))
    assert answer.text.splitlines()[:2] == [say("talk.greet"), say("talk.greet_count", count=3)]
    assert [speaker for speaker, words in await phone.transcript() if words] == ["bot"]


async def test_a_picture_of_a_code_is_a_scan(phone: Phone) -> None:
    code = await token(phone)
    drawn = Image.open(io.BytesIO(png(matrix(payload(PUBLIC, "J", code)), module=8))).convert("L")
    canvas = Image.new("L", (900, 1600), 90)
    canvas.paste(drawn, (300, 700))
    held = io.BytesIO()
    canvas.save(held, "JPEG", quality=70)
    url, media = phone.platform.add_picture(held.getvalue(), type_="image/jpeg")
    answer = await phone.pusher().push(pushes.image(XIAO, picture_url=url, media_id=media))
    assert answer.article is not None
    assert answer.article.title == "电焊工 6000–8000元/月"
    assert await phone.scans() == [("J", code, "wechat", phone.show.welder.id)]


@pytest.mark.parametrize("picture", [b"no picture", b""])
async def test_a_picture_without_a_code_says_what_to_do(phone: Phone, picture: bytes) -> None:
    url, media = phone.platform.add_picture(picture, type_="image/jpeg")
    answer = await phone.pusher().push(pushes.image(XIAO, picture_url=url, media_id=media))
    assert answer.text.splitlines()[0] == say("sent.picture")
    assert await phone.transcript() == [("seeker", "［图片］"), ("bot", say("sent.picture"))]
    assert await phone.scans() == []


async def test_a_page_of_ours_that_is_passed_on_is_its_code(phone: Phone) -> None:
    code = await token(phone)
    answer = await phone.pusher().push(pushes.link(XIAO, title="电焊工", url=f"{PUBLIC}/J{code}"))
    assert answer.article is not None
    other = await phone.pusher().push(pushes.link(XIAO, title="电焊工", url=f"https://other.test/J{code}"))
    assert other.text.splitlines()[0] == say("sent.link")


@pytest.mark.parametrize(
    ("push", "name"),
    [
        (pushes.voice(XIAO), "voice"),
        (pushes.video(XIAO), "video"),
        (pushes.video(XIAO, kind="shortvideo"), "video"),
        (pushes.file(XIAO, title="简历.pdf"), "file"),
        (pushes.location(XIAO, latitude=31.23, longitude=121.47, label=""), "location"),
    ],
)
async def test_what_cannot_be_read_is_said_to_be_so(phone: Phone, push: pushes.Push, name: str) -> None:
    assert (await phone.pusher().push(push)).text.splitlines()[0] == say(f"sent.{name}")
    assert await phone.transcript() == [("seeker", say(f"sent.name_{name}")), ("bot", say(f"sent.{name}"))]


@pytest.mark.parametrize(
    ("latitude", "longitude", "label"),
    [(30.734, 116.829, ""), (0.0, 0.0, "安徽省安庆市怀宁县高河镇"), (31.036, 116.974, "安徽省安庆市怀宁县")],
)
async def test_a_location_is_a_search_in_its_district(
    phone: Phone, latitude: float, longitude: float, label: str
) -> None:
    push = pushes.location(XIAO, latitude=latitude, longitude=longitude, label=label)
    answer = await phone.pusher().push(push)
    assert answer.text.splitlines()[:2] == ["按您发的位置，您在怀宁县。", "按您说的（怀宁县），有3个："]


@pytest.mark.parametrize(
    ("key", "first"),
    [
        ("find_jobs", "正在招人的有3个："),
        ("my_interviews", "您还没有排队。看中哪个岗位，说“我要面试”就能排上。"),
        ("human", "已经转给工作人员，请稍等，后面由工作人员来答。"),
    ],
)
async def test_the_menu_is_typed_words(phone: Phone, key: str, first: str) -> None:
    answer = await phone.pusher().push(pushes.click(XIAO, key=key))
    assert answer.text.splitlines()[0] == first
    assert (await phone.transcript())[0][1] == say(f"menu.{key}")


@pytest.mark.parametrize(
    "push",
    [
        pushes.click(XIAO, key="an old key"),
        pushes.view(XIAO, url=PUBLIC),
        pushes.unsubscribe(XIAO),
        pushes.location_event(XIAO, latitude=30.7, longitude=116.8),
        pushes.template_finish(XIAO, message=1, status="success"),
        pushes.unknown_message(XIAO),
        pushes.unknown_event(XIAO),
    ],
)
async def test_what_asks_for_no_answer_gets_none(phone: Phone, push: pushes.Push) -> None:
    assert (await phone.pusher().push(push)).kind == "nothing"
    assert await phone.transcript() == []


async def test_a_code_that_was_never_given_out_is_recorded_and_said_to_be_unknown(phone: Phone) -> None:
    answer = await phone.pusher().push(pushes.scan(XIAO, scene="JZZZZZZ"))
    assert answer.text.splitlines()[0] == say("detail.unknown_code")
    assert await phone.scans() == [("J", "ZZZZZZ", "wechat", None)]


async def test_a_code_of_an_employer_asks_for_its_jobs_and_one_of_a_show_greets(phone: Phone) -> None:
    show = phone.show
    async with database_of(phone.app).write() as session:
        employer = await session.get_one(Employer, show.welder.posting.employer_id)
        targets: list[Target] = [(show.event, employer), show.event]
        codes = [code.token for code in (await codes_of(session, targets, now=phone.clock())).values()]
    jobs = await phone.pusher().push(pushes.scan(XIAO, scene=f"J{codes[0]}"))
    assert "怀宁县皖江精密铸造有限公司" in jobs.text
    assert "怀宁县独秀纺织有限公司" not in jobs.text
    greeted = await phone.pusher().push(pushes.scan(XIAO, scene=f"J{codes[1]}"))
    assert greeted.text.splitlines()[0] == say("talk.greet")
    assert [scan[3] for scan in await phone.scans()] == [None, None]
