"""A person writes, and nothing is lost: the interest form from the first page to the reference."""

import re
import threading
from unittest import mock

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client

from contact.models import Interest
from core.models import PortalSettings
from records.models import Event
from tests import factories
from tests.interest import ANSWERS, check, hidden, send, start

REFERENCE = re.compile(r"EOI-\w{4}-\w{4}")


@pytest.fixture(autouse=True)
def _nobody_has_sent_yet():
    cache.clear()


@pytest.mark.on_sqlite_too
def test_what_is_sent_is_kept_and_the_reference_shown(client, home):
    response = send(client)

    kept = Interest.objects.get()
    assert response.redirect_chain == [("/interest/received/", 303)]
    assert kept.reference in response.text
    assert kept.name == "Ada Lovelace"
    assert kept.organization == "River Valley Workers’ Center"
    assert kept.statement == "We help workers.\nWe would like to take part."
    assert (kept.wants_committee, kept.wants_other) == (True, False)
    assert (kept.reachable_by, kept.written_in) == ("email", "en")
    assert [event.act for event in Event.objects.about(kept)] == ["received"]


def test_the_check_page_shows_everything_and_keeps_nothing(client, home):
    topic = factories.TopicFactory(name="Form I-9")
    response = check(client, topics=[str(topic.translation_key)])

    assert Interest.objects.count() == 0
    assert all(words in response.text for words in ["Ada", "River Valley", "Form I-9"])
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("answers", "way"),
    [
        ({"email": "", "phone": "711, then 202-555-0143 ext. 12"}, "phone"),
        ({"email": "", "post": "c/o Ana, APO AP 96549\nOverseas"}, "post"),
        ({"phone": "+52 55 1234 5678", "reachable_by": "phone"}, "phone"),
    ],
)
def test_a_phone_or_a_letter_is_enough(client, home, answers, way):
    send(client, **answers)

    kept = Interest.objects.get()
    assert kept.reachable_by == way
    for name in ["phone", "post"]:
        assert getattr(kept, name) == answers.get(name, "")


