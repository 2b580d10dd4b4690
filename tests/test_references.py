"""References are read aloud and typed by hand; a slip is found, and none means another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact.reference import SIGNS, NotAReference, new_reference, read_reference

PLACES = [4, 5, 6, 7, 9, 10, 11, 12]


@pytest.mark.parametrize(
    "typed", ["{}", " {} ", "{lower}", "{bare}", "{spaced}", "{dashes}"]
)
def test_it_is_read_however_it_is_typed(typed):
    for _ in range(50):
        made = new_reference()
        text = typed.format(
            made,
            lower=made.lower(),
            bare=made.removeprefix("EOI-").replace("-", ""),
            spaced=" ".join(made.replace("-", "")),
            dashes=made.replace("-", " – "),
        )
        assert read_reference(text) == made


@given(place=st.sampled_from(PLACES), sign=st.sampled_from(SIGNS))
def test_one_wrong_sign_is_a_typing_error(place, sign):
    made = new_reference()
    typed = made[:place] + sign + made[place + 1 :]
    if typed != made:
        with pytest.raises(NotAReference, match="typing error"):
            read_reference(typed)


@given(place=st.sampled_from(PLACES[:3]))
def test_two_signs_that_changed_places_are_a_typing_error(place):
    made = new_reference()
    typed = made[:place] + made[place + 1] + made[place] + made[place + 2 :]
    if typed != made:
        with pytest.raises(NotAReference, match="typing error"):
            read_reference(typed)


@pytest.mark.parametrize(
    "typed", ["", "EOI", "A123456789", "EOI-7KQ4", "ñ" * 8, "\x00"]
)
def test_what_was_never_a_reference_is_told_what_one_looks_like(typed):
    with pytest.raises(NotAReference, match="looks like"):
        read_reference(typed)


def test_none_spells_a_word_or_tells_how_many_there_are():
    made = [new_reference() for _ in range(2000)]

    assert len(set(made)) == 2000
    assert not set("AEIOUYL01") & {sign for each in made for sign in each[4:]}
