"""
How long a visitor waits for PostgreSQL, and for the names of other machines.

libpq waits for ever for a server that stands still while its machine still answers. All
threads would soon stand in such waits, and no page come at all, not even those that ask
no database. psycopg2 lets us do the waiting (its "green" mode); commands of operators,
which may have long work for the server, wait as ever.

Once the server has kept somebody waiting that long, nobody else waits more than a moment
until it answers anybody: else those who queue behind would each wait in their turn.
"""

import os
import select
import threading

from django.core.signals import request_started
from psycopg2 import OperationalError, extensions

LONGEST = 8  # seconds without a word from the server
NAMES = "timeout:1 attempts:2"  # of a name server, which else has ten seconds
MOMENT = 0.3  # seconds, for a server that answers nobody any more
DIRECTIONS = {
    extensions.POLL_READ: select.POLLIN,
    extensions.POLL_WRITE: select.POLLOUT,
}


def limit_waiting():
    """From now on no question of this process waits longer; psycopg2 closes its connection."""
    os.environ.setdefault("RES_OPTIONS", NAMES)  # read by libc, for all who ask it
    patience = _Patience()
    extensions.set_wait_callback(patience.wait)
    request_started.connect(patience.begin, weak=False)


class _Patience(threading.local):
    """Of each thread, but for what is known of the server; a request waits in vain once."""

    has_waited = False
    server_is_silent = threading.Event()

    def begin(self, **_):
        self.has_waited = False

    def wait(self, connection):
        while (state := connection.poll()) != extensions.POLL_OK:
            if state not in DIRECTIONS:
                raise OperationalError(
                    f"psycopg2 knows a state that we do not: {state}"
                )
            waiting = select.poll()
            waiting.register(connection.fileno(), DIRECTIONS[state])
            seconds = self._seconds()
            if not waiting.poll(seconds * 1000):
                self.has_waited = True
                self.server_is_silent.set()
                raise OperationalError(f"The database said nothing for {seconds} s")
        self.server_is_silent.clear()

    def _seconds(self):
        """How long the next word is waited for."""
        if not self.server_is_silent.is_set():
            return LONGEST
        return 0 if self.has_waited else MOMENT
