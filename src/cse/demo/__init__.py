"""Order flows and, later, the traders and the history of the demo."""
