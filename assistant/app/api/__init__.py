"""The HTTP API: the command line's JSON over HTTP, and OpenAI's chat protocol, beside the page."""

from assistant.app.api.serving import add_api

__all__ = ["add_api"]
