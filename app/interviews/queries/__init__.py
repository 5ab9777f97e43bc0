"""Queries about interviews; applications hidden from the viewer are left out."""
