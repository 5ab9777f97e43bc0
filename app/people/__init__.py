"""Colleagues: their roles, and handing over when they leave."""
