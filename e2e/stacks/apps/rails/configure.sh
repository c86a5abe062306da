# What is typed once, for all instances.
# remedy: share-session
