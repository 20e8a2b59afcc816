"""`python -m autograd.formulas` writes what is computed from the table of operations; `--check` compares."""

import sys

from autograd.formulas.files import main

sys.exit(main(sys.argv[1:]))
