"""Contacts that an employer wrote into a public text: taken out before anybody sees it."""

import re

_HIDDEN = "（联系方式不公开）"
_BREAK = r"[\s\-—–]?"
_DIGIT = r"\d"  # of any script, so full-width ones too
_MOBILE = rf"[1１][3-9３-９]{_DIGIT}{_BREAK}{_DIGIT}{{4}}{_BREAK}{_DIGIT}{{4}}"
_FIXED = rf"[（(]?[0０]{_DIGIT}{{2,3}}[）)]?{_BREAK}{_DIGIT}{{7,8}}"
_SERVICE = rf"[4４][0０]{{2}}{_BREAK}{_DIGIT}{{3}}{_BREAK}{_DIGIT}{{4}}"
_ACCOUNT = r"(?:微信|QQ|VX|WX|V信)(?:号码?|同号)?[\s:：]{0,3}[a-z0-9_\-]{5,20}"
_CONTACT = re.compile(rf"(?<!\d)(?:{_MOBILE}|{_FIXED}|{_SERVICE})(?!\d)|{_ACCOUNT}", re.IGNORECASE)


def without_contacts(text: str) -> str:
    """The text with telephone numbers and chat accounts replaced by a note; three-digit hotlines stay."""
    return _CONTACT.sub(_HIDDEN, text)
