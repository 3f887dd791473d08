//! A stretch of a run as a film: the page shows instant after instant, and each is taken down.

use crate::picture;
use crate::reel::Reel;
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobEvent, BlobPropertyBag, CanvasRenderingContext2d, HtmlCanvasElement, MediaRecorder,
    MediaStream, Window,
};

/// Films are no wider than this, in pixels.
const WIDEST: f64 = 720.0;
/// Room for what happens, in words.
const CAPTION: f64 = 44.0;
/// A GIF's pictures a second: as many as hundredths of a second allow without a remainder.
const GIF_RATE: f64 = 10.0;
/// A recorded film's pictures a second.
const RATE: f64 = 30.0;

/// Whether this browser records films; GIF is written here and always can be.
#[wasm_bindgen]
#[must_use]
pub fn records() -> bool {
    let has = |of: &JsValue, name: &str| Reflect::has(of, &name.into()).unwrap_or(false);
    let canvas = Reflect::get(&js_sys::global(), &"HTMLCanvasElement".into());
    let canvas = canvas.and_then(|class| Reflect::get(&class, &"prototype".into()));
    has(&js_sys::global(), "MediaRecorder")
        && canvas.is_ok_and(|canvas| has(&canvas, "captureStream"))
}

/// Films the stage between two instants in microseconds, in so many seconds.
///
/// `show` has the page show an instant; it is told how much is done, too, and a film whose
/// `show` returns false is given up. Returns the file and its ending.
///
/// # Errors
/// Those of the browser; `stopped` if it was given up.
#[wasm_bindgen]
pub async fn film(
    stage: HtmlCanvasElement,
    gif: bool,
    from: f64,
    to: f64,
    seconds: f64,
    show: Function,
) -> Result<Array, JsValue> {
    let sheet = Sheet::new(stage)?;
    let shot = Shot {
        from,
        to,
        seconds,
        show,
    };
    if gif {
        return with_ending(&as_gif(&sheet, &shot).await?, "gif");
    }
    let stream = sheet.canvas.capture_stream_with_frame_request_rate(RATE)?;
    let (blob, ending) = recorded(&sheet, &shot, &stream).await?;
    with_ending(&blob, ending)
}

fn with_ending(blob: &Blob, ending: &str) -> Result<Array, JsValue> {
    Ok(Array::of2(blob, &ending.into()))
}

/// What is filmed.
struct Shot {
    from: f64,
    to: f64,
    seconds: f64,
    show: Function,
}

impl Shot {
    /// Has the page show what lies this part of the way through, and waits until it is painted.
    async fn show(&self, part: f64) -> Result<(), JsValue> {
        let at = self.from + (self.to - self.from) * part;
        let on = self.show.call2(&JsValue::NULL, &at.into(), &part.into())?;
        if on.is_falsy() {
            return Err("stopped".into());
        }
        painted().await?;
        painted().await
    }
}

async fn painted() -> Result<(), JsValue> {
    let frame = Promise::new(&mut |done: Function, _| {
        let _ = window().and_then(|window| window.request_animation_frame(&done));
    });
    JsFuture::from(frame).await.map(drop)
}

fn window() -> Result<Window, JsValue> {
    web_sys::window().ok_or_else(|| "no window".into())
}

/// What each picture is put together on: the stage, and below it what happens.
struct Sheet {
    stage: HtmlCanvasElement,
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    ground: String,
    ink: String,
    font: String,
}

impl Sheet {
    fn new(stage: HtmlCanvasElement) -> Result<Self, JsValue> {
        let (width, height) = (
            f64::from(stage.client_width()),
            f64::from(stage.client_height()),
        );
        let scale = (WIDEST / width.max(1.0)).min(1.0);
        // Codecs want even sides.
        let even = |side: f64| (side / 2.0).round() as u32 * 2;
        let (canvas, context) =
            picture::canvas(even(width * scale), even(height * scale + CAPTION))?;
        let root = window()?
            .document()
            .and_then(|document| document.document_element());
        let style = window()?
            .get_computed_style(&root.ok_or("no root")?)?
            .ok_or("no style")?;
        let named = |name: &str| style.get_property_value(name);
        Ok(Self {
            stage,
            canvas,
            context,
            ground: named("--paper")?,
            ink: named("--ink")?,
            font: named("--sans")?,
        })
    }

