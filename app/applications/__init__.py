"""Drafts, answers, attachments, submission and states of an application."""
