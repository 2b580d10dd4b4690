"""
Nothing but mail ever leaves the machine.

Every test of the suite stands under the guard of `leaving.py`; here it is seen to work.
"""

import socket
from urllib.request import urlopen

import pytest


@pytest.mark.parametrize("address", ["http://192.0.2.7/", "https://example.org/"])
def test_whoever_asks_somebody_outside_is_stopped_and_noticed(guard, address):
    with pytest.raises(OSError, match="is not on this machine"):
        urlopen(address, timeout=1)

    assert len(guard.tried) == 1
    guard.tried.clear()


def test_whoever_stays_here_gets_through(guard):
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()),
    ):
        assert guard.tried == []
