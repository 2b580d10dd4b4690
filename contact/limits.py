"""
How often one address may send something, without keeping any address.

What is kept is a keyed hash, in the cache alone, under a random key that is thrown away
each day: nobody can tell afterwards who it was, or that two days were the same person.
"""

import hmac
import secrets
import time
from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

DAY = 24 * 60 * 60  # seconds
LONGEST_STOP = 30  # days for which the clock may have stood still
ONE_SUBSCRIBER = 64  # bits: whoever has one IPv6 address has all that begin like it


def within(request: HttpRequest, name: str, limit: int, seconds: int) -> bool:
    """
    Whether whoever asks has done this at most `limit` times in this stretch of `seconds`.

    Each call counts as one time. Be generous: a clinic's fifteen people sit behind one
    address. Two that come at the same instant may count as one.
    """
    stretch = int(time.time() // seconds)
    counter = f"limits.{name}.{stretch}.{_disguised(address_of(request))}"
    times = cache.get(counter, 0) + 1
    # Not `incr`, which gives a counter in the database another end than its own.
    cache.set(counter, times, seconds)
    return times <= limit


def address_of(request: HttpRequest) -> str:
    """
    Where a request comes from, as far as proxies of ours vouch for it.

    Each proxy adds, at the end, the address that it was asked from. Only what one of ours
    has added is believed; anything before that, a visitor may have written.
    """
    address = _parsed(request.META.get("REMOTE_ADDR", ""))
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    while forwarded and _is_ours(address):
        before = _parsed(forwarded.pop())
        if before is None:
            break
        address = before
    if isinstance(address, IPv6Address):
        return str(ip_network((address, ONE_SUBSCRIBER), strict=False))
    return str(address)


def _parsed(text):
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_ours(address):
    return address is not None and any(
        address in network for network in settings.TRUSTED_PROXIES
    )


def forget_past_days():
    """Throw the keys of past days away: a cache in the database keeps what is out of date."""
    today = timezone.localdate()
    cache.delete_many(
        _name_of_key(today - timedelta(days=days)) for days in range(1, LONGEST_STOP)
    )


def _name_of_key(day):
    return f"limits.key.{day}"


def _disguised(address):
    name = _name_of_key(timezone.localdate())
    key = cache.get_or_set(name, lambda: secrets.token_hex(32), DAY)
    return hmac.digest(key.encode(), address.encode(), "sha256").hex()
