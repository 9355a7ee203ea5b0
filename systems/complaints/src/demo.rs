//! Sample letters for demo, simulation and tests, through the same actions as the pages.
