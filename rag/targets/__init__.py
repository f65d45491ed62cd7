"""Every figure that the documents promise or report: found, compared, written as tables."""
