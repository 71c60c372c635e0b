"""The commands of `mashang` and their options.

Each loads what it needs when it runs: `understand` must not wait for the web server's libraries.
"""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.wechat.ways import AccountKind, Mode

program = typer.Typer(
    name="mashang",
    help="码上就业：把直播间里的岗位变成面试。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
users = typer.Typer(help="工作人员账号。", no_args_is_help=True)
program.add_typer(users, name="user")
wechat = typer.Typer(help="微信公众号。", no_args_is_help=True)
program.add_typer(wechat, name="wechat")

Port = Annotated[int, typer.Option(help="端口", min=1, max=65535)]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON")]
EventRef = Annotated[str, typer.Argument(metavar="EVENT", help="活动的编号或名称；演示活动是 1")]


@program.command()
def demo(
    port: Port = 8000,
    lan: Annotated[bool, typer.Option("--lan", help="同一 Wi-Fi 的手机也能扫码打开")] = False,
) -> None:
    """带演示数据启动，用本机的 SQLite 数据库。"""
    from app.cli.demo import run_demo

    run_demo(port=port, lan=lan)


@program.command()
def init(demo: Annotated[bool, typer.Option("--demo", help="装入演示活动")] = False) -> None:
    """建立或升级数据库。"""
    from app.cli.demo import initialise

    initialise(demo=demo)


@program.command()
def serve(
    host: Annotated[str, typer.Option(help="监听地址")] = "127.0.0.1",
    port: Port = 8000,
    workers: Annotated[int, typer.Option(help="进程数；SQLite 只能用 1 个", min=1, max=64)] = 1,
) -> None:
    """在已配置的数据库上启动服务。"""
    from app.cli.serving import run_server

    run_server(host=host, port=port, workers=workers)


@program.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help=".xlsx、.xls 或 .csv")],
    event: Annotated[str | None, typer.Option(help="导入到哪个活动；不填则按文件名新建")] = None,
    publish: Annotated[bool, typer.Option("--publish", help="导入后发布（需人工确认的除外）")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只读取，不保存，也不需要数据库")] = False,
    as_json: AsJson = False,
) -> None:
    """读取用人单位的岗位表。"""
    from app.cli.importing import import_files

    import_files(files, event=event, publish=publish, dry_run=dry_run, as_json=as_json)


@program.command()
def understand(
    text: Annotated[str | None, typer.Argument(help="一句话；不填则逐行读标准输入")] = None,
    as_json: AsJson = False,
) -> None:
    """机器人怎样理解一句话。"""
    from app.cli.talking import understand_command

    understand_command(text, as_json=as_json)


@program.command()
def ask(
    text: Annotated[str | None, typer.Argument(help="一句话；不填则逐行读标准输入，同为一次对话")] = None,
    as_json: AsJson = False,
    session: Annotated[str | None, typer.Option(help="接着这次对话说")] = None,
) -> None:
    """问机器人。"""
    from app.cli.talking import ask_command

    ask_command(text, as_json=as_json, session=session)


@program.command()
def codes(
    event: EventRef,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="写到哪个文件夹")],
) -> None:
    """写出每个岗位的两个二维码（SVG 和 PNG）。"""
    from app.cli.figures import write_event_codes

    write_event_codes(event, out)


@program.command()
def stats(event: EventRef, as_json: AsJson = False) -> None:
    """一场活动的数字。"""
    from app.cli.figures import print_stats

    print_stats(event, as_json=as_json)


@users.command("add")
def user_add(
    name: Annotated[str, typer.Argument(help="登录名")],
    role: Annotated[str, typer.Option(help="admin、staff 或 host")],
    division: Annotated[str | None, typer.Option(metavar="CODE", help="所属中心的区划代码")] = None,
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="从标准输入读密码")] = False,
) -> None:
    """新建工作人员账号；不给密码时生成一个，只显示这一次。"""
    from app.cli.accounts import add_account

    add_account(name, role=role, division=division, password_stdin=password_stdin)


@wechat.command("simulate")
def wechat_simulate(
    mode: Annotated[Mode, typer.Option(help="消息的加密方式：明文、兼容、安全")] = "secure",
    account: Annotated[AccountKind, typer.Option(help="A 认证服务号，B 认证订阅号，C 未认证的号")] = "A",
    as_json: AsJson = False,
) -> None:
    """没有公众号，也能照微信的样子聊天；什么都不会发到网上。"""
    from app.cli.wechat.starting import start

    start(mode=mode, account=account, as_json=as_json)


def main() -> None:
    program()
