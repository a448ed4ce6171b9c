"""Speed and accuracy, measured side by side with peers: one module a room."""
