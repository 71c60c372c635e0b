"""Words as the text of an XML node, which they can neither break nor leave."""

import re

# what XML 1.0 has no place for, in whatever spelling: controls, halves of character pairs, U+FFFE and U+FFFF
_FORBIDDEN = re.compile(r"[^\t\n\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
_LINE_ENDS = re.compile(r"\r\n?")


def clean(text: str) -> str:
    """`text` without the characters that XML 1.0 forbids, and with line ends as every parser would hand them on."""
    return _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text))


def cdata(text: str) -> str:
    """A CDATA section that reads back as `clean(text)`; its own end inside the words is split over two."""
    return f"<![CDATA[{clean(text).replace(']]>', ']]]]><![CDATA[>')}]]>"
