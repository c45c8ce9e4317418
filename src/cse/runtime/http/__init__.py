"""HTTP plumbing: routes, strict reading, problem details, OpenAPI. Knows no room's rules."""
