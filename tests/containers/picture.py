"""Saves a picture and a smaller copy of it in a portal's own storage; says where visitors find that."""

import sys
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image

from core.models import PortalImage

file = BytesIO()
Image.new("RGB", (900, 600), "navy").save(file, "PNG")
image = PortalImage.objects.create(
    title="A", description="Blue", file=ContentFile(file.getvalue(), "a.png")
)
sys.stdout.write(image.get_rendition("width-400|format-webp").url)
