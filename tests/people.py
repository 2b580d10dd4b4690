"""Records about people, as tests make them."""

from uuid import uuid4

import factory

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
