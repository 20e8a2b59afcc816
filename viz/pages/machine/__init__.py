"""The engine's machine as WebAssembly for pages: its C, the module that was built from it, and what builds it."""
