"""The sentence embedder that ships with the project: one vector per token, averaged, normalised.

Asking needs tokenizers, safetensors and NumPy only. The training program
(``python -m assistant.embedding.train``) is the one place here that imports torch.
"""

from __future__ import annotations

from assistant.embedding.static import SHIPPED, StaticModel

__all__ = ["SHIPPED", "StaticModel"]
