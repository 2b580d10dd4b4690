"""Letting colleagues in and out, with and without a mail server."""

import re

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from accounts.models import User
from accounts.roles import ADMINISTRATOR, EDITOR, PUBLISHER

PASSWORD = "a long pass phrase"


def make(role, email=None, **fields):
    user = User.objects.create_user(
        email or f"{role.lower()}@example.gov", PASSWORD, **fields
    )
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def by_administrator(home, client):
    """A client signed in by role, not as a superuser."""
    client.force_login(make(ADMINISTRATOR, first_name="Ada"))
    return client


def sign_in(client, email, password=PASSWORD):
    sent = {"username": email, "password": password}
    return client.post(reverse("wagtailadmin_login"), sent, follow=True)


def signed_in(client):
    return client.get("/admin/").status_code == 200


def link_in(response):
    return re.search(
        r'value="http://testserver(/admin/password_reset/confirm/[^"]+)"', response.text
    )[1]


def follow(client, link, password=PASSWORD):
    """Opens a sign-in link as its reader does, and chooses a password."""
    form = client.get(link, follow=True)
    sent = {"new_password1": password, "new_password2": password}
    return client.post(form.wsgi_request.path, sent, follow=True)


@pytest.mark.parametrize("typed", ["editor@example.gov", "Editor@Example.GOV"])
def test_the_address_signs_in_however_it_is_capitalised(home, client, typed):
    make(EDITOR)
    sign_in(client, typed)

    assert signed_in(client)


def test_one_address_is_one_account_however_it_is_capitalised(by_administrator):
    make(EDITOR)
    sent = {"email": "EDITOR@example.gov", "first_name": "E", "last_name": "D"}
    sent["groups"] = [Group.objects.get(name=EDITOR).pk]
    response = by_administrator.post("/admin/users/new/", sent)

    assert "already exists" in response.text
    assert User.objects.filter(email__iexact="editor@example.gov").count() == 1


def test_nobody_takes_a_colleagues_address_in_capitals(home, client):
    make(EDITOR)
    me = make(PUBLISHER)
    client.force_login(me)
    sent = {
        "name_email-email": "EDITOR@example.gov",
        "name_email-first_name": "P",
        "name_email-last_name": "B",
        "locale-preferred_language": "",
        "locale-current_time_zone": "",
    }
    response = client.post("/admin/account/", sent)
    me.refresh_from_db()

    assert "already exists" in response.text
    assert me.email == "publisher@example.gov"


def test_a_colleague_is_let_in_without_mail_and_without_a_typed_password(
    by_administrator, client
):
    form = by_administrator.get("/admin/users/new/")
    assert 'type="password"' not in form.text

    sent = {"email": "new@example.gov", "first_name": "Noor", "last_name": "New"}
    sent["groups"] = [Group.objects.get(name=EDITOR).pk]
    offered = by_administrator.post("/admin/users/new/", sent, follow=True)
    shown = by_administrator.post(offered.wsgi_request.path)
    link = link_in(shown)
    assert "no-store" in shown["Cache-Control"]
    assert not mail.outbox

    client.logout()
    follow(client, link)
    sign_in(client, "new@example.gov")
    assert signed_in(client)


def test_a_sign_in_link_works_once(by_administrator, client):
    user = make(EDITOR)
    link = link_in(by_administrator.post(f"/admin/users/sign-in-link/{user.pk}/"))
    client.logout()
    follow(client, link)

    assert "invalid" in client.get(link, follow=True).text


def test_a_sign_in_link_is_not_made_by_looking_and_is_kept_in_the_history(
    by_administrator,
):
    user = make(EDITOR)
    address = f"/admin/users/sign-in-link/{user.pk}/"
    assert "password_reset/confirm" not in by_administrator.get(address).text
    assert (
        "Gave a sign-in link"
        not in by_administrator.get(f"/admin/users/history/{user.pk}/").text
    )

    by_administrator.post(address)
    assert (
        "Gave a sign-in link"
        in by_administrator.get(f"/admin/users/history/{user.pk}/").text
    )


def test_the_list_and_the_account_offer_a_sign_in_link(by_administrator):
    user = make(EDITOR)
    address = f"/admin/users/sign-in-link/{user.pk}/"

    assert address in by_administrator.get("/admin/users/").text
    assert address in by_administrator.get(f"/admin/users/edit/{user.pk}/").text


