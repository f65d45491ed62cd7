"""What the rules know of Chinese: plain words, slips, synonyms, names, lists, figures, stages."""
