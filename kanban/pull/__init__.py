"""The rules of the pull system, each written once and asked by `move`, `lint`, `render` and the pull-request report."""
