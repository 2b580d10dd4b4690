"""What a site has that takes Wagtail's own form builder: a project as `wagtail start` makes it."""

SETTINGS = """
import os, dj_database_url
SECRET_KEY = "only for a comparison, and long enough for that"
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "bare.urls"
DATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"], conn_max_age=600)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
WAGTAIL_SITE_NAME = "Bare"
WAGTAILADMIN_BASE_URL = os.environ["BASE_URL"]
USE_TZ = True
STATIC_URL = "/static/"
INSTALLED_APPS = [
    "bare", "wagtail.contrib.forms", "wagtail.contrib.redirects", "wagtail.embeds",
    "wagtail.sites", "wagtail.users", "wagtail.snippets", "wagtail.documents",
    "wagtail.images", "wagtail.search", "wagtail.admin", "wagtail", "modelcluster",
    "taggit", "django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes",
    "django.contrib.sessions", "django.contrib.messages", "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "APP_DIRS": True,
    "OPTIONS": {"context_processors": [
        "django.template.context_processors.request",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ]},
}]
"""
URLS = """
from django.urls import include, path
from wagtail import urls
urlpatterns = [path("", include(urls))]
"""
WSGI = """
import os
from django.core.wsgi import get_wsgi_application
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bare.settings")
application = get_wsgi_application()
"""
MODELS = """
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.contrib.forms.models import AbstractForm, AbstractFormField

class FormField(AbstractFormField):
    page = ParentalKey("FormPage", on_delete=models.CASCADE, related_name="form_fields")

class FormPage(AbstractForm):
    pass
"""
PAGE = """{% load wagtailcore_tags %}<!doctype html><html lang="en"><head><title>{{ page.title }}
</title></head><body><h1>{{ page.title }}</h1><form action="{% pageurl page %}" method="post">
{% csrf_token %}{{ form.as_p }}<button>Send</button></form></body></html>
"""
LANDING = """<!doctype html><html lang="en"><head><title>Thank you</title></head><body>
<h1>Thank you</h1></body></html>
"""
SEED = """
import django
django.setup()
from bare.models import FormField, FormPage
from wagtail.models import Page, Site
page = FormPage(title="Tell us", slug="tell-us")
Site.objects.get().root_page.add_child(instance=page)
for label, kind, choices in [
    ("Wants", "checkboxes", "committee,other"), ("Name", "singleline", ""),
    ("Organization", "singleline", ""), ("Role", "singleline", ""), ("Email", "email", ""),
    ("Phone", "singleline", ""), ("Post", "multiline", ""),
    ("Reachable by", "radio", "email,phone,post"),
    ("Preferred language", "dropdown", "en,es,other"), ("Other language", "singleline", ""),
    ("For someone else", "checkbox", ""), ("Statement", "multiline", ""),
]:
    FormField.objects.create(
        page=page, label=label, field_type=kind, choices=choices, required=False
    )
"""


def write_to(folder):
    """Puts the project into a folder, from which it can be run."""
    files = {
        "__init__.py": "",
        "settings.py": SETTINGS,
        "urls.py": URLS,
        "wsgi.py": WSGI,
        "models.py": MODELS,
        "seed.py": SEED,
        "migrations/__init__.py": "",
        "templates/bare/form_page.html": PAGE,
        "templates/bare/form_page_landing.html": LANDING,
    }
    for name, text in files.items():
        path = folder / "bare" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
