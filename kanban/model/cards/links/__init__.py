"""What cards lead to: each other, companies and people, and the files that are kept for them."""
