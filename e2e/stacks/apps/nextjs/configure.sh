# What is typed once, before the first build.
# remedy: share-session
