"""The language of a request, bilingual values, and formats per language."""
