"""XML as WeChat writes it and as it reads it: one root, flat or nearly, nothing declared."""

from collections.abc import Set as AbstractSet
from xml.etree import ElementTree as ET

# what WeChat writes without CDATA
_BARE = frozenset(
    {"CreateTime", "MsgId", "MsgID", "Location_X", "Location_Y", "Scale", "Latitude", "Longitude", "Precision"}
    | {"MenuId", "FileTotalLen"}
)


class BadXml(ValueError):
    """A document that WeChat would not take."""


def write(nodes: list[tuple[str, str]]) -> str:
    return f"<xml>{''.join(f'<{name}>{_written(name, text)}</{name}>' for name, text in nodes)}</xml>"


def read(body: bytes) -> ET.Element:
    """The root. Raises BadXml where the document is not well formed, or is more than one <xml> without attributes.

    Characters that XML forbids make it not well formed, be they written or referred to.
    """
    try:
        words = body.decode()
    except UnicodeDecodeError as error:
        raise BadXml("no UTF-8") from error
    if not words.lstrip().startswith("<xml>"):
        # a document type, the only place of entities, would stand here
        raise BadXml("it does not begin with <xml>")
    try:
        root = ET.fromstring(words)  # noqa: S314 - nothing is declared before its root
    except ET.ParseError as error:
        raise BadXml(f"not well formed: {error}") from error
    if any(element.attrib for element in root.iter()):
        raise BadXml("there are no attributes")
    return root


def children(
    element: ET.Element, *, needed: AbstractSet[str], allowed: AbstractSet[str] = frozenset()
) -> dict[str, ET.Element]:
    """The element's own by name, each of `needed` once, of `allowed` at most once, and no other."""
    found: dict[str, ET.Element] = {}
    for child in element:
        if child.tag in found:
            raise BadXml(f"<{child.tag}> twice")
        if child.tag not in needed | allowed:
            raise BadXml(f"<{child.tag}> does not belong in <{element.tag}>")
        found[child.tag] = child
    if needed - set(found):
        raise BadXml(f"<{min(needed - set(found))}> is missing")
    if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
        raise BadXml(f"text between the nodes of <{element.tag}>")
    return found


def leaf(element: ET.Element) -> str:
    """The text of an element that has no others."""
    if len(element):
        raise BadXml(f"<{element.tag}> has nodes of its own")
    return element.text or ""


def _written(name: str, text: str) -> str:
    if name in _BARE:
        return text
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"
