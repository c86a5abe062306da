// remedy: trust-origin
