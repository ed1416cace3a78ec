"""Thin shells over the library and the assistant: the command line and the web page."""
