"""The web chat: Gradio for people, a small JSON API beside it."""
