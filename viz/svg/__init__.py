"""SVG of our own: colors, outlines, safe labels, and the engines that lay graphs out."""
