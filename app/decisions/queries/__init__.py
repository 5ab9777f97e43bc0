"""Decisions taken and told, the files of a call, its places, and what an applicant hears."""
