import os

from django.core.wsgi import get_wsgi_application

from core.patience import limit_waiting

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crcl_portal.settings")

limit_waiting()
application = get_wsgi_application()
