"""Interviews with applicants: slots, invitations and notes."""
