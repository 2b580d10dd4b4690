"""Small pictures, whole and damaged."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture(name="door.jpg", kept=1.0):
    """A picture as a browser uploads it; of its bytes only the first part, if damaged."""
    written = io.BytesIO()
    kind = "PNG" if name.endswith("png") else "JPEG"
    Image.effect_noise((120, 90), 90).convert("RGB").save(written, kind)
    content = written.getvalue()
    return SimpleUploadedFile(name, content[: int(len(content) * kept)])
