"""
Settings of the portal: safe in production as they stand.

Every difference between one machine and another comes from the environment
(`.env.example` lists each name); nothing here asks where it is running.
"""

from ipaddress import ip_network
from pathlib import Path

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.utils.translation import gettext_lazy as _
from environs import FileAwareEnv

from crcl_portal import places

BASE_DIR = Path(__file__).resolve().parent.parent

env = FileAwareEnv(strip_whitespace=True)  # NAME_FILE may name a file that holds it
env.read_env(BASE_DIR / ".env", recurse=False)

# What differs from machine to machine
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY")
FIELD_KEYS = env.list("FIELD_KEYS")  # seal personal columns; the newest comes first
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
HTTPS = env.bool("HTTPS", default=True)
# Only what these say of where a visitor comes from is believed
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", subcast=ip_network, default=[])
BASE_URL = env.str("BASE_URL")
DATABASE_URL = env.str("DATABASE_URL")
DATABASES = {"default": places.database(DATABASE_URL)}

# Applications: each may import only from those below it
INSTALLED_APPS = [
    "home",
    "search",
    "backups",
    "contact",
    "programs",
    "trainings",
    "committee",
    "mailing",
    "records",
    "core",
    "accounts",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks_db",
    "csp",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "core.logs.RequestLog",
    "core.health.Health",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "core.middleware.PolicyByPath",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "core.middleware.ReadableRequest",
    "core.middleware.AdminQueries",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.LanguageFromAddress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.middleware.LiveRedirects",
    "core.publishing.ExplainRefusals",
]

ROOT_URLCONF = "crcl_portal.urls"
WSGI_APPLICATION = "crcl_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "core.templatetags.languages",
                "core.templatetags.portal",
                "wagtail.templatetags.wagtailcore_tags",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# People who sign in
AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in [
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    ]
]
ADMIN_EMAIL = env.str("ADMIN_EMAIL", default="admin@example.gov")
LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "wagtailadmin_login"  # one door for staff
LOGIN_REDIRECT_URL = "wagtailadmin_home"
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24 * 3  # seconds: an invitation lasts three days

# Languages: the address alone says which one a page is in
LANGUAGE_CODE = "en"  # "en-us" would make Wagtail's first locale something else
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("en", _("English")),
    ("es", _("Spanish")),
    ("ar", _("Arabic")),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
# An untranslated page must never go live in English under another language.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
TIME_ZONE = "America/New_York"  # "Eastern time", for visitors and all staff alike
USE_TZ = True
WAGTAIL_USER_TIME_ZONES = ["America/New_York"]

# Files
STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=BASE_DIR / "collected")
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=BASE_DIR / "media")
STORAGES = {
    "default": places.files(env.str("FILES_URL", default="")),
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]  # SVG can run script
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024  # bytes
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "pdf", "pptx", "txt", "vtt", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024  # bytes
WAGTAILDOCS_INLINE_CONTENT_TYPES = []  # a PDF too: what opens here is ours
WAGTAILDOCS_SERVE_METHOD = "serve_view"  # as an attachment, under its own policy

# Backups: encrypted to this age key; the secret one is needed only to read them
BACKUP_ROOT = env.path("BACKUP_ROOT", default=BASE_DIR / "backup-files")
BACKUP_KEY = env.str("BACKUP_KEY", default="")

# Caches: whoever fills "pages" must not push a counter out of "default"
CACHES = {
    "default": places.cache(env.str("CACHE_URL", default=""), "default", 1_000_000),
    "pages": places.cache(env.str("PAGE_CACHE_URL", default=""), "pages", 10_000),
}

# Work that can wait: at once, or by `manage.py db_worker`
TASKS = {
    "default": {
        "BACKEND": env.str(
            "TASK_BACKEND", default="django_tasks.backends.immediate.ImmediateBackend"
        )
    }
}

# Mail: with no EMAIL_HOST, staff hand over sign-in links themselves
EMAIL_BACKEND = "accounts.mail.PatientBackend"  # a dead server breaks no act
OUTBOX_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # the outbox must hear
MAIL_AT_ONCE = True  # beside the request; else the clock sends it within a minute
EMAIL_HOST = env.str("EMAIL_HOST", default="")
EMAIL_PORT = env.int("EMAIL_PORT", default=587)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 10  # seconds; Django waits for ever by default
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("EMAIL_FROM", default="")

# Safety
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"  # no-referrer makes browsers send Origin: null
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # DENY blocks the editor's preview …
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # … which this check would have
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "contact.views.token_lost"  # costs nobody their words
SESSION_COOKIE_HTTPONLY = True
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # the page editor exceeds Django's 1,000
PERMISSIONS_POLICY = {
    feature: []
    for feature in [
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "payment",
        "usb",
    ]
}

# {static} and {media} become this host's own paths: 'self' would let uploads run.
PUBLIC_CSP = {
    "default-src": [NONE],
    "script-src": ["{static}"],
    "style-src": ["{static}"],
    "font-src": ["{static}"],
    "img-src": ["{static}", "{media}"],
    "connect-src": ["{robots}"],  # audits that look at a page from inside read it
    "form-action": [SELF],
    "frame-ancestors": [SELF],
    "base-uri": [NONE],
}
ADMIN_CSP = {
    "default-src": [NONE],
    "script-src": [SELF, UNSAFE_INLINE],  # why: docs/admin-csp.md
    "style-src": [SELF, UNSAFE_INLINE],
    "font-src": [SELF],
    "img-src": [SELF, "data:", "blob:"],
    "connect-src": [SELF],
    "form-action": [SELF],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
    "base-uri": [NONE],
}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": PUBLIC_CSP}

# Wagtail
WAGTAIL_SITE_NAME = "CRCL Immigration Section"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILIMAGES_IMAGE_MODEL = "core.PortalImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.upload_forms.PictureForm"
WAGTAILDOCS_DOCUMENT_MODEL = "core.PortalDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "core.upload_forms.DocumentForm"
WAGTAILREDIRECTS_AUTO_CREATE = False  # core.redirects does it, for live pages only
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["bold", "italic", "h3", "ol", "ul", "link"]},
    }
}
WAGTAILEMBEDS_FINDERS = []  # nothing is ever fetched from elsewhere
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}  # it is kept in clear
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILSEARCH_HITS_MAX_AGE = 90  # days
WAGTAILSEARCH_BACKENDS = {
    "default": {
        "BACKEND": "wagtail.search.backends.database",
        "SEARCH_CONFIG": "simple",  # words are made comparable in search.tokens
    }
}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Logs: no query string, no address, nothing a person wrote; nothing is ever mailed
DEFAULT_EXCEPTION_REPORTER = "records.reports.WithoutRequest"
DEFAULT_EXCEPTION_REPORTER_FILTER = "records.reports.WithoutValues"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "core.logs.JsonLines"},
        "line": {"format": "{levelname} {name} {message}", "style": "{"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": env.str("LOG_FORMAT", default="json"),
        },
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "portal": {"level": "INFO"},
        "django": {"handlers": ["stderr"], "propagate": False},
        "django.request": {"level": "ERROR"},  # portal.requests tells of the rest
        # Whoever names a host that is not ours is no fault, and may name anything.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
        "django.server": {"handlers": ["nowhere"], "propagate": False},  # query strings
    },
}
