"""Measure embedders on question → passage sets: alone, and fused with the terms leg."""
