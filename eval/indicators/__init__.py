"""Indicator values against the gold table that was written from the documents by reading."""
