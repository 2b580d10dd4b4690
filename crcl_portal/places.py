"""Where rows, counters and files are kept, by an address: on this machine, or where several share them."""

from urllib.parse import parse_qsl, urlsplit

import dj_database_url

# A server that has vanished is given up after half a minute; libpq would wait for hours.
GIVE_UP = {
    "connect_timeout": 10,  # seconds, as the two below
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,  # milliseconds
}


def database(url):
    """`postgres://` or `sqlite://`; what stands behind a question mark goes to its library."""
    parsed = dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
    if parsed["ENGINE"].endswith("postgresql"):
        parsed["OPTIONS"] = GIVE_UP | parsed.get("OPTIONS", {})
    return parsed


def cache(url, alias, entries):
    """A table of the database, or `redis://` or `rediss://`."""
    if url:
        return {
            "BACKEND": "core.caches.PatientRedisCache",
            "LOCATION": url,
            "KEY_PREFIX": alias,
            # Seconds: a page that waits longer would rather do without.
            "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
        }
    return {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": f"cache_{alias}",
        "OPTIONS": {"MAX_ENTRIES": entries},
    }


def files(url):
    """
    A folder of this machine, or `s3://bucket/folder?endpoint_url=…&region_name=…`.

    Whoever may read and write there is said by AWS_ACCESS_KEY_ID and its like.
    """
    if not url:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    parts = urlsplit(url)
    options = {"bucket_name": parts.netloc, "location": parts.path.strip("/")}
    return {
        "BACKEND": "core.storage.BucketStorage",
        "OPTIONS": options | dict(parse_qsl(parts.query)),
    }
