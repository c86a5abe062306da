// remedy: allow-credentials
