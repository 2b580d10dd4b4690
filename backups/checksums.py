"""What a file or a table holds, told by its checksum."""

import hashlib

CHUNK = 1024 * 1024  # bytes


class Summing:
    """Passes bytes on, if there is somebody to take them, and knows their SHA-256."""

    def __init__(self, target=None):
        self._target, self._sum = target, hashlib.sha256()

    def write(self, data):
        self._sum.update(data)
        if self._target:
            self._target.write(data)
        return len(data)

    @property
    def sha256(self):
        return self._sum.hexdigest()


def sha256_of(file, target=None):
    """The checksum of what a file holds, copied to a target on the way."""
    summing = Summing(target)
    while data := file.read(CHUNK):
        summing.write(data)
    return summing.sha256
