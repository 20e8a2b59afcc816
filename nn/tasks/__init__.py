"""Built-in data: points in the plane, handwritten digits, vowels, sounds and first names."""
