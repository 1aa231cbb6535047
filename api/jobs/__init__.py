"""Long work of the service: uploaded lists, the jobs that read them, and what comes of these."""
