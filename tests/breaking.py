"""An application that breaks, for who is to tell of it."""


def application(environ, start_response):
    raise RuntimeError("Grace Hopper")
