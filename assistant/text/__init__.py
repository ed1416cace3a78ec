"""Pure functions on strings: match keys, sentences, tokens, places, numbers, dates."""
