"""What stands in front of the portal: whom it believes, what it lets pass, and what it keeps."""

import os
import socket
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.proxied import NGINX, STRANGER, TRUSTED, Proxy

pytestmark = pytest.mark.skipif(
    not (NGINX or os.environ.get("CI")), reason="NO PROXY: this machine has no nginx"
)


@pytest.fixture(scope="module")
def proxy(tmp_path_factory):
    assert NGINX, "CI wants the tests of the proxy: install nginx"
    proxy = Proxy(tmp_path_factory.mktemp("proxy"), TRUSTED_PROXIES=f"{TRUSTED}, ::1")
    with proxy.running():
        yield proxy


@pytest.fixture(scope="module")
def certified(tmp_path_factory):
    folder = tmp_path_factory.mktemp("certified")
    proxy = Proxy(folder, BASE_URL="https://portal.example.gov/")
    proxy.certify()
    with proxy.running():
        yield proxy


def test_visitors_of_one_page_pass_side_by_side(proxy):
    began = time.monotonic()
    with ThreadPoolExecutor(20) as visitors:
        answers = list(visitors.map(proxy.ask, ["/slow"] * 20))

    assert {each.status for each in answers} == {200}
    assert time.monotonic() - began < 3  # one after the other it would be ten seconds


def test_what_a_visitor_says_of_themselves_is_not_believed(proxy):
    lies = {"X_Forwarded_For": "203.0.113.9", "X_Forwarded_Proto": "https"}
    reached = proxy.ask("/", **lies).reached

    assert reached["X-Forwarded-For"] == f"203.0.113.9, {STRANGER}"
    assert reached["X-Forwarded-Proto"] == "http"


def test_a_proxy_of_ours_before_this_one_is_believed(proxy):
    """Else the portal would send everybody to HTTPS, where they have come from."""
    said = {"X_Forwarded_For": "192.0.2.1, 203.0.113.9", "X_Forwarded_Proto": "https"}
    reached = proxy.ask("/", by=TRUSTED, **said).reached

    assert reached["X-Forwarded-For"].endswith(", 203.0.113.9")
    assert reached["X-Forwarded-Proto"] == "https"


def test_its_log_tells_of_nobody(proxy):
    for path in [
        "/search/?q=jail",
        "/admin/password_reset/confirm/Mw/a-token/",
        "/about/lovelace@example.org/",
    ]:
        assert proxy.ask(path, X_Forwarded_For="203.0.113.9").status == 200

    told = "".join(line for line in proxy.log.splitlines() if line.startswith("{"))
    assert '"path":"/search/"' in told
    for words in ["jail", "a-token", "Mw/", "lovelace", "203.0.113.9", STRANGER]:
        assert words not in told


def test_what_may_be_kept_is_kept_for_each_host_and_for_nobody_signed_in(proxy):
    first = proxy.ask("/kept/?a=b").number
    assert proxy.ask("/kept/?a=b").number == first

    others = [
        proxy.ask("/kept/?a=c"),
        proxy.ask("/kept/?a=b", Host="portal.example.gov:8443"),
        proxy.ask("/kept/?a=b", Host="portal.example.gov"),
        proxy.ask("/kept/?a=b", by=TRUSTED, X_Forwarded_Proto="https"),
        proxy.ask("/kept/?a=b", Cookie="sessionid=a"),
    ]
    assert len({first, *(each.number for each in others)}) == 6
    assert proxy.ask("/cookie/").number != proxy.ask("/cookie/").number
    assert proxy.ask("/not-said/").number != proxy.ask("/not-said/").number


def test_more_than_a_form_can_hold_is_refused_but_for_uploads_of_staff(proxy):
    body = b"a" * 2_000_000

    assert proxy.ask("/interest/check/", method="POST", body=body).status == 413
    assert proxy.ask("/admin/images/add/", method="POST", body=body).status == 200


def test_it_says_that_it_lives_without_asking_the_portal(proxy):
    assert proxy.ask("/healthz/proxy").text == "alive\n"


def test_where_no_portal_answers_a_page_says_so(tmp_path):
    with Proxy(tmp_path).running() as proxy:
        proxy.stop_portal()
        for asked in [
            proxy.ask("/"),
            proxy.ask("/interest/", method="POST", body="a"),
            proxy.ask("/static/none.css"),
            proxy.ask("/media/images/none.png"),
        ]:
            assert (asked.status, asked.text) == (503, "Nobody answers")
            assert asked.headers["Retry-After"] == "60"
            assert asked.headers["Content-Type"] == "text/html"
            assert asked.headers["Cache-Control"] == "no-store"
        assert proxy.ask("/healthz/proxy").status == 200


def test_without_tls_everybody_is_sent_to_our_own_address(certified):
    for host in ["portal.example.gov", "evil.example", "portal.example.gov:8080"]:
        sent = certified.ask("/interest/?a=b", Host=host)
        assert sent.status == 301
        assert sent.headers["Location"] == "https://portal.example.gov/interest/?a=b"

    assert certified.ask("/healthz/ready").reached["X-Forwarded-Proto"] == "http"


def test_a_folder_for_certificates_without_one_is_no_folder_without_tls(tmp_path):
    proxy = Proxy(tmp_path, BASE_URL="https://localhost")
    proxy.certify()
    (tmp_path / "portal/tls/certificate.pem").rename(tmp_path / "portal/tls/chain.pem")
    refusing = proxy.start(stderr=subprocess.PIPE)

    assert "must have a certificate.pem" in refusing.communicate(timeout=20)[1]


def test_an_odd_handshake_leaves_no_address_in_the_log(certified):
    hello = bytes.fromhex("1603010005010000010303")  # begins, and is none
    for odd in [hello, b"\x16\x03\x01\x00\x02\x01\x00", b"GET / HTTP/1.0\r\n\r\n"]:
        with socket.create_connection(("127.0.0.1", certified.secure), 5) as asking:
            asking.sendall(odd)
            asking.shutdown(socket.SHUT_WR)
            asking.recv(1000)

    assert certified.ask("/", tls=True).status == 200
    assert "127.0.0.1" not in certified.log


def test_with_tls_the_portal_hears_of_it(certified):
    assert certified.ask("/", tls=True).reached["X-Forwarded-Proto"] == "https"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"BASE_URL": "http://localhost"}, "BASE_URL must begin with https://"),
        ({"BASE_URL": "https://a'; return 200"}, "BASE_URL is no address"),
        ({"HTTPS": "no"}, "HTTPS must be True"),
        ({"HTTPS": "FALSE"}, "HTTPS must be True"),
        ({"TRUSTED_PROXIES": "10.0.0.0/8,our-proxy"}, "no address in our-proxy"),
    ],
)
def test_what_it_is_told_wrongly_it_says_before_it_starts(tmp_path, said, why):
    proxy = Proxy(tmp_path, **({"BASE_URL": "https://localhost"} | said))
    proxy.certify()
    refusing = proxy.start(stderr=subprocess.PIPE)

    _, told = refusing.communicate(timeout=20)
    assert refusing.returncode == 1
    assert why in told
