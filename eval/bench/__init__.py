"""The benchmark: ``python -m eval.bench`` (``make bench``). What it last wrote is README's table."""
