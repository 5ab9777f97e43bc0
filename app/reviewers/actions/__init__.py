"""Actions on reviewers and assignments."""
