"""Questions become paths, paths become findings."""
