"""The four stages of the chain: one module for each rule, over the facts of one village (monitoring.queries.facts)."""
