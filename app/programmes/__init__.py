"""Programmes and their dated calls."""
