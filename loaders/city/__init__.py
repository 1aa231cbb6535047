"""Public credit data as a city's platform receives them: registers, and the lists of its departments."""
