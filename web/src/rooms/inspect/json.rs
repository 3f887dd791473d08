//! A value as people read it: names and values, lists of parts; and raw for those who want that.

use serde_json::Value;
use yew::prelude::*;

/// No more parts of a list are shown.
const MOST_PARTS: usize = 40;

/// A value by its structure.
pub(super) fn readable(value: &Value) -> Html {
    match value {
        Value::Object(fields) => {
            let field = |(name, value): (&String, &Value)| {
                html! { <><dt>{ name.replace('_', " ") }</dt><dd>{ readable(value) }</dd></> }
            };
            html! { <dl class="facts">{ for fields.iter().map(field) }</dl> }
        }
        Value::Array(parts) if parts.iter().any(Value::is_object) => {
            let part = |part: &Value| html! { <li>{ readable(part) }</li> };
            let more = parts.len().saturating_sub(MOST_PARTS);
            html! {
                <ol class="parts">
                    { for parts.iter().take(MOST_PARTS).map(part) }
                    <li hidden={more == 0}>{ format!("and {more} more") }</li>
                </ol>
            }
        }
        Value::Array(parts) if parts.is_empty() => html! { "none" },
        Value::Array(parts) => {
            let all: Vec<String> = parts.iter().map(plain).collect();
            html! { all.join(", ") }
        }
        other => html! { plain(other) },
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => "none".into(),
        Value::Bool(true) => "yes".into(),
        Value::Bool(false) => "no".into(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The same as it is written.
pub(super) fn raw(text: String) -> Html {
    html! { <details><summary>{ "As JSON" }</summary><pre tabindex="0">{ text }</pre></details> }
}
