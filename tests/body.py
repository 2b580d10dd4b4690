"""A body with one block of every kind that needs no upload."""

BODY = [
    (
        "text",
        {
            "heading": "What has changed",
            "text": "<p>People keep their <b>rights</b>.</p>",
        },
    ),
    ("summary_box", {"heading": "In short", "text": "<p>Two things to know.</p>"}),
    ("alert", {"kind": "warning", "heading": "Ended", "text": "<p>It has ended.</p>"}),
    (
        "accordion",
        {
            "heading": "Questions",
            "items": [{"heading": "Who may ask?", "text": "<p>Anyone.</p>"}],
        },
    ),
    (
        "definition",
        {"term": "Mismatch", "text": "<p>A difference.</p>", "parts": ["A name"]},
    ),
    (
        "items",
        {
            "heading": "Goals",
            "kind": "goal",
            "items": [{"text": "<p>To meet.</p>", "parts": ["Often", "Openly"]}],
        },
    ),
    (
        "table",
        {
            "heading": "Who sits",
            "caption": "Who sits on the Council",
            "columns": ["Seat", "Capacity"],
            "rows": [{"cells": ["Officer", "Co-chair"]}],
            "row_headers": True,
        },
    ),
    (
        "call_to_action",
        {
            "text": "What next?",
            "label": "File a complaint",
            "url": "https://www.dhs.gov/",
        },
    ),
]
