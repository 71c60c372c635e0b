"""The ways in which an official account is tried."""

from typing import Literal

Mode = Literal["plain", "compatible", "secure"]
"""How the platform's pushes are sealed."""
AccountKind = Literal["A", "B", "C"]
"""A verified service account, a verified subscription account, an account that is not verified."""

MODES: dict[Mode, str] = {"plain": "明文模式", "compatible": "兼容模式", "secure": "安全模式"}
ACCOUNTS: dict[AccountKind, str] = {"A": "认证服务号", "B": "认证订阅号", "C": "未认证的号"}
