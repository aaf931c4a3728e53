"""Waiting in halls and on hotlines: who comes, who serves, how long it takes until one is served."""
