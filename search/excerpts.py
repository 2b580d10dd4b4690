"""The words of a result in which the words of the query stand."""

import re

from django.utils.html import format_html, format_html_join

from search.tokens import words

CHUNK = re.compile(r"[^\W_]+(?:[-‐‑–./&'’][^\W_]+|\([^\W_]+\))*")
SENTENCE = re.compile(r"[^\n.!?。؟]+(?:[.!?。؟]+(?!\s|$)[^\n.!?。؟]+)*[.!?。؟]*")
# A point that ends no sentence: U.S., D.C., Jr., No. 5
SHORT = re.compile(r"\b(?:[^\W\d_]|Jr|Sr|Mr|Mrs|Ms|Dr|St|No|vs|Inc|etc|Sra|Núm)\.\s*$")
LONGEST = 240  # characters of an excerpt
AHEAD = 60  # of them before the first word found


def marked(text: str, query):
    """A text as HTML, with the words that a query finds it by marked; several as one run."""
    parts, end = [], 0
    for begins, ends in _found(text, query):
        parts.append((text[end:begins], text[begins:ends]))
        end = ends
    return format_html(
        "{}{}", format_html_join("", "{}<mark>{}</mark>", parts), text[end:]
    )


def sentence(entry, query) -> str:
    """
    The sentence of an entry that has most of what its title and summary lack.

    Empty if they lack nothing, or the text has none of it.
    """
    lacking = query.lacking(entry.title_terms, entry.summary_terms)
    best, most = "", 0
    for each in sentences(entry.text) if lacking else []:
        terms = query.terms_of(each)
        had = sum(bool(word.nearness(terms)) for word in lacking)
        if had > most:
            best, most = each, had
    return _cut(best, query)


def sentences(text: str):
    """Those of a text, one after the other."""
    whole = ""
    for each in SENTENCE.finditer(text):
        if text[each.start() - 1] == "\n" and whole:
            yield whole.strip()
            whole = ""
        whole += each[0]
        if not SHORT.search(whole):
            yield whole.strip()
            whole = ""
    if whole.strip():
        yield whole.strip()


def _found(text, query):
    """Where in a text words of a query stand: begin and end of each run, none within another."""
    chunks = list(CHUNK.finditer(text))
    said = [words(chunk[0], query.language) for chunk in chunks]
    runs, at = query.runs(), 0
    while at < len(chunks):
        length = max((_reach(said, at, run) for run in runs), default=0)
        if length:
            yield chunks[at].start(), chunks[at + length - 1].end()
        at += length or 1


def _reach(said, at, run):
    """How many chunks from one on say a run; one word of a chunk is enough for a run of one."""
    if len(run) == 1:
        return int(any(run[0] in word.tokens for word in said[at]))
    for form in ["tokens", "parts"]:
        told = ()
        for chunk in range(at, min(at + len(run), len(said))):
            told += tuple(
                token for word in said[chunk] for token in getattr(word, form)
            )
            if told == run:
                return chunk - at + 1
    return 0


def _cut(text, query):
    if len(text) <= LONGEST:
        return text
    first = next((begins for begins, _ in _found(text, query)), 0)
    start = max(0, first - AHEAD)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = text.rfind(" ", start, start + LONGEST)
    end = end if end > start and start + LONGEST < len(text) else start + LONGEST
    return ("… " if start else "") + text[start:end] + ("…" if end < len(text) else "")
