"""
Cut the three USWDS faces down to what the portal prints, into this folder.

Run it only when a face or a set of letters changes, with fonttools and brotli at hand:
    python frontend/fonts/subset.py
Merriweather leaves its figures out: they are old-style and read badly in "287(g)" or
"I-9", so headings take theirs from Source Sans (see `scss/_fonts.scss`).
"""

from pathlib import Path

from fontTools import subset

HERE = Path(__file__).parent
SHIPPED = HERE.parent / "node_modules/@uswds/uswds/dist/fonts"

LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x180)]
PUNCTUATION = [*range(0x2010, 0x2027), 0x2039, 0x203A, 0x20AC, 0x2122, 0x2212, 0x2248]
FIGURES = range(0x30, 0x3A)

FACES = {
    "merriweather-bold": (
        "merriweather/Latin-Merriweather-Bold.ttf",
        [sign for sign in LATIN + PUNCTUATION if sign not in FIGURES],
    ),
    "source-sans-regular": (
        "source-sans-pro/sourcesanspro-regular-webfont.ttf",
        LATIN + PUNCTUATION,
    ),
    "source-sans-bold": (
        "source-sans-pro/sourcesanspro-bold-webfont.ttf",
        LATIN + PUNCTUATION,
    ),
}

for name, (source, signs) in FACES.items():
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = ["kern", "liga", "locl", "mark", "mkmk", "ccmp"]
    options.hinting = False
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]  # the licence travels with the face
    font = subset.load_font(SHIPPED / source, options)
    font.recalcTimestamp = False
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=signs)
    cutter.subset(font)
    subset.save_font(font, HERE / f"{name}.woff2", options)
