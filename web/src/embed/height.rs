//! How high the page would like to be, in the three dialects that hosts listen for.

use serde_json::{Value, json};

/// The messages that say so: texts are posted as texts, objects as objects.
#[must_use]
pub fn messages(src: &str, width: u32, height: u32) -> [Value; 3] {
    let embedly = json!({ "context": "iframe.resize", "src": src, "height": height });
    [
        Value::String(embedly.to_string()),
        json!({ "type": "iframe-resized", "width": width, "height": height }),
        json!({ "subject": "lti.frameResize", "height": height }),
    ]
}
