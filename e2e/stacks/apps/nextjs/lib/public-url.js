// remedy: public-url
