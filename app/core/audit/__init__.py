"""Append-only records: the audit trail of actions, and the access log."""
