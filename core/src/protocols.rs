//! The protocols that there are: one line each.