    fn size(&self) -> (f64, f64) {
        (self.canvas.width().into(), self.canvas.height().into())
    }

    fn draw(&self) -> Result<(), JsValue> {
        let ((width, height), context) = (self.size(), &self.context);
        context.set_fill_style_str(&self.ground);
        context.fill_rect(0.0, 0.0, width, height);
        context.draw_image_with_html_canvas_element_and_dw_and_dh(
            &self.stage,
            0.0,
            0.0,
            width,
            height - CAPTION,
        )?;
        context.set_fill_style_str(&self.ink);
        context.set_text_align("center");
        context.set_font(&format!("15px {}", self.font));
        let says = window()?
            .document()
            .and_then(|document| document.query_selector(".caption").ok()?);
        let says = says
            .and_then(|says| says.text_content())
            .unwrap_or_default();
        let middle = height - CAPTION / 2.0;
        context.fill_text_with_max_width(says.trim(), width / 2.0, middle, width - 24.0)
    }

    fn pixels(&self) -> Result<Vec<u8>, JsValue> {
        let (width, height) = self.size();
        Ok(self
            .context
            .get_image_data(0.0, 0.0, width, height)?
            .data()
            .0)
    }
}

async fn as_gif(sheet: &Sheet, shot: &Shot) -> Result<Blob, JsValue> {
    let words = |error: gif::EncodingError| JsValue::from(error.to_string());
    let mut reel =
        Reel::new(sheet.canvas.width() as u16, sheet.canvas.height() as u16).map_err(words)?;
    let count = (shot.seconds * GIF_RATE).max(1.0) as u32;
    for frame in 0..=count {
        shot.show(f64::from(frame) / f64::from(count)).await?;
        sheet.draw()?;
        // The last one stays for a while, before it begins again.
        let hundredths = if frame == count {
            150
        } else {
            (100.0 / GIF_RATE) as u16
        };
        reel.add(sheet.pixels()?, hundredths).map_err(words)?;
    }
    let bytes = reel.finish().map_err(words)?;
    let kind = BlobPropertyBag::new();
    kind.set_type("image/gif");
    let bytes = js_sys::Uint8Array::from(bytes.as_slice());
    Blob::new_with_u8_array_sequence_and_options(&Array::of1(&bytes), &kind)
}

/// Films in real time, as the browser's recorder wants it.
async fn recorded(
    sheet: &Sheet,
    shot: &Shot,
    stream: &MediaStream,
) -> Result<(Blob, &'static str), JsValue> {
    let recorder = MediaRecorder::new_with_media_stream(stream)?;
    let parts = Array::new();
    let keep = Closure::<dyn FnMut(BlobEvent)>::new({
        let parts = parts.clone();
        move |event: BlobEvent| {
            if let Some(part) = event.data() {
                parts.push(&part);
            }
        }
    });
    recorder.set_ondataavailable(Some(keep.as_ref().unchecked_ref()));
    shot.show(0.0).await?;
    sheet.draw()?;
    recorder.start()?;
    let clock = window()?.performance().ok_or("no clock")?;
    let began = clock.now();
    loop {
        let part = ((clock.now() - began) / 1000.0 / shot.seconds).min(1.0);
        let shown = shot.show(part).await;
        if let Err(error) = shown.and_then(|()| sheet.draw()) {
            recorder.set_ondataavailable(None);
            recorder.stop()?;
            return Err(error);
        }
        if part >= 1.0 {
            break;
        }
    }
    let stopped = Promise::new(&mut |done: Function, _| recorder.set_onstop(Some(&done)));
    recorder.stop()?;
    JsFuture::from(stopped).await?;
    let mime = recorder.mime_type();
    let kind = BlobPropertyBag::new();
    kind.set_type(&mime);
    let ending = if mime.contains("mp4") { "mp4" } else { "webm" };
    Ok((
        Blob::new_with_blob_sequence_and_options(&parts, &kind)?,
        ending,
    ))
}
