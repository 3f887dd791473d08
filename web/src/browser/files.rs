//! Files of a run, by a module of their own that is loaded when the first is wanted.

use js_sys::{Array, Function, Promise, Reflect};
use quorumscope_core::export::Stretch;
use quorumscope_core::scenario::Scenario;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The page's function that loads the module: `index.html` defines it, and the single file in its own way.
const LOADER: &str = "quorumscopeFiles";

/// A written file.
pub struct File {
    /// How its name ends.
    pub extension: String,
    /// Its MIME type.
    pub mime: String,
    /// What is in it.
    pub text: String,
}

/// Writes a stretch of a run.
///
/// # Errors
/// Refusals are in words.
pub async fn write(scenario: &Scenario, format: &str, stretch: Stretch) -> Result<File, String> {
    let given = [
        scenario.to_value().to_string().into(),
        format.into(),
        (stretch.from.0 as f64).into(),
        (stretch.to.0 as f64).into(),
    ];
    let mut parts = texts(&call("write", &given).await?).into_iter();
    let mut part = || parts.next().unwrap_or_default();
    Ok(File {
        extension: part(),
        mime: part(),
        text: part(),
    })
}

/// Calls what the module exports under a name, and waits for what it promises.
///
/// # Errors
/// Says in words what went wrong.
pub async fn call(name: &str, given: &[JsValue]) -> Result<JsValue, String> {
    attempt(name, given).await.map_err(|error| words(&error))
}

/// A list of texts.
#[must_use]
pub fn texts(list: &JsValue) -> Vec<String> {
    let text = |value: JsValue| value.as_string().unwrap_or_default();
    Array::from(list).iter().map(text).collect()
}

async fn attempt(name: &str, given: &[JsValue]) -> Result<JsValue, JsValue> {
    let load: Function = Reflect::get(&js_sys::global(), &LOADER.into())?.dyn_into()?;
    let loading: Promise = load.call0(&JsValue::NULL)?.dyn_into()?;
    let module = JsFuture::from(loading).await?;
    let function: Function = Reflect::get(&module, &name.into())?.dyn_into()?;
    let result = function.apply(&module, &given.iter().collect())?;
    JsFuture::from(Promise::resolve(&result)).await
}

fn words(error: &JsValue) -> String {
    let said = error.as_string();
    said.unwrap_or_else(|| match error.dyn_ref::<js_sys::Error>() {
        Some(error) if error.name() != "TypeError" => String::from(error.message()),
        _ => "the module for files could not be loaded".into(),
    })
}
