"""Networks as textbooks draw them: circles in columns, lines as wide as their weights."""
