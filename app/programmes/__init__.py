"""Lasting programmes and their dated calls."""
