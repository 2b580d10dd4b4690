import os
import threading
from io import StringIO

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import translation
from wagtail.models import Locale, Page, Site
from wagtail.signal_handlers import (
    disable_reference_index_auto_update,
    reference_index_auto_update_disabled,
)

from accounts.models import User
from home.models import HomePage
from tests import factories
from tests.database import content_template, copy, drop, on_sqlite, template
from tests.leaving import _nothing_leaves, guard  # noqa: F401 - for every test


def pytest_configure(config):
    """What all tests stand on is made while they are still being collected."""
    options = config.option
    is_worker = hasattr(config, "workerinput")
    there = options.reuse_db and not options.create_db
    if not (is_worker or there or options.collectonly or on_sqlite()):
        in_many_processes = getattr(options, "numprocesses", None)
        made = content_template if in_many_processes else template
        threading.Thread(target=made).start()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """What takes longest begins first, so that nobody waits for it in the end."""
    first = ["browser", "long"]
    items.sort(key=lambda item: [not item.get_closest_marker(name) for name in first])


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, django_db_keepdb, django_db_createdb
):
    """The tables are a copy, instead of made once more by each process."""
    there = django_db_keepdb and not django_db_createdb
    if not (there or on_sqlite()):
        copy = {"TEMPLATE": template(), "MIGRATE": False}
        connection.settings_dict["TEST"].update(copy)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The home page of `home` is made once, and each test undoes what it did to it."""
    with django_db_blocker.unblock():
        if not HomePage.objects.exists():
            Page.objects.filter(depth=2).delete()
            page = factories.HomePageFactory(parent=Page.objects.get(depth=1))
            Site.objects.create(
                hostname="testserver",
                root_page=page,
                is_default_site=True,
                site_name="Portal",
            )


@pytest.fixture(scope="session", autouse=True)
def _without_references():
    """Few tests ask who uses a page or word; to know it costs a third of every save."""
    with disable_reference_index_auto_update():
        yield


@pytest.fixture
def references():
    """Uses of pages and words are counted, as on the real portal."""
    reference_index_auto_update_disabled.value = False
    yield
    reference_index_auto_update_disabled.value = True


@pytest.fixture(autouse=True)
def _in_english():
    """A request leaves its language behind in the thread of the tests."""
    with translation.override("en"):
        yield


@pytest.fixture
def home(db):
    """A live English home page, at the root of the site."""
    ContentType.objects.clear_cache()
    Site.clear_site_root_paths_cache()
    return HomePage.objects.get()


@pytest.fixture
def arabic(home):
    """The Arabic language, switched on, with a home page of its own."""
    return factories.language("ar", home)


@pytest.fixture
def spanish(home):
    """The Spanish language, switched on, with a home page of its own."""
    return factories.language("es", home)


@pytest.fixture
def english(db):
    return Locale.objects.get(language_code="en")


@pytest.fixture
def administrator(db):
    return User.objects.create_superuser("admin@example.gov", "a long pass phrase")


@pytest.fixture
def admin_client(client, administrator):
    """A client signed in as somebody who may do everything."""
    client.force_login(administrator)
    return client


def _forget():
    """What was remembered of one database is not true of another."""
    ContentType.objects.clear_cache()
    cache.clear()


@pytest.fixture(scope="module")
def content(django_db_setup, django_db_blocker):
    """The site's real words, in a database that for a module takes the place of the tests' own."""
    if on_sqlite():
        with django_db_blocker.unblock(), transaction.atomic():
            Page.objects.filter(depth=2).delete()
            call_command("load_content", stdout=StringIO())
            yield
            transaction.set_rollback(True)
        return
    name, own = f"content_{os.getpid()}", connection.settings_dict["NAME"]
    copy(name, content_template())
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = name
        _forget()
        yield
        connection.close()
        connection.settings_dict["NAME"] = own
        _forget()
    drop(name)


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """For threads that must see what others write; it is taken away again afterwards."""
    if connection.vendor != "postgresql":
        pytest.skip("one writer at a time, and a database in memory")
    with django_db_blocker.unblock():
        yield
        with connection.cursor() as cursor:
            cursor.execute(
                "SET session_replication_role = replica; "  # past what guards events
                "TRUNCATE contact_interest, contact_interesttopic, mailing_mail, "
                "mailing_machine, records_event"
            )
        connection.close()
