"""Runs the layer as a process: `python -m polling_layer`, told by its environment where everything is."""

from .layer import serve

if __name__ == "__main__":
    serve()
