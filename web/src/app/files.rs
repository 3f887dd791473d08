//! Files of a run, written by a module of its own that is loaded when the first is wanted.

use quorumscope_core::export::Stretch;
use quorumscope_core::scenario::Scenario;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The page's function that loads the module: `index.html` defines it, and the single file in its own way.
const LOADER: &str = "quorumscopeFiles";

/// A written file.
pub(super) struct File {
    pub(super) extension: String,
    pub(super) mime: String,
    pub(super) text: String,
}

/// Writes a stretch of a run; refusals are in words.
pub(super) async fn write(
    scenario: &Scenario,
    format: &str,
    stretch: Stretch,
) -> Result<File, String> {
    let given = [
        scenario.to_value().to_string().into(),
        format.into(),
        (stretch.from.0 as f64).into(),
        (stretch.to.0 as f64).into(),
    ];
    let written = call(&given).await.map_err(|error| words(&error))?;
    let part = |index| written.get(index).as_string().unwrap_or_default();
    Ok(File {
        extension: part(0),
        mime: part(1),
        text: part(2),
    })
}

async fn call(given: &[JsValue; 4]) -> Result<js_sys::Array, JsValue> {
    let load: js_sys::Function =
        js_sys::Reflect::get(&js_sys::global(), &LOADER.into())?.dyn_into()?;
    let loading: js_sys::Promise = load.call0(&JsValue::NULL)?.dyn_into()?;
    let module = JsFuture::from(loading).await?;
    let write: js_sys::Function = js_sys::Reflect::get(&module, &"write".into())?.dyn_into()?;
    write.apply(&module, &given.iter().collect())?.dyn_into()
}

fn words(error: &JsValue) -> String {
    let text = error.as_string();
    text.unwrap_or_else(|| "the module that writes files could not be loaded".into())
}
