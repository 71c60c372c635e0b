"""What an official account can do, in the words of somebody who never set one up."""

from dataclasses import dataclass

from app.wechat.accounts import may
from app.wechat.models import WeChatAccount

MODES = {"A": "认证服务号", "B": "认证订阅号", "C": "未认证的公众号", "D": "没有公众号"}


@dataclass(frozen=True)
class Feature:
    """`capability`: what the account must be allowed to, None for nothing; `modes`: in which of A to D there is it.

    `instead`: what happens where it is not there.
    """

    words: str
    modes: str
    capability: str | None = None
    instead: str = ""


FEATURES = (
    Feature("扫屏幕上的码，打开岗位网页", "ABCD"),
    Feature("在公众号里说话，机器人当场回答", "ABC", instead="在网页上聊，回答是一样的"),
    Feature("事后再发消息：工作人员的回答、新岗位、排队的变化", "AB", "custom", "等对方下次说话时一起发"),
    Feature("扫屏幕上的码，直接进公众号", "A", "scene", "打开网页，照样看岗位、排队"),
    Feature("叫到号时，两天没说话的人也通知到", "A", "template", "对方在网页上看到，单位也会打电话"),
    Feature("在公众号里打开网页，认得是同一个人", "A", "oauth", "网页上填一次姓名和手机号"),
    Feature("转发岗位时，带上标题和说明", "AB", "jssdk", "转发出去的是网址，一样能打开"),
    Feature("底部菜单由这里发布", "AB", "menu", "自己到公众平台里设"),
)


def able(account: WeChatAccount) -> list[Feature]:
    """What works at this moment."""
    return [feature for feature in FEATURES if _works(account, feature)]


def unable(account: WeChatAccount) -> list[Feature]:
    """What does not."""
    return [feature for feature in FEATURES if not _works(account, feature)]


def _works(account: WeChatAccount, feature: Feature) -> bool:
    return feature.capability is None or may(account, feature.capability)
