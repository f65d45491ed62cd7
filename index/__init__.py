"""Search: passages, vectors and a lexicon, kept on disk as whole versions."""
