"""System checks for a site that is deployed; added with the deployment rooms."""