@pytest.mark.parametrize("role", [EDITOR, PUBLISHER])
def test_only_administrators_make_sign_in_links(home, client, role):
    client.force_login(make(role))
    user = make(ADMINISTRATOR)
    response = client.post(f"/admin/users/sign-in-link/{user.pk}/")

    assert "password_reset/confirm" not in response.text


def test_an_account_switched_off_gets_no_link(by_administrator):
    user = make(EDITOR, is_active=False)
    response = by_administrator.post(f"/admin/users/sign-in-link/{user.pk}/")

    assert "switched off" in response.text
    assert "password_reset/confirm" not in response.text


@pytest.mark.parametrize(
    "address",
    [
        "users/edit/{}/",
        "users/sign-in-link/{}/",
        "bulk/accounts/user/set_active_state/?id={}",
    ],
)
def test_a_superusers_account_is_left_alone_by_administrators(
    by_administrator, administrator, address
):
    sent = {
        "mark_as_active": "False",
        "email": "taken@example.gov",
        "first_name": "T",
        "last_name": "N",
    }
    sent["groups"] = [Group.objects.get(name=EDITOR).pk]
    response = by_administrator.post("/admin/" + address.format(administrator.pk), sent)
    administrator.refresh_from_db()

    assert "password_reset/confirm" not in response.text
    assert administrator.is_active
    assert administrator.email == "admin@example.gov"


@pytest.mark.parametrize(
    "address", ["/admin/users/delete/{}/", "/admin/bulk/accounts/user/delete/?id={}"]
)
def test_accounts_are_never_deleted_and_the_reason_is_given(
    home, admin_client, address
):
    user = make(EDITOR)
    response = admin_client.post(address.format(user.pk), follow=True)

    assert "never deleted" in response.text
    assert User.objects.filter(pk=user.pk).exists()


def test_an_account_is_switched_off(by_administrator, client):
    user = make(EDITOR)
    sent = {"email": user.email, "first_name": "E", "last_name": "D"}
    sent["groups"] = [Group.objects.get(name=EDITOR).pk]
    by_administrator.post(f"/admin/users/edit/{user.pk}/", sent)
    client.logout()
    sign_in(client, user.email)

    assert not signed_in(client)


def test_administrators_cannot_lock_themselves_out(by_administrator):
    me = User.objects.get(groups__name=ADMINISTRATOR)
    sent = {"email": me.email, "first_name": "Ada", "last_name": "L"}
    sent["groups"] = [Group.objects.get(name=EDITOR).pk]
    by_administrator.post(f"/admin/users/edit/{me.pk}/", sent)
    by_administrator.post(
        f"/admin/bulk/accounts/user/set_active_state/?id={me.pk}",
        {"mark_as_active": "False"},
    )

    assert me.groups.get().name == ADMINISTRATOR
    assert signed_in(by_administrator)


def test_without_mail_a_forgotten_password_leads_to_an_administrator(
    home, client, settings
):
    settings.EMAIL_HOST = ""

    assert "Ask an administrator" in client.get("/admin/login/").text
    assert "Ask an administrator" in client.get("/admin/password_reset/").text


def test_with_mail_a_forgotten_password_is_mended_by_mail(
    by_administrator, client, settings
):
    settings.EMAIL_HOST = "mail.example.gov"
    sent = {"email": "new@example.gov", "first_name": "Noor", "last_name": "New"}
    sent["groups"] = [Group.objects.get(name=EDITOR).pk]
    by_administrator.post("/admin/users/new/", sent)
    client.logout()
    assert reverse("wagtailadmin_password_reset") in client.get("/admin/login/").text

    client.post("/admin/password_reset/", {"email": "NEW@example.gov"})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
    follow(client, link)
    sign_in(client, "new@example.gov")
    assert signed_in(client)


def test_the_first_start_makes_an_administrator_and_shows_the_password_once(
    home, client, capsys
):
    call_command("ensure_admin", email="Chief@example.gov")
    password = re.search(r"Password\s+(\S+)", capsys.readouterr().out)[1]
    call_command("ensure_admin")

    assert password not in capsys.readouterr().out
    sign_in(client, "chief@example.gov", password)
    assert signed_in(client)
    assert not User.objects.get().is_superuser


def test_a_lost_password_is_replaced_from_the_command_line(home, client, capsys):
    make(ADMINISTRATOR, "chief@example.gov", is_active=False)
    call_command("reset_admin", email="chief@example.gov")
    password = re.search(r"Password\s+(\S+)", capsys.readouterr().out)[1]
    sign_in(client, "chief@example.gov", password)

    assert signed_in(client)
