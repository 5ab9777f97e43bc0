"""Outcomes and answers, what must be right before anybody is told, and what a text gives away."""
