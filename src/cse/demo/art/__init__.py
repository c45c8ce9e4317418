"""The creators' covers as drawn, and what renders them for the web app."""
