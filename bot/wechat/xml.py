"""The fields of a push: one flat reading by expat, which refuses what no push of the platform holds."""

from typing import NoReturn
from xml.parsers import expat

from bot.wechat.refusals import Malformed

LIMIT = 64 * 1024
"""Bytes of a push at most; the platform's largest are a tenth of it."""
_ROOT = "xml"
_DEEPEST = 5  # xml, SendPicsInfo, PicList, item, PicMd5Sum
_FIELD = 2


def fields(xml: bytes) -> dict[str, str]:
    """Name and text of each first-level node under `<xml>`, without those that hold nodes themselves.

    Raises `Malformed` for anything but well-formed UTF-8 XML of at most 64 KB with that root, no document type, no
    entities or processing instructions of its own, five levels at most and no name twice.
    """
    if len(xml) > LIMIT:
        raise Malformed("larger than 64 KB")
    # UTF-16 by its byte order mark is believed by expat whatever encoding it is told, and is full of zeros
    if b"\0" in xml:
        raise Malformed("a zero byte")
    return _Reading().read(xml)


class _Reading:
    __slots__ = ("_depth", "_found", "_name", "_nested", "_text")

    def __init__(self) -> None:
        self._depth = 0
        self._found: dict[str, str] = {}
        self._nested: set[str] = set()
        self._name = ""
        self._text: list[str] = []

    def read(self, xml: bytes) -> dict[str, str]:
        parser = expat.ParserCreate("UTF-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._words
        parser.XmlDeclHandler = _declared
        # entities are declared in a document type, and nowhere else
        parser.StartDoctypeDeclHandler = _refuse
        parser.ProcessingInstructionHandler = _refuse
        try:
            parser.Parse(xml, True)  # noqa: FBT003 # its only way to say that this is all
        except expat.ExpatError as error:
            raise Malformed("no well-formed XML") from error
        return {name: text for name, text in self._found.items() if name not in self._nested}

    def _start(self, name: str, _: object) -> None:
        self._depth += 1
        if self._depth == _FIELD:
            self._begin(name)
        elif self._depth == 1:
            if name != _ROOT:
                raise Malformed("another root than xml")
        elif self._depth > _DEEPEST:
            raise Malformed("nested too deep")
        else:
            self._nested.add(self._name)

    def _begin(self, name: str) -> None:
        if name in self._found:
            raise Malformed("a field twice")
        self._name = name
        self._text = []

    def _end(self, _: str) -> None:
        if self._depth == _FIELD:
            self._found[self._name] = "".join(self._text)
        self._depth -= 1

    def _words(self, text: str) -> None:
        if self._depth == _FIELD:
            self._text.append(text)


def _declared(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding is not None and encoding.lower() != "utf-8":
        raise Malformed("another encoding than UTF-8")


def _refuse(*_: object) -> NoReturn:
    raise Malformed("a document type or a processing instruction")
