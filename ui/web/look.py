"""Gradio's own colours and corners, taken from the tokens that all of the page uses."""

import gradio as gr

_FROM = {
    "body_background_fill": "ground", "background_fill_primary": "paper",
    "background_fill_secondary": "ground", "block_background_fill": "paper",
    "border_color_primary": "line", "border_color_accent": "accent", "block_border_color": "line",
    "body_text_color": "ink", "body_text_color_subdued": "quiet", "block_label_text_color": "quiet",
    "block_title_text_color": "quiet", "block_info_text_color": "quiet", "color_accent": "accent",
    "color_accent_soft": "accent-soft", "link_text_color": "accent",
    "link_text_color_hover": "accent", "link_text_color_visited": "accent",
    "input_background_fill": "paper", "input_border_color": "line",
    "input_border_color_focus": "accent", "input_placeholder_color": "quiet",
    "button_primary_background_fill": "accent", "button_primary_background_fill_hover": "accent",
    "button_primary_text_color": "on-accent", "button_secondary_background_fill": "paper",
    "button_secondary_background_fill_hover": "accent-soft",
    "button_secondary_text_color": "ink", "button_secondary_border_color": "line",
    "checkbox_label_background_fill": "paper", "checkbox_label_text_color": "ink",
    "checkbox_background_color_selected": "accent", "checkbox_border_color_selected": "accent",
    "checkbox_label_background_fill_selected": "accent-soft",
    "checkbox_label_text_color_selected": "ink", "table_border_color": "line",
    "table_even_background_fill": "paper", "table_odd_background_fill": "paper",
}  # fmt: skip
_SANS = ["system-ui", "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", "sans-serif"]


def look() -> gr.themes.Base:
    """Return the theme; what differs in the dark is decided by the tokens, not here."""
    theme = gr.themes.Base(font=_SANS, font_mono=["ui-monospace", "monospace"])
    values = {name: f"var(--jw-{token})" for name, token in _FROM.items()}
    dark = {f"{n}_dark": v for n, v in values.items() if n != "color_accent"}  # has none
    return theme.set(**values, **dark, button_border_width="1px")
