"""The words of a result in which the words of the query stand."""

import re

from django.utils.html import format_html, format_html_join

from search.tokens import tokens

CHUNK = re.compile(r"[^\W_]+(?:[-‐‑–./&'’][^\W_]+|\([^\W_]+\))*")
SENTENCE = re.compile(r"[^\n.!?。؟]+(?:[.!?。؟]+(?!\s|$)[^\n.!?。؟]+)*[.!?。؟]*")
LONGEST = 240  # characters of an excerpt
AHEAD = 60  # of them before the first word found


def marked(text: str, wanted: set[str], language: str):
    """A text as HTML, with the words that were looked for marked."""
    parts, end = [], 0
    for chunk in CHUNK.finditer(text):
        if wanted & set(tokens(chunk[0], language)):
            parts.append((text[end : chunk.start()], chunk[0]))
            end = chunk.end()
    return format_html(
        "{}{}", format_html_join("", "{}<mark>{}</mark>", parts), text[end:]
    )


def sentence(text: str, wanted: set[str], language: str) -> str:
    """The sentence of a text that has most of the words looked for; empty if none has any."""
    best, most = "", 0
    for each in SENTENCE.finditer(text):
        had = len(wanted & set(tokens(each[0], language)))
        if had > most:
            best, most = each[0].strip(), had
    return _cut(best, wanted, language)


def _cut(text, wanted, language):
    if len(text) <= LONGEST:
        return text
    first = next(
        (
            chunk.start()
            for chunk in CHUNK.finditer(text)
            if wanted & set(tokens(chunk[0], language))
        ),
        0,
    )
    start = max(0, first - AHEAD)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = text.rfind(" ", start, start + LONGEST)
    end = end if end > start and start + LONGEST < len(text) else start + LONGEST
    return ("… " if start else "") + text[start:end] + ("…" if end < len(text) else "")
