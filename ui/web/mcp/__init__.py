"""The tools for programs that speak the Model Context Protocol, over stdio and over HTTP."""
