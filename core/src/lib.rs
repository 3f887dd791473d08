//! Simulation of distributed systems: a run is a pure function of its scenario.
