"""Evaluation of the assistant over its corpus: ``python -m eval``. Uses only the public API."""
