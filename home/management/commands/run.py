import os
import signal
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

WAIT = 60  # seconds for the site to answer


class Command(BaseCommand):
    help = "Bring the whole site up on this machine: database, words, server and clock."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, port, **options):
        call_command("set_up", stdout=self.stdout)

        manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
        environment = {**os.environ, "BASE_URL": f"http://localhost:{port}"}
        children = [
            subprocess.Popen([*manage, *arguments], env=environment)  # noqa: S603 - our own commands
            for arguments in [
                ["runserver", f"127.0.0.1:{port}"],
                ["tick", "--every", "60"],
            ]
        ]
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            self.wait_for(children[0], port)
            self.say_where(port)
            children[0].wait()
        except KeyboardInterrupt:
            self.stdout.write("")
        finally:
            for child in children:
                child.terminate()
            for child in children:
                child.wait()

    def wait_for(self, server, port):
        """Until the site answers, so that what is printed last is true."""
        deadline = time.monotonic() + WAIT
        while time.monotonic() < deadline and server.poll() is None:
            try:
                urlopen(f"http://127.0.0.1:{port}/robots.txt", timeout=5)
            except (URLError, OSError):
                time.sleep(0.3)
            else:
                return
        sys.exit(f"The site does not answer on port {port}. Is something else there?")

    def say_where(self, port):
        self.stdout.write("")
        call_command("ensure_admin", stdout=self.stdout)
        self.stdout.write(
            f"""
  The site    http://localhost:{port}/
  The admin   http://localhost:{port}/admin/

  Next: open the site; sign in to the admin and see "Before launch".
  `make admin` gives a new password, `make demo` adds examples.
  Stop with Ctrl-C.
"""
        )
