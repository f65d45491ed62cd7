"""The pages of the desk, a module each with a `router`; `ui.desk.app` lists them."""
