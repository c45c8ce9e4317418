"""Play money, in the profile demo only."""
