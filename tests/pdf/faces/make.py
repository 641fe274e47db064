#!/usr/bin/env python3
"""Makes box.otf, a face with CFF outlines for the tests: every glyph is a box of its own height.

Needs fontTools. Our own drawing, in the public domain (CC0 1.0).
"""

import pathlib

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen

CHARACTERS = " -!,.«»0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzàçéèêœ’€•"


def box(width, height):
    pen = T2CharStringPen(width, None)
    if height:
        pen.moveTo((50, 0))
        pen.lineTo((50, height))
        pen.lineTo((width - 50, height))
        pen.lineTo((width - 50, 0))
        pen.closePath()
    return pen.getCharString()


names = [".notdef"] + [f"uni{ord(c):04X}" for c in CHARACTERS] + ["f_i"]
widths = {name: 300 + 7 * index % 350 for index, name in enumerate(names)}
heights = {name: 0 if name == "uni0020" else 200 + 6 * index for index, name in enumerate(names)}
builder = FontBuilder(1000, isTTF=False)
builder.setupGlyphOrder(names)
# The no-break space and the hyphens share their glyphs.
cmap = {ord(c): f"uni{ord(c):04X}" for c in CHARACTERS}
builder.setupCharacterMap(cmap | {0xA0: "uni0020", 0x202F: "uni0020", 0x2010: "uni002D"})
builder.setupCFF(
    "PropaleBox-Regular",
    {"FullName": "Propale Box"},
    {name: box(widths[name], heights[name]) for name in names},
    {},
)
builder.setupHorizontalMetrics({name: (widths[name], 50) for name in names})
builder.setupHorizontalHeader(ascent=800, descent=-200)
builder.setupNameTable(
    {
        "familyName": "Propale Box",
        "styleName": "Regular",
        "psName": "PropaleBox-Regular",
        "licenseDescription": "CC0 1.0",
    }
)
builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, sCapHeight=700, sxHeight=500)
builder.setupPost()
builder.font["head"].created = builder.font["head"].modified = 0
builder.save(pathlib.Path(__file__).with_name("box.otf"))
