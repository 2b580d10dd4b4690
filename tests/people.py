"""Records about people, and people who work here, as tests make them."""

from uuid import uuid4

import factory
from django.contrib.auth.models import Group
from django.db import connection

from accounts.models import User
from contact.models import Interest
from records.hashes import exact_hash, name_tags


class InterestFactory(factory.django.DjangoModelFactory):
    """What somebody sent who would like to take part."""

    class Meta:
        model = Interest

    nonce = factory.LazyFunction(uuid4)
    wants_committee = True
    reachable_by = "email"
    preferred_language = written_in = "en"
    name = "Ada Lovelace"
    email = "ada@example.org"
    email_hash = factory.LazyAttribute(lambda it: exact_hash(it.email, "email"))
    name_tags = factory.LazyAttribute(lambda it: name_tags(it.name))


def somebody(role):
    """An account in a role."""
    user = User.objects.create_user(f"{role.split()[0].lower()}@example.gov", "x")
    user.groups.add(Group.objects.get(name=role))
    return user


def copy(interest, first, last):
    """As many records more, each with a reference of its own."""
    names = [field.column for field in Interest._meta.concrete_fields[1:]]
    own = {"reference": "'EOI-' || n", "nonce": "gen_random_uuid()"}
    columns = ", ".join(names)
    values = ", ".join(own.get(name, name) for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO contact_interest ({columns}) SELECT {values} "  # noqa: S608 - names of our columns
            "FROM contact_interest, generate_series(%s, %s) n WHERE id = %s",
            [first, last, interest.pk],
        )
