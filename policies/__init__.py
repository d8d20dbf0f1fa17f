"""CrossGuard rules: what will really be deployed, recomputed and judged."""
