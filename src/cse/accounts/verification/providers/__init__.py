"""Who looks at applications besides operators."""
