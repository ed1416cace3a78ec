"""Hits become an answer: looked up, extracted, verified, or refused with the reason."""

from assistant.answering.assistant import Assistant

__all__ = ["Assistant"]
