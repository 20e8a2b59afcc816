"""An engine to build oneself, in eight steps: files with gaps, and a judge that says what is wrong and gives a hint."""
