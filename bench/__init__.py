"""Workloads and what they are measured against: `./cse bench NAME`. Timings are never assertions."""
