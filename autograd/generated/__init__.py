"""What python -m autograd.formulas wrote from the table of operations: nothing here is edited by hand."""
