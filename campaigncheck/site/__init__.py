"""The site: everything about a repository of campaigns as static pages that need no server and no network."""
