"""Labels that have broken pictures elsewhere, and a strategy that draws more of their kind."""

from __future__ import annotations

from hypothesis import strategies as st

LABELS = (
    "",
    " ",
    "a < b > c & d",
    "<b>bold</b>",
    "<script>alert(1)</script>",
    "</script><svg onload=alert(1)>",
    "</text></svg>",
    "]]>",
    "&lt;script&gt; &#60; &amp;",
    'say "hi"',
    "it's",
    "back\\slash\\",
    "\\",
    'ends with \\"',
    "\\n \\l \\r \\N \\G \\E \\T",
    "{a|b}",
    "a|{b|<port>c}",
    "}{",
    "]; evil [label=x",
    "javascript:alert(1)",
    'x" onmouseover="alert(1)',
    "line\nbreak\r\ttab",
    "nul\0byte \x07 \x1b[31m \x7f \x85 \x9b",
    "lone \ud800 surrogate \udfff",
    "\ufffe\uffff\ufdd0",
    "\u202eright to left\u202c \u2066isolate\u2069 \u200f",
    "שלום עולם",
    "emoji 🎉 é ü 日本語",
    "x" * 100_000,
    "<" * 100_000,
    "\u2028separator\u2029",
    "%s %d {0} ${x}",
    "../../etc/passwd",
    "-Tpng",
    "nan",
)

labels = st.one_of(
    st.sampled_from([label for label in LABELS if len(label) < 1000]),
    st.text(st.characters(), max_size=30),  # every code point, lone surrogates included
    st.text("\\\"'<>&{}|[];=\n\0 \ud800\u202eabn", max_size=30),
)
