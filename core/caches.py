"""A cache on another machine that may be gone for a while."""

import logging

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def _patient(name, without):
    ask = getattr(RedisCache, name)

    def asked(self, *args, **options):
        try:
            return ask(self, *args, **options)
        except RedisError as fault:
            logger.error("The cache does not answer: %s", type(fault).__name__)
            return without(*args, **options)

    return asked


class PatientRedisCache(RedisCache):
    """Redis, without which pages are slower and sendings not counted, but nothing fails."""

    get = _patient("get", lambda key, default=None, version=None: default)
    get_many = _patient("get_many", lambda *_, **__: {})
    has_key = _patient("has_key", lambda *_, **__: False)
    add = _patient("add", lambda *_, **__: True)
    set = _patient("set", lambda *_, **__: None)
    set_many = _patient("set_many", lambda data, *_, **__: list(data))
    touch = _patient("touch", lambda *_, **__: False)
    delete = _patient("delete", lambda *_, **__: False)
    delete_many = _patient("delete_many", lambda *_, **__: None)
    clear = _patient("clear", lambda *_, **__: False)
