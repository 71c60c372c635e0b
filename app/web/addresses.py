"""Where a request came from, as far as that tells one visitor from another."""

from ipaddress import ip_address, ip_network

from starlette.types import Scope

# from here comes a proxy that names nobody, and so everybody at once; or the operator
_NEAR = [
    ip_network(text)
    for text in ("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "::1/128", "fc00::/7", "fe80::/10")
]


def public_address(scope: Scope) -> str | None:
    """The visitor's address on the internet; None where there is none that is theirs alone.

    Behind a proxy it is what the proxy says, if the server trusts it (uvicorn's FORWARDED_ALLOW_IPS, 127.0.0.1).
    """
    host = scope["client"][0] if scope.get("client") else ""
    try:
        address = ip_address(host)
    except ValueError:
        return None
    return None if any(address in network for network in _NEAR) else host
