"""Answers that a language model writes, measured: ours with its sentences checked, and the stock recipe."""
