"""What persons are told of: in the app and by mail, each as they want it."""
