"""From the files in content/ to pages and words, once, and again only where nobody has edited."""
