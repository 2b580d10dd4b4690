"""
How long a visitor waits for PostgreSQL.

libpq waits for ever for a server that stands still while its machine still answers. All
threads would soon stand in such waits, and no page come at all, not even those that ask
no database. psycopg2 lets us do the waiting (its "green" mode); commands of operators,
which may have long work for the server, wait as ever.
"""

import select

from psycopg2 import OperationalError, extensions

LONGEST = 8  # seconds without a word from the server
DIRECTIONS = {
    extensions.POLL_READ: select.POLLIN,
    extensions.POLL_WRITE: select.POLLOUT,
}


def limit_waiting():
    """From now on no question of this process waits longer; psycopg2 closes its connection."""
    extensions.set_wait_callback(_wait)


def _wait(connection):
    while (state := connection.poll()) != extensions.POLL_OK:
        if state not in DIRECTIONS:
            raise OperationalError(f"psycopg2 is in a state we do not know: {state}")
        waiting = select.poll()
        waiting.register(connection.fileno(), DIRECTIONS[state])
        if not waiting.poll(LONGEST * 1000):
            raise OperationalError(f"The database said nothing for {LONGEST} seconds")
