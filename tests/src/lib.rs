//! Shared helpers of the tests in this package.

pub mod arbitrary;
