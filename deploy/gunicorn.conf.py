"""How many answer at once, and how they end; WEB_CONCURRENCY says how many processes."""

bind = "0.0.0.0:8000"  # TCP: over a socket file every visitor's address would be empty
worker_class = "gthread"
threads = 8
worker_tmp_dir = "/dev/shm"  # noqa: S108 - the only place that is never a disk
graceful_timeout = 30  # seconds in which what has begun is finished
timeout = 60
control_socket_disable = True  # nobody talks to it, and it would want a place to write
max_requests, max_requests_jitter = 5000, 500
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "core.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "gunicorn.error": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "gunicorn.access": {"handlers": [], "propagate": False},
    },
}
