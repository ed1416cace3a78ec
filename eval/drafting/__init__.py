"""Drafted replies, measured: numbers, bodies, citations, cities, coverage, time."""
