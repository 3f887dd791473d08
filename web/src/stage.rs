//! Paints scenes on a canvas: the only place that touches a drawing context.

use crate::scene::{Align, Mark, Point, Scene, Seg};
use crate::theme::Theme;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// A sharper picture than this costs more than it shows.
const SHARPEST: f64 = 2.0;

/// A canvas and its context.
pub struct Stage {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
}

impl Stage {
    /// Takes a canvas to paint on.
    pub fn new(canvas: HtmlCanvasElement) -> Option<Self> {
        let context = canvas.get_context("2d").ok()??;
        let context = context.dyn_into().ok()?;
        Some(Self { canvas, context })
    }

    /// Whether this is the stage of that canvas.
    #[must_use]
    pub fn is_of(&self, canvas: &HtmlCanvasElement) -> bool {
        &self.canvas == canvas
    }

    /// The size of the canvas in CSS pixels.
    #[must_use]
    pub fn size(&self) -> (f32, f32) {
        (
            self.canvas.client_width() as f32,
            self.canvas.client_height() as f32,
        )
    }

    /// Paints a scene over whatever was there.
    pub fn paint(&self, scene: &Scene, theme: &Theme) {
        let sharp = web_sys::window().map_or(1.0, |window| window.device_pixel_ratio());
        let sharp = sharp.clamp(1.0, SHARPEST);
        let (w, h) = self.size();
        let (pixels_w, pixels_h) = (f64::from(w) * sharp, f64::from(h) * sharp);
        if self.canvas.width() != pixels_w as u32 || self.canvas.height() != pixels_h as u32 {
            self.canvas.set_width(pixels_w as u32);
            self.canvas.set_height(pixels_h as u32);
        }
        let _: Result<(), JsValue> = self.context.set_transform(sharp, 0.0, 0.0, sharp, 0.0, 0.0);
        self.context.clear_rect(0.0, 0.0, w.into(), h.into());
        self.context.set_line_cap("round");
        self.context.set_line_join("round");
        self.context.set_text_baseline("middle");
        for mark in &scene.marks {
            self.mark(mark, theme);
        }
        self.context.set_global_alpha(1.0);
    }

    fn mark(&self, mark: &Mark, theme: &Theme) {
        match mark {
            Mark::Path {
                segs,
                fill,
                stroke,
                dash,
                alpha,
            } => {
                self.context.set_global_alpha(f64::from(*alpha));
                self.trace(segs);
                if let Some(ink) = fill {
                    self.context.set_fill_style_str(theme.colour(*ink));
                    self.context.fill();
                }
                if let Some((ink, width)) = stroke {
                    self.dash(*dash);
                    self.context.set_stroke_style_str(theme.colour(*ink));
                    self.context.set_line_width(f64::from(*width));
                    self.context.stroke();
                    if *dash {
                        self.dash(false);
                    }
                }
            }
            Mark::Text { .. } => self.text(mark, theme),
            Mark::Dots { points, size, ink } => {
                self.context.set_global_alpha(1.0);
                self.context.set_fill_style_str(theme.colour(*ink));
                let half = f64::from(*size) / 2.0;
                for point in points {
                    let (x, y) = (f64::from(point.x) - half, f64::from(point.y) - half);
                    self.context
                        .fill_rect(x, y, f64::from(*size), f64::from(*size));
                }
            }
        }
    }

    fn dash(&self, on: bool) {
        let pattern = js_sys::Array::new();
        if on {
            pattern.push(&JsValue::from(4.0));
            pattern.push(&JsValue::from(4.0));
        }
        let _: Result<(), JsValue> = self.context.set_line_dash(&pattern);
    }

    fn trace(&self, segs: &[Seg]) {
        let context = &self.context;
        context.begin_path();
        let xy = |point: &Point| (f64::from(point.x), f64::from(point.y));
        for seg in segs {
            match seg {
                Seg::Move(point) => {
                    let (x, y) = xy(point);
                    context.move_to(x, y);
                }
                Seg::Line(point) => {
                    let (x, y) = xy(point);
                    context.line_to(x, y);
                }
                Seg::Quad(bend, point) => {
                    let ((bx, by), (x, y)) = (xy(bend), xy(point));
                    context.quadratic_curve_to(bx, by, x, y);
                }
                Seg::Arc(middle, radius, from, to) => {
                    let (x, y) = xy(middle);
                    let radius = f64::from(radius.max(0.0));
                    let _: Result<(), JsValue> =
                        context.arc(x, y, radius, f64::from(*from), f64::from(*to));
                }
                Seg::Close => context.close_path(),
            }
        }
    }

    fn text(&self, mark: &Mark, theme: &Theme) {
        let Mark::Text {
            at,
            text,
            size,
            ink,
            bold,
            align,
            halo,
        } = mark
        else {
            return;
        };
        let weight = if *bold { 650 } else { 450 };
        self.context.set_global_alpha(1.0);
        self.context
            .set_font(&format!("{weight} {size}px {}", theme.font));
        self.context.set_text_align(match align {
            Align::Start => "left",
            Align::Middle => "center",
            Align::End => "right",
        });
        let (x, y) = (f64::from(at.x), f64::from(at.y));
        if *halo {
            self.context
                .set_stroke_style_str(theme.colour(crate::scene::Ink::Paper));
            self.context.set_line_width(4.0);
            let _: Result<(), JsValue> = self.context.stroke_text(text, x, y);
        }
        self.context.set_fill_style_str(theme.colour(*ink));
        let _: Result<(), JsValue> = self.context.fill_text(text, x, y);
    }
}
