"""The reference page of all operations, computed from the table; `autograd.formulas.files` writes it."""

from __future__ import annotations

from autograd.primitives import ROWS, Row


def operations_md(note: str) -> str:
    """The page as Markdown."""
    lines = [
        f"<!-- {note} -->",
        "# Operations",
        "",
        "`z` is the result. Arithmetic is IEEE 754: outside its domain an operation gives nan or inf; nothing raises.",
        "Derivatives of any order follow from the partials, which are formulas in the same operations.",
    ]
    for title, rows in (
        ("Functions", [row for row in ROWS if row.public and not row.reduction]),
        ("Sums and other reductions", [row for row in ROWS if row.reduction]),
        ("Helpers", [row for row in ROWS if not row.public]),
    ):
        lines += ["", f"## {title}", "", "| operation | value | partials | domain | remarks |", "|---|---|---|---|---|"]
        lines += [_line(row) for row in rows]
    return "\n".join([*lines, ""])


def _line(row: Row) -> str:
    partials = "<br>".join(
        f"d/d{operand}: `{partial}`" for operand, partial in zip(row.operands, row.partials, strict=True)
    )
    kinks = f"kink at {', '.join(f'{x:g}' for x in row.kinks)}" if row.kinks else ""
    remarks = "; ".join(text for text in (row.doc, kinks) if text)
    cells = (f"`{row.name}`", f"`{row.value}`", partials, row.domain and f"`{row.domain}`", remarks)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
