"""A site with one page of every type, made once for all laws of a module."""

import pytest
from django.db import transaction
from django.test import Client
from wagtail.models import Site

from accounts.models import User
from core.models import BasePage
from home.models import HomePage
from tests import factories


def page_types():
    """Every page type there is: a new one joins the laws without being asked."""
    return sorted(
        (model for model in _below(BasePage) if not model._meta.abstract),
        key=lambda model: model.__name__,
    )


def _below(model):
    for each in model.__subclasses__():
        yield each
        yield from _below(each)


EVERY_PAGE_TYPE = pytest.mark.parametrize(
    "page_type", page_types(), ids=lambda model: model.__name__
)


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """Pages by type, in one transaction that is undone after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        Site.clear_site_root_paths_cache()
        home = HomePage.objects.get()
        pages = {}
        for model in page_types():
            make = factories.PAGE_MAKERS.get(model)
            assert make, f"{model.__name__} has no factory in tests/factories.py"
            pages[model] = make(home)
        User.objects.create_superuser("laws@example.gov", "a long pass phrase")
        yield pages
        transaction.set_rollback(True)


@pytest.fixture
def html(site, db):
    """What a visitor gets of a page of some type."""

    def get(page_type):
        response = Client().get(site[page_type].url)
        assert response.status_code == 200
        return response.text

    return get


@pytest.fixture
def editor(site, db):
    """A client signed in as somebody who may edit everything."""
    client = Client()
    client.force_login(User.objects.get(email="laws@example.gov"))
    return client
