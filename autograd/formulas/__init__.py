"""The programs that read the table's formulas and write autograd/generated, the stubs and the reference page."""
