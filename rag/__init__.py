"""Conversation: a question becomes an answer that cites, or a refusal that says why."""
