"""What several tools do alike: parameters, filters, and the searches that take more than one request."""
