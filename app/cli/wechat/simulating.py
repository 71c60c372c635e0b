"""`mashang wechat simulate`: a conversation through the real path of WeChat, without WeChat."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress

from anyio.from_thread import BlockingPortal, start_blocking_portal

from app.base.settings import Settings
from app.cli.session import stop
from app.cli.talking import lines_of, print_line
from app.cli.wechat.grounds import Grounds, grounds
from app.cli.wechat.live import watching
from app.cli.wechat.phone import Phone
from app.cli.wechat.shown import Shown
from app.cli.wechat.stage import Stage, stage
from app.cli.wechat.ways import ACCOUNTS, MODES, AccountKind, Mode

PROMPT = "我："
Tell = Callable[[Shown], None]


def simulate(*, mode: Mode, account: AccountKind, as_json: bool) -> None:
    """Answers each line until they end; status 1 where WeChat would have refused an answer."""
    ground = grounds(Settings())
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(stage(ground.settings, mode=mode, account=account)) as held,
    ):
        print(introduction(ground, held, mode=mode, account=account), file=sys.stderr, flush=True)
        phone = Phone(held)
        with suppress(KeyboardInterrupt):
            _converse(portal, phone, as_json=as_json)
        portal.call(phone.leave)
    broken = [*phone.failures, *(f"{breach.path} {breach.code} {breach.why}" for breach in held.platform.breaches)]
    if broken:
        stop("\n".join(["不合微信的规矩：", *broken]))


def introduction(ground: Grounds, held: Stage, *, mode: Mode, account: AccountKind) -> str:
    lines = [
        f"照微信的样子聊天：公众号是假的（{account}，{ACCOUNTS[account]}，{MODES[mode]}），机器人是真的。",
        "什么都不会发到网上，也不会发到微信。",
        ground.told,
    ]
    if held.opens:
        lines.append("回复里的网址，在这里开着的时候可以打开。")
    return "\n".join([*lines, "直接打字就是发消息，#help 看还能做什么，Ctrl+C 结束。"])


def _converse(portal: BlockingPortal, phone: Phone, *, as_json: bool) -> None:
    if as_json or not sys.stdin.isatty():
        tell = _tell_json if as_json else _printer()
        for line in lines_of(None):
            tell(portal.call(phone.take, line))
        return
    with watching(portal, phone, prompt=PROMPT):
        for line in _typed():
            print(f"\n{portal.call(phone.take, line).printed()}\n", flush=True)


def _typed() -> Iterator[str]:
    """Lines as somebody types them, who can correct and repeat them where the system has readline."""
    with suppress(ImportError):
        import readline  # noqa: F401 - its being there is what `input` goes by
    with suppress(EOFError):
        while True:
            yield input(PROMPT)


def _printer() -> Tell:
    """With an empty line between two answers."""
    told: list[Shown] = []

    def tell(shown: Shown) -> None:
        print_line(("\n" if told else "") + shown.printed())
        told.append(shown)

    return tell


def _tell_json(shown: Shown) -> None:
    print_line(json.dumps(shown.as_json(), ensure_ascii=False))
