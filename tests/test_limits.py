"""How often one address may send something: counted, and no address kept."""

import os
import subprocess
import sys
from datetime import date
from ipaddress import ip_network

import pytest
from django.conf import settings as portal
from django.core.cache import cache
from django.core.management import call_command
from django.test import RequestFactory

from contact import limits
from contact.limits import within


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
    yield
    cache.clear()


def from_(address, forwarded=None):
    headers = {} if forwarded is None else {"x-forwarded-for": forwarded}
    return RequestFactory().post("/", REMOTE_ADDR=address, headers=headers)


def used_up(request, name="form"):
    """Sends once too often, from where a request comes."""
    assert [within(request, name, 2, 600) for _ in range(3)] == [True, True, False]


def free(request, name="form"):
    return within(request, name, 2, 600)


def test_so_many_get_through_and_the_next_one_waits():
    used_up(from_("192.0.2.7"))


def test_fifteen_people_of_one_clinic_get_through():
    assert all(within(from_("192.0.2.7"), "form", 40, 600) for _ in range(15))


def test_nobody_waits_for_somebody_else():
    used_up(from_("192.0.2.7"))

    assert free(from_("192.0.2.8"))


def test_what_is_limited_apart_is_counted_apart():
    used_up(from_("192.0.2.7"), name="one")

    assert free(from_("192.0.2.7"), name="another")


def test_whoever_waits_gets_through_later(monkeypatch):
    now = 1_000_000 * 600
    monkeypatch.setattr(limits.time, "time", lambda: now)
    used_up(from_("192.0.2.7"))

    monkeypatch.setattr(limits.time, "time", lambda: now + 600)
    assert free(from_("192.0.2.7"))


def test_a_whole_ipv6_subscriber_is_one_and_the_next_is_another():
    used_up(from_("2001:db8:1:2::7"))

    assert not free(from_("2001:db8:1:2:ffff:1:2:3"))
    assert free(from_("2001:db8:1:3::7"))


def test_an_ipv4_address_in_ipv6_clothes_is_itself():
    used_up(from_("::ffff:192.0.2.7"))

    assert not free(from_("192.0.2.7"))
    assert free(from_("::ffff:192.0.2.8"))


def test_what_a_visitor_says_of_their_address_is_not_believed():
    used_up(from_("192.0.2.7", forwarded="198.51.100.1"))

    assert not free(from_("192.0.2.7", forwarded="198.51.100.2"))


@pytest.mark.parametrize(
    ("forwarded", "believed"),
    [
        ("198.51.100.1", "198.51.100.1"),
        ("203.0.113.9, 198.51.100.1", "198.51.100.1"),  # the first is made up
        ("198.51.100.1, 10.1.2.3", "198.51.100.1"),  # two proxies of ours
        ("10.9.9.9, 198.51.100.1, 10.1.2.3", "198.51.100.1"),
        ("2001:db8:1:2::7", "2001:db8:1:2::/64"),
        ("", "10.0.0.1"),
        (None, "10.0.0.1"),
        ("unknown", "10.0.0.1"),
        ("198.51.100.1:443", "10.0.0.1"),
        ("\x00", "10.0.0.1"),
        (",,,", "10.0.0.1"),
        ("fe80::1%eth0", "fe80::/64"),
    ],
)
def test_our_proxies_are_believed_as_far_as_they_know(settings, forwarded, believed):
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/8")]

    assert limits.address_of(from_("10.0.0.1", forwarded)) == believed


@pytest.mark.parametrize("address", ["", "unix:", "not an address"])
def test_no_address_at_all_is_one_visitor_and_no_error(settings, address):
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/8"), ip_network("2001:db8::/32")]

    used_up(from_(address, forwarded="198.51.100.1"))


def test_no_address_is_in_the_cache():
    within(from_("192.0.2.7"), "form", 2, 600)
    within(from_("2001:db8:1:2::7"), "form", 2, 600)

    kept = f"{cache._cache}"
    assert "limits.form" in kept
    for address in ["192.0.2", "2001:db8", "2001:0db8", "c0000207"]:
        assert address not in kept


def test_nobody_is_the_same_the_next_day(monkeypatch):
    names = set()
    for day in [date(2026, 11, 25), date(2026, 11, 26)]:
        monkeypatch.setattr(limits.timezone, "localdate", lambda day=day: day)
        within(from_("192.0.2.7"), "form", 2, 10**9)
        names |= {name for name in cache._cache if "limits.form" in name}

    assert len(names) == 2


def test_the_clock_throws_away_the_keys_of_past_days(db, monkeypatch):
    """A cache in the database keeps what is out of date until it is full."""
    for day in [date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 26)]:
        monkeypatch.setattr(limits.timezone, "localdate", lambda day=day: day)
        within(from_("192.0.2.7"), "form", 2, 10**9)
    call_command("tick")

    keys = [name for name in cache._cache if "limits.key" in name]
    assert [name[-10:] for name in keys] == ["2026-11-26"]


def test_a_proxy_that_is_no_address_stops_the_start():
    started = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=portal.BASE_DIR,
        env=os.environ | {"TRUSTED_PROXIES": "10.0.0.0/8,our-proxy"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert started.returncode != 0
    assert "our-proxy" in started.stderr
