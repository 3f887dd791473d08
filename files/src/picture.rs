//! Drawings as pixels.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlImageElement};

/// A canvas of this size that hangs nowhere, and its context.
pub(crate) fn canvas(
    width: u32,
    height: u32,
) -> Result<(HtmlCanvasElement, CanvasRenderingContext2d), JsValue> {
    let document = web_sys::window().and_then(|window| window.document());
    let canvas = document.ok_or("no document")?.create_element("canvas")?;
    let canvas: HtmlCanvasElement = canvas.dyn_into()?;
    canvas.set_width(width);
    canvas.set_height(height);
    let context = canvas.get_context("2d")?.ok_or("no context")?.dyn_into()?;
    Ok((canvas, context))
}

/// An SVG as PNG, so many times as large.
///
/// # Errors
/// Those of the browser.
#[wasm_bindgen]
pub async fn png(svg: String, width: f64, height: f64, scale: f64) -> Result<Blob, JsValue> {
    let image = HtmlImageElement::new()?;
    let text: String = js_sys::encode_uri_component(&svg).into();
    image.set_src(&format!("data:image/svg+xml,{text}"));
    JsFuture::from(image.decode()).await?;
    let (width, height) = (width * scale, height * scale);
    let (canvas, context) = canvas(width as u32, height as u32)?;
    context.draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height)?;
    let made = Promise::new(&mut |done: Function, failed: Function| {
        if let Err(error) = canvas.to_blob(&done) {
            let _: Result<JsValue, JsValue> = failed.call1(&JsValue::NULL, &error);
        }
    });
    let blob = JsFuture::from(made).await?;
    blob.dyn_into()
        .map_err(|_| "the browser made no picture".into())
}
