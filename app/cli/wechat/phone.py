"""A person's phone: what is typed is pushed as WeChat does, and a line that begins with # is what else people do."""

import secrets
from dataclasses import dataclass, field

from app.chat.wechat.forgetting import forget_peers
from app.cli.wechat.acts import ACTS
from app.cli.wechat.misuse import Misused
from app.cli.wechat.shown import OUT_OF_ORDER, Shown, answered, note, sent
from app.cli.wechat.stage import Stage
from app.wechat.peers import find_peer
from tests.wechat_platform import pushes
from tests.wechat_platform.pusher import NoAnswer
from tests.wechat_platform.pushes import Push
from tests.wechat_platform.replies import BadReply

HELP = """\
直接打字，就是在微信里发这句话。别的动作：
#scan 103             扫 103 号岗位的岗位信息码（也可以写 J103，或者码里的字符）
#scan interview 103   扫 103 号岗位的云面试码（也可以写 I103）
#follow               关注；写 #follow 103 是扫那个码来关注的
#unfollow             取消关注
#picture 文件         发一张图片
#voice                发一段语音
#location 怀宁        发位置；也可以写纬度和经度：#location 30.73,116.83
#menu 找工作          点公众号的菜单
#again                把上一条再推一次，好像微信没有收到回复
#wait                 看有没有稍后发来的
#help                 看这份说明"""


@dataclass
class Phone:
    """Somebody new, who follows the account already. `failures`: why WeChat would refuse an answer, or had none."""

    stage: Stage
    openid: str = field(default_factory=lambda: f"o{secrets.token_hex(14)[1:]}")
    failures: list[str] = field(default_factory=list)
    _last: Push | None = None
    _seen: int = 0

    async def take(self, line: str) -> Shown:
        """Does what the line says, and gives what can be seen of it."""
        try:
            return await self._act(line[1:]) if line.startswith("#") else await self._write(line)
        except Misused as error:
            return note(str(error))

    def later(self) -> list[Shown]:
        """What came by itself since this was last asked."""
        come = self.stage.platform.sent_to(self.openid)[self._seen :]
        self._seen += len(come)
        return [sent(message) for message in come]

    async def leave(self) -> None:
        """Nobody is left whom anything could be sent to, also not by a server that has an account of its own."""
        services = self.stage.services
        account = await self.stage.wechat.platform.account()
        async with services.database.write() as session:
            peer = await find_peer(session, account.id, self.openid, keys=services.keys)
            if peer is not None:
                await forget_peers(session, [peer.id])

    async def _write(self, words: str) -> Shown:
        if not words.strip():
            raise Misused("微信发不出空的消息。")
        return await self._push(pushes.text(self.openid, words))

    async def _act(self, written: str) -> Shown:
        name, _, rest = written.strip().partition(" ")
        match name:
            case "again" if self._last is not None:
                return await self._push(self._last)
            case "again":
                raise Misused("还没有推过什么。")
            case "wait":
                return await self._wait()
            case "help":
                return note(HELP)
        if name not in ACTS:
            raise Misused(f"没有 #{name} 这个动作。写 #help 看有哪些。")
        return await self._push(await ACTS[name](self.stage, self.openid, rest.strip()))

    async def _wait(self) -> Shown:
        await self.stage.deliver()
        later = self.later()
        return later[0].and_later(later[1:]) if later else note("没有稍后发来的。")

    async def _push(self, push: Push) -> Shown:
        """An answer that does not come at once is waited for, as people do."""
        if not self.stage.platform.user(self.openid).follows and push.effect != "follow":
            raise Misused("已经取消关注，公众号收不到。请先 #follow。")
        self._last = self.stage.pusher.dated(push)
        try:
            shown = answered(await self.stage.pusher.push(self._last))
        except (NoAnswer, BadReply) as error:
            self.failures.append(str(error))
            return Shown("failed", OUT_OF_ORDER)
        if shown.kind != "nothing" or push.effect == "unfollow":
            return shown
        await self.stage.deliver()
        return shown.and_later(self.later())
