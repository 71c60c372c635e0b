"""Who is counted as a person and who is not, by User-Agent strings as servers see them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.codes.crawlers import is_crawler

PEOPLE = {
    "WeChat on Android": "Mozilla/5.0 (Linux; Android 13; V2232A Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, "
    "like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160117 MMWEBSDK/20240301 MMWEBID/1234 "
    "MicroMessenger/8.0.48.2580(0x28003036) WeChat/arm64 Weixin NetType/4G Language/zh_CN ABI/arm64",
    "WeChat on iPhone": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
    "Gecko) Mobile/15E148 MicroMessenger/8.0.49(0x18003129) NetType/WIFI Language/zh_CN",
    "WeCom": "Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/108.0.5359.220 "
    "Safari/537.36 wxwork/4.1.22 MicroMessenger/7.0.1 appname/wxworklocal",
    "QQ": "Mozilla/5.0 (Linux; Android 10; ELS-AN00) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/109.0.5414.86 MQQBrowser/6.2 Mobile Safari/537.36 V1_AND_SQ_8.9.80 QQ/8.9.80.12440 NetType/4G",
    "Alipay": "Mozilla/5.0 (Linux; U; Android 12; zh-CN; PEGM00) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/100.0.4896.58 UWS/4.0 Mobile Safari/537.36 UCBS/3.22 NebulaSDK/1.8 AlipayClient/10.5.20",
    "Douyin": "Mozilla/5.0 (Linux; Android 12; M2012K11AC) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/110.0 Mobile Safari/537.36 aweme_290700 JsSdk/1.0 NetType/WIFI app_name/aweme BytedanceWebview/d8a21c6",
    "Baidu's app": "Mozilla/5.0 (Linux; Android 11; PDKM00) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/97.0.4692.98 Mobile Safari/537.36 T7/13.47 BDOS/1.0 baiduboxapp/13.47.0.11 (Baidu; P1 11)",
    "Huawei's browser": "Mozilla/5.0 (Linux; Android 10; HarmonyOS; NOH-AN00; HMSCore 6.11) AppleWebKit/537.36 "
    "(KHTML, like Gecko) Chrome/99.0.4844.88 HuaweiBrowser/14.0.0.322 Mobile Safari/537.36",
    "a phone by CUBOT": "Mozilla/5.0 (Linux; Android 9; CUBOT X19 S) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/96.0.4664.45 Mobile Safari/537.36",
    "a desktop": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0",
}
CRAWLERS = {
    "Baidu's search": "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
    "360's search": "Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 Chrome/50.0 Safari/537.36; 360Spider",
    "Sogou's search": "Sogou web spider/4.0(+http://www.sogou.com/docs/help/webmasters.htm#07)",
    "Toutiao's search": "Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (compatible; Bytespider; spider-x@y.com)",
    "Google's search": "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Googlebot/2.1) Chrome/120.0",
    "DingTalk's preview": "DingTalkBot-LinkService/1.0 (+https://open-doc.dingtalk.com/microapp/faquestions/ftpfeu)",
    "DingTalk behind a browser's name": "Mozilla/5.0 (Windows NT 10.0) Chrome/63.0 DingTalkBot-LinkService/1.0",
    "QQ's preview": "Mozilla/5.0 (Linux; U; Android 4.4.2; zh-cn; GT-I9500 Build/KOT49H) AppleWebKit/537.36 "
    "(KHTML, like Gecko)Version/4.0 MQQBrowser/5.0 QQ-URL-Manager Mobile Safari/537.36",
    "Telegram's preview": "TelegramBot (like TwitterBot)",
    "WhatsApp's preview": "WhatsApp/2.23.20.0",
    "Facebook's preview": "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "a bot that calls itself a CUBOT": "CUBOT-fetcher Googlebot/2.1",
    "a program": "python-requests/2.31.0",
    "an app's check": "okhttp/4.9.3",
    "curl": "curl/8.5.0",
    "nothing": "",
    "a space": " ",
}


@pytest.mark.parametrize("user_agent", PEOPLE.values(), ids=PEOPLE.keys())
def test_a_browser_is_a_person(user_agent: str) -> None:
    assert is_crawler(user_agent) is False


@pytest.mark.parametrize("user_agent", CRAWLERS.values(), ids=CRAWLERS.keys())
def test_a_crawler_is_not_a_person(user_agent: str) -> None:
    assert is_crawler(user_agent) is True


def test_no_header_is_no_browser() -> None:
    assert is_crawler(None) is True


@given(st.text())
def test_case_changes_nothing_and_nothing_strangers_send_fails(user_agent: str) -> None:
    assert is_crawler(f"{user_agent}GoogleBOT") is True
    assert is_crawler(user_agent) in {True, False}
