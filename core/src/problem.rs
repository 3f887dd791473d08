//! What is wrong with an input, and where.

use std::fmt;

/// A refusal: the field's path and what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field, such as `script[2].groups[0]`; empty for the whole document.
    pub path: String,
    /// What is wrong and what would be right, in words.
    pub message: String,
    /// The system that is listed but not here, if that is what is wrong: whoever fetches it may try again.
    pub absent: Option<&'static str>,
}

impl Problem {
    /// A problem with the field at `path`.
    pub fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            message: message.into(),
            absent: None,
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            return f.write_str(&self.message);
        }
        write!(f, "{}: {}", self.path, self.message)
    }
}

impl std::error::Error for Problem {}
