#!/usr/bin/env python3
"""Makes the faces of the tests: box.otf with CFF outlines, where every glyph is a box of its own height,
and vary.ttf with TrueType outlines and the axes wght (100 to 900) and slnt (-12 to 0), where boxes also
widen and lean.

Needs fontTools. Our own drawing, in the public domain (CC0 1.0).
"""

import pathlib

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables.TupleVariation import TupleVariation

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


def begun(is_true_type):
    builder = FontBuilder(1000, isTTF=is_true_type)
    builder.setupGlyphOrder(names)
    # The no-break space and the hyphens share their glyphs.
    cmap = {ord(c): f"uni{ord(c):04X}" for c in CHARACTERS}
    builder.setupCharacterMap(cmap | {0xA0: "uni0020", 0x202F: "uni0020", 0x2010: "uni002D"})
    return builder


def finish(builder, family):
    builder.setupHorizontalMetrics({name: (widths[name], 50) for name in names})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    ps_name = family.replace(" ", "") + "-Regular"
    told = {"familyName": family, "styleName": "Regular", "psName": ps_name, "licenseDescription": "CC0 1.0"}
    builder.setupNameTable(told)
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, sCapHeight=700, sxHeight=500)
    builder.setupPost()


def save(builder, file):
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.save(pathlib.Path(__file__).with_name(file))


builder = begun(is_true_type=False)
charstrings = {name: box(widths[name], heights[name]) for name in names}
builder.setupCFF("PropaleBox-Regular", {"FullName": "Propale Box"}, charstrings, {})
finish(builder, "Propale Box")
save(builder, "box.otf")


def outline(width, height):
    pen = TTGlyphPen(None)
    if height:
        pen.moveTo((50, 0))
        pen.lineTo((50, height))
        pen.lineTo((width - 50, height))
        pen.lineTo((width - 50, 0))
        pen.closePath()
    return pen.glyph()


def variations(height):
    """How the corners and the two ends of the advance move at each end of the axes."""
    corners = 4 if height else 0

    def moved(right, top):
        return [(0, 0), (top, 0), (right + top, 0), (right, 0)][:corners] + [(0, 0), (right, 0), (0, 0), (0, 0)]

    return [
        TupleVariation({"wght": (0, 1, 1)}, moved(120, 0)),
        TupleVariation({"wght": (-1, -1, 0)}, moved(-60, 0)),
        TupleVariation({"slnt": (-1, -1, 0)}, moved(0, height // 5)),
    ]


builder = begun(is_true_type=True)
builder.setupGlyf({name: outline(widths[name], heights[name]) for name in names})
finish(builder, "Propale Vary")
builder.setupFvar([("wght", 100, 400, 900, "Weight"), ("slnt", -12, 0, 0, "Slant")], [])
builder.setupGvar({name: variations(heights[name]) for name in names})
save(builder, "vary.ttf")
