"""Forms: their immutable versions, question kinds, conditions and completeness."""
