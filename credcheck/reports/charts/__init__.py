"""Pictures as inline SVG: no script, no style of their own, a title and a description in words."""
