"""What leaves this machine while tests run: nothing may, whoever tries."""

import socket
from ipaddress import ip_address

import pytest

HERE = {"localhost", "testserver", "", None}


class Guard:
    """Lets sockets connect on this machine alone, and notes who tried to go elsewhere."""

    def __init__(self):
        self.tried = []

    def connect(self, connecting, address):
        if connecting.family != socket.AF_UNIX and not _is_here(address[0]):
            self._refuse(address)
        return self._connect(connecting, address)

    def look_up(self, host, *args, **options):
        if not _is_here(host):
            self._refuse(host)
        return self._look_up(host, *args, **options)

    def _refuse(self, whom):
        self.tried.append(whom)
        raise OSError(f"{whom} is not on this machine")

    def stand(self, patch):
        self._connect, self._look_up = socket.socket.connect, socket.getaddrinfo
        patch.setattr(
            socket.socket, "connect", lambda *args: self.connect(*args), raising=False
        )
        patch.setattr(socket, "getaddrinfo", self.look_up)


def _is_here(host):
    if host in HERE:
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def guard():
    guard = Guard()
    with pytest.MonkeyPatch.context() as patch:
        guard.stand(patch)
        yield guard


@pytest.fixture(autouse=True)
def _nothing_leaves(guard):
    """Whatever a test does, page, command or save: nobody outside is asked."""
    yield
    tried, guard.tried = guard.tried, []
    assert tried == []
