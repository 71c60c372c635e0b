"""`mashang wechat simulate`, where what it stands on is there."""

from app.cli.session import stop
from app.cli.wechat.ways import AccountKind, Mode

_MISSING = (
    "这里没有模拟微信的程序：它和测试放在一起（tests/wechat_platform）。"
    "请在完整的源代码文件夹里运行 ./run wechat simulate"
)


def start(*, mode: Mode, account: AccountKind, as_json: bool) -> None:
    """Neither an installed wheel nor the image has tests in it."""
    try:
        from app.cli.wechat.simulating import simulate
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] != "tests":
            raise
        stop(_MISSING)
    simulate(mode=mode, account=account, as_json=as_json)
