"""Forms: immutable versions, question kinds, conditions, completeness."""
