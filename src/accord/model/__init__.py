"""The nouns of Accord, one module each: frozen, typed, free of any other room."""
