"""A language model, where there is one: it words what was found, and is not believed unchecked."""
