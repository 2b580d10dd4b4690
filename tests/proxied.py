"""The real nginx with our files, before a portal that only says what reached it."""

import datetime
import json
import os
import shutil
import subprocess
import time
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import CERT_NONE, create_default_context
from threading import Thread
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.running import ROOT, free_port

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
FILES = ROOT / "deploy" / "nginx"
# Whose address a visitor has, and one that is a proxy before ours.
STRANGER, TRUSTED = "127.0.0.1", "127.0.0.3"


class Answer(NamedTuple):
    status: int
    headers: dict
    text: str

    @property
    def reached(self):
        """The headers of the request, as the portal got them."""
        return json.loads(self.text)["headers"]

    @property
    def number(self):
        """The how manieth request of the portal it was."""
        return json.loads(self.text)["number"]


class _Portal(BaseHTTPRequestHandler):
    """Says what it was asked; `/slow` after a while, `/kept` for everybody, `/cookie` for one."""

    protocol_version = "HTTP/1.1"
    number = 0

    def do_GET(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path.startswith("/slow"):
            time.sleep(0.5)
        _Portal.number += 1
        said = json.dumps({"headers": dict(self.headers), "number": _Portal.number})
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        if self.path.startswith(("/kept", "/cookie")):
            self.send_header("Cache-Control", "s-maxage=60")
        if self.path.startswith("/cookie"):
            self.send_header("Set-Cookie", "a=b")
        self.end_headers()
        self.wfile.write(said.encode())

    def do_POST(self):
        self.do_GET()

    def log_message(self, *_):
        """Nothing."""


class Proxy:
    """Our proxy's files in a folder of their own, at ports of their own."""

    def __init__(self, folder, **said):
        self.folder, self.plain, self.secure = folder, free_port(), free_port()
        self._portal = ThreadingHTTPServer(("127.0.0.1", 0), _Portal)
        self._said = said
        for name in ["tmp", "bodies", "srv/static", "srv/media/images", "srv/pages"]:
            (folder / name).mkdir(parents=True)
        (folder / "srv/pages/503.html").write_text("Nobody answers")
        shutil.copytree(FILES, folder / "portal")
        for path in (folder / "portal").iterdir():
            path.write_text(self._moved(path.read_text()))

    def _moved(self, text):
        there = {
            place: f"{self.folder}{place}"
            for place in ["/tmp/", "/srv/", "/bodies"]  # noqa: S108 - none of this machine's
        }
        there |= {
            "/etc/portal": f"{self.folder}/portal",
            "listen 8080": f"listen {self.plain}",
            "listen 8443": f"listen {self.secure}",
            "web:8000": "{}:{}".format(*self._portal.server_address),
        }
        if os.geteuid() == 0:  # else its workers could not read this folder
            there["daemon off;"] = "daemon off; user root;"
        for name, moved in there.items():
            text = text.replace(name, moved)
        return text

    def certify(self):
        """Mount a certificate, which only its name vouches for."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
        now = datetime.datetime.now(datetime.UTC)
        made = x509.CertificateBuilder(name, name, key.public_key(), 1)
        made = made.not_valid_before(now).not_valid_after(
            now + datetime.timedelta(days=1)
        )
        folder = self.folder / "portal" / "tls"
        folder.mkdir()
        (folder / "certificate.pem").write_bytes(
            made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        )
        (folder / "key.pem").write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )

    def start(self, **options):
        return subprocess.Popen(
            ["/bin/sh", self.folder / "portal/start.sh"],
            env={"PATH": f"{os.environ['PATH']}:/usr/sbin"} | self._said,
            text=True,
            **options,
        )

    @contextmanager
    def running(self):
        answering = Thread(target=self._portal.serve_forever)
        answering.start()
        with (self.folder / "log").open("w") as log:
            nginx = self.start(stdout=log, stderr=log)
            try:
                self._until_it_answers(nginx)
                yield self
            finally:
                nginx.terminate()
                nginx.wait()
                self.stop_portal()
                answering.join()

    def _until_it_answers(self, nginx):
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            assert nginx.poll() is None, (self.folder / "log").read_text()
            try:
                if self.ask("/healthz/proxy").status == 200:
                    return
            except OSError:
                time.sleep(0.05)
        raise TimeoutError("nginx")

    def stop_portal(self):
        self._portal.shutdown()
        self._portal.server_close()

    def ask(self, path, *, tls=False, by=STRANGER, method="GET", body=None, **headers):
        headers = {name.replace("_", "-"): each for name, each in headers.items()}
        options = {"timeout": 30, "source_address": (by, 0)}
        if tls:
            trusting = create_default_context()
            trusting.check_hostname, trusting.verify_mode = False, CERT_NONE
            asked = HTTPSConnection(
                "127.0.0.1", self.secure, context=trusting, **options
            )
        else:
            asked = HTTPConnection("127.0.0.1", self.plain, **options)
        try:
            asked.request(method, path, body, headers)
            got = asked.getresponse()
            return Answer(got.status, dict(got.headers), got.read().decode())
        finally:
            asked.close()

    @property
    def log(self):
        return (self.folder / "log").read_text()
