//! Sample data for demo and tests.