@pytest.mark.parametrize(
    ("answers", "field", "says"),
    [
        ({"name": " "}, "name", "Enter your name"),
        ({"wants": []}, "wants", "Choose what you would like to do"),
        ({"email": ""}, "email", "Give us one way to reach you"),
        ({"email": "ana@localhost"}, "email", "Enter the whole address"),
        ({"email": "ſmith@example.org"}, "email", "an address with “ſ” in it"),
        ({"email": "jlópez@example.org"}, "email", "an address with “ó” in it"),
        ({"reachable_by": "phone"}, "phone", "Enter your phone number, or choose"),
        ({"preferred_language": "other"}, "other_language", "Enter the language"),
        ({"statement": "a" * 2500}, "statement", "Characters to leave out: 500"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_everything_stays(
    client, home, answers, field, says
):
    response = check(client, **answers)

    assert response.status_code == 422
    assert "<title>Error: " in response.text
    assert response.text.count(says) == 2  # at the top, and at the field
    assert re.search(rf'href="#id_{field}(_0)?"', response.text)
    for name, value in (ANSWERS | answers).items():
        for each in [value] if isinstance(value, str) else value:
            assert each.strip().replace("\r\n", "\n") in response.text.replace(
                "\r\n", "\n"
            ), name
    assert Interest.objects.count() == 0


def test_characters_are_counted_as_people_count_them(client, home):
    line = "é" * 9 + "\r\n"  # nine letters and a break: ten
    decomposed = "e\u0301" * 9 + "\r\n"
    for text in [line * 200, decomposed * 200, "👩‍👩‍👧" * 2000]:
        assert check(client, statement=text).status_code == 200


def test_sent_five_times_it_is_kept_once(client, home):
    carried = hidden(check(client)) | {"send": "yes"}
    pages = [client.post("/interest/check/", carried, follow=True) for _ in range(5)]

    assert Interest.objects.count() == Event.objects.count() == 1
    assert len({REFERENCE.search(each.text)[0] for each in pages}) == 1
    assert "We had this already" in pages[-1].text


def test_five_clicks_at_once_make_one_record(committed):
    carried = hidden(check(Client())) | {"send": "yes"}
    together, codes = threading.Barrier(5), []

    def click():
        together.wait()
        codes.append(Client().post("/interest/check/", carried).status_code)
        connection.close()

    clicks = [threading.Thread(target=click) for _ in range(5)]
    for each in clicks:
        each.start()
    for each in clicks:
        each.join()

    assert codes == [303] * 5
    assert Interest.objects.count() == Event.objects.count() == 1


def test_the_same_page_with_other_words_asks_before_it_is_sent_again(client, home):
    carried = hidden(check(client)) | {"send": "yes"}
    client.post("/interest/check/", carried)
    asked = client.post("/interest/check/", carried | {"statement": "Other words."})

    first = Interest.objects.get()
    assert asked.status_code == 409
    assert first.reference in asked.text
    client.post("/interest/check/", hidden(asked) | {"send": "yes"})
    assert Interest.objects.count() == 2
    first.refresh_from_db()
    assert first.statement.startswith("We help workers.")


def test_two_tabs_each_send_what_they_show(client, home):
    one, two = check(client, name="Ada"), check(client, name="Grace")
    for tab in [two, one]:
        client.post("/interest/check/", hidden(tab) | {"send": "yes"})

    assert {each.name for each in Interest.objects.all()} == {"Ada", "Grace"}


def test_who_goes_back_finds_everything_filled_in(client, home):
    carried = hidden(check(client, for_someone_else="on"))
    again = client.post("/interest/", carried)

    assert again.status_code == 200
    assert "Error" not in again.text.split("</title>")[0]
    for words in ["Ada Lovelace", "Ada@Example.org", "We help workers."]:
        assert words in again.text
    assert hidden(again)["nonce"] == carried["nonce"]
    send(client, **{key: carried[key] for key in carried if key in ANSWERS})
    assert Interest.objects.count() == 1


def test_a_change_of_language_takes_the_words_along(client, home, spanish):
    form = client.get("/interest/")
    assert 'formaction="/es/interest/"' in form.text
    in_spanish = client.post("/es/interest/", start(client, name=""))

    assert 'lang="es"' in in_spanish.text
    assert "We help workers." in in_spanish.text
    assert "Su nombre" in in_spanish.text
    checked = client.post("/es/interest/check/", start(client))
    assert "Revise sus respuestas" in checked.text
    client.post("/es/interest/check/", hidden(checked) | {"send": "yes"})
    assert Interest.objects.get().written_in == "es"


def test_a_lost_token_costs_nobody_their_words(home):
    strict = Client(enforce_csrf_checks=True)
    sent = hidden(check(Client())) | {"send": "yes"}
    response = strict.post("/interest/check/", sent)

    assert response.status_code == 403
    assert "We help workers." in response.text
    assert "Press the button to send it again" in response.text
    done = strict.post("/interest/check/", hidden(response), follow=True)
    assert REFERENCE.search(done.text)
    assert Interest.objects.count() == 1


@pytest.mark.parametrize(
    "path", ["/interest/", "/interest/check/", "/es/interest/check/"]
)
def test_with_the_database_down_the_filled_form_comes_back(client, home, spanish, path):
    sent = start(client) | {"send": "yes"}
    with mock.patch(
        "django.db.backends.utils.CursorWrapper.execute", side_effect=OperationalError
    ):
        response = client.post(path, sent)

    assert response.status_code == 503
    for words in ["Ada Lovelace", "Ada@Example.org", "We help workers."]:
        assert words in response.text
    carried = hidden(response)
    assert carried["nonce"] == sent["nonce"]
    client.post("/interest/check/", carried)
    assert Interest.objects.count() == 1


def test_what_a_machine_fills_in_is_kept_apart_and_answered_alike(client, home):
    response = send(client, homepage="https://buy.example")

    kept = Interest.objects.get()
    assert kept.reference in response.text
    assert kept.suspicion == "hidden_field"
    assert list(Interest.objects.at_work()) == []
    assert list(Interest.objects.held_apart()) == [kept]


def test_fifteen_people_behind_one_address_all_get_through(client, home):
    for number in range(15):
        send(client, name=f"Person {number}")

    assert Interest.objects.count() == 15


def test_over_the_limit_the_words_stay_and_other_ways_are_shown(client, home):
    with mock.patch("contact.views.SENDINGS", 1):
        send(client)
        response = client.post(
            "/interest/check/", hidden(check(client, name="Grace")) | {"send": "yes"}
        )

    assert response.status_code == 429
    assert "Grace" in response.text
    assert "Wait ten minutes" in response.text


def test_a_closed_form_shows_the_other_ways_and_what_was_written(client, home):
    sent = start(client)
    PortalSettings.objects.update_or_create(
        defaults={"interest_paused": True, "phone": "1-866-644-8360"}
    )

    for response in [client.get("/interest/"), client.post("/interest/check/", sent)]:
        assert "This form is closed for now" in response.text
        assert "1-866-644-8360" in response.text
    assert "We help workers." in response.text


def test_the_course_somebody_came_from_goes_along(client, home):
    course = factories.StandardPageFactory(parent=home, title="REAL ID")
    draft = factories.StandardPageFactory(parent=home, title="Secret", live=False)
    form = client.get(f"/interest/?about={course.translation_key}")
    assert "REAL ID" in form.text
    assert "Secret" not in client.get(f"/interest/?about={draft.translation_key}").text
    send(client, about=hidden(form)["about"])

    kept = Interest.objects.get()
    assert (kept.about_id, kept.about_label) == (course.pk, "REAL ID")


def test_a_reference_is_not_shown_to_whoever_comes_later(client, home):
    send(client)
    client.cookies.clear()
    response = client.get("/interest/received/")

    assert response.status_code == 200
    assert not REFERENCE.search(response.text)
    assert "is not shown any more" in response.text


def test_topics_keep_the_name_of_that_day(client, home):
    topic = factories.TopicFactory(name="Form I-9")
    send(client, topics=[str(topic.translation_key)])
    topic.name = "Something else"
    topic.save()

    assert [str(each) for each in Interest.objects.get().topics.all()] == ["Form I-9"]


@pytest.mark.parametrize("text", ["\x00", "'; --", "<script>", "\u202e", "%s"])
def test_no_words_break_it(client, home, text):
    raw = dict.fromkeys([*ANSWERS, "about", "nonce", "topics", "phone"], f"{text}a")
    response = client.post("/interest/check/", raw | {"send": "yes"})

    assert response.status_code < 500
    assert "<script>a" not in response.text


def test_on_paper_the_same_is_asked(client, home):
    text = client.get("/interest/print/").text

    assert all(label in text for label in ["Your name", "Postal address"])
