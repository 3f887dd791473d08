//! Paints scenes on a canvas: the only place that touches a drawing context.

use crate::browser::theme::{Theme, rgb};
use crate::geometry::{Point, sin_cos};
use crate::scene::{Align, Ink, Mark, Scene, Seg};
use crate::text::decimal;
use std::cell::RefCell;
use wasm_bindgen::{Clamped, JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

/// A sharper picture than this costs more than it shows.
const SHARPEST: f64 = 2.0;

/// A canvas and its context.
pub struct SceneCanvas {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    /// What dots are set in, and where the browser takes them from.
    pixels: RefCell<Vec<u8>>,
    layer: HtmlCanvasElement,
}

fn context_of(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

/// How a line is drawn that nothing fills.
#[derive(Clone, Copy, PartialEq)]
struct Line {
    ink: Ink,
    width: f32,
    dash: bool,
    alpha: f32,
}

impl Line {
    fn of(mark: &Mark) -> Option<Self> {
        match *mark {
            Mark::Path {
                fill: None,
                stroke: Some((ink, width)),
                dash,
                alpha,
                ..
            } => Some(Self {
                ink,
                width,
                dash,
                alpha,
            }),
            _ => None,
        }
    }
}

impl SceneCanvas {
    /// Takes a canvas to paint on.
    pub fn new(canvas: HtmlCanvasElement) -> Option<Self> {
        let layer = canvas.clone_node().ok()?.dyn_into().ok()?;
        Some(Self {
            context: context_of(&canvas)?,
            canvas,
            pixels: RefCell::default(),
            layer,
        })
    }

    /// Whether this is the stage of that canvas.
    #[must_use]
    pub fn is_of(&self, canvas: &HtmlCanvasElement) -> bool {
        &self.canvas == canvas
    }

    /// The size of the canvas in pixels of its picture, each of which covers `scale` CSS pixels.
    #[must_use]
    pub fn size(&self, scale: f32) -> (f32, f32) {
        (
            self.canvas.client_width() as f32 / scale,
            self.canvas.client_height() as f32 / scale,
        )
    }

    /// Paints a scene over whatever was there.
    pub fn paint(&self, scene: &Scene, theme: &Theme, scale: f32) {
        let sharp = self.fit() * f64::from(scale);
        let (w, h) = self.size(scale);
        let _: Result<(), JsValue> = self.context.set_transform(sharp, 0.0, 0.0, sharp, 0.0, 0.0);
        self.context.clear_rect(0.0, 0.0, w.into(), h.into());
        self.context.set_line_cap("round");
        self.context.set_line_join("round");
        self.context.set_text_baseline("middle");
        // Lines alike that follow one another are one path: half the work for the browser.
        let mut line: Option<Line> = None;
        for mark in &scene.marks {
            let next = Line::of(mark);
            if line != next {
                self.finish(line, theme);
                if next.is_some() {
                    self.context.begin_path();
                }
            }
            line = next;
            if !matches!(mark, Mark::Dots { .. }) {
                self.lay_dots(sharp);
            }
            match mark {
                Mark::Path { segs, .. } if line.is_some() => self.trace(segs),
                Mark::Path { .. } => self.shape(mark, theme),
                Mark::Text { .. } => self.text(mark, theme),
                Mark::Dots { points, size, ink } => {
                    self.dots(points, *size, rgb(theme.colour(*ink)), sharp);
                }
            }
        }
        self.finish(line, theme);
        self.lay_dots(sharp);
        self.context.set_global_alpha(1.0);
    }

    /// Gives the canvas as many pixels as it covers, and says how many for each CSS pixel.
    fn fit(&self) -> f64 {
        let sharp = web_sys::window().map_or(1.0, |window| window.device_pixel_ratio());
        let sharp = sharp.clamp(1.0, SHARPEST);
        let covers = |length: i32| (f64::from(length) * sharp) as u32;
        let pixels_w = covers(self.canvas.client_width());
        let pixels_h = covers(self.canvas.client_height());
        if self.canvas.width() != pixels_w || self.canvas.height() != pixels_h {
            self.canvas.set_width(pixels_w);
            self.canvas.set_height(pixels_h);
        }
        sharp
    }

    fn finish(&self, line: Option<Line>, theme: &Theme) {
        if let Some(line) = line {
            self.context.set_global_alpha(f64::from(line.alpha));
            self.stroke(line, theme);
        }
    }

    fn stroke(&self, line: Line, theme: &Theme) {
        self.context.set_stroke_style_str(theme.colour(line.ink));
        self.context.set_line_width(f64::from(line.width));
        if line.dash {
            self.dash(true);
        }
        self.context.stroke();
        if line.dash {
            self.dash(false);
        }
    }

    /// A path that is filled, or filled and outlined.
    fn shape(&self, mark: &Mark, theme: &Theme) {
        let Mark::Path {
            segs,
            fill,
            stroke,
            dash,
            alpha,
        } = mark
        else {
            return;
        };
        self.context.set_global_alpha(f64::from(*alpha));
        self.context.begin_path();
        self.trace(segs);
        if let Some(ink) = fill {
            self.context.set_fill_style_str(theme.colour(*ink));
            self.context.fill();
        }
        if let Some((ink, width)) = *stroke {
            let (dash, alpha) = (*dash, *alpha);
            self.stroke(
                Line {
                    ink,
                    width,
                    dash,
                    alpha,
                },
                theme,
            );
        }
    }

    /// Dots are set as pixels: the browser takes ten thousand of them as one picture.
    fn dots(&self, points: &[Point], size: f32, colour: [u8; 3], sharp: f64) {
        let sharp = sharp as f32;
        let mut pixels = self.pixels.take();
        let (w, h) = (self.canvas.width() as usize, self.canvas.height() as usize);
        pixels.resize(w * h * 4, 0);
        let side = (size * sharp).round().max(1.0) as usize;
        let [red, green, blue] = colour;
        for point in points {
            let corner = |middle: f32| ((middle - size / 2.0) * sharp).round().max(0.0) as usize;
            let (left, top) = (corner(point.x), corner(point.y));
            let right = (left + side).min(w);
            for y in top..(top + side).min(h) {
                let row = pixels.get_mut((y * w + left) * 4..(y * w + right) * 4);
                for pixel in row.unwrap_or_default().chunks_exact_mut(4) {
                    pixel.copy_from_slice(&[red, green, blue, 255]);
                }
            }
        }
        self.pixels.replace(pixels);
    }

    /// Lays the dots that were set over the picture.
    fn lay_dots(&self, sharp: f64) {
        let mut pixels = self.pixels.take();
        if pixels.is_empty() {
            return;
        }
        let (w, h) = (self.canvas.width(), self.canvas.height());
        self.layer.set_width(w);
        self.layer.set_height(h);
        let image = ImageData::new_with_u8_clamped_array_and_sh(Clamped(&pixels), w, h);
        let layer = context_of(&self.layer);
        if let (Ok(image), Some(layer)) = (image, layer) {
            self.context.set_global_alpha(1.0);
            let _: Result<(), JsValue> = layer.put_image_data(&image, 0.0, 0.0);
            let _: Result<(), JsValue> = self.context.reset_transform();
            let _: Result<(), JsValue> =
                self.context
                    .draw_image_with_html_canvas_element(&self.layer, 0.0, 0.0);
            let _: Result<(), JsValue> =
                self.context.set_transform(sharp, 0.0, 0.0, sharp, 0.0, 0.0);
        }
        pixels.clear();
        self.pixels.replace(pixels);
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
        let xy = |point: &Point| (f64::from(point.x), f64::from(point.y));
        for (index, seg) in segs.iter().enumerate() {
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
                    if index == 0 {
                        let (sine, cosine) = sin_cos(*from);
                        let (cosine, sine) = (f64::from(cosine), f64::from(sine));
                        context.move_to(x + radius * cosine, y + radius * sine);
                    }
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
            .set_font(&format!("{weight} {}px {}", decimal(*size), theme.font));
        self.context.set_text_align(match align {
            Align::Start => "left",
            Align::Middle => "center",
            Align::End => "right",
        });
        let (x, y) = (f64::from(at.x), f64::from(at.y));
        if *halo {
            self.context.set_stroke_style_str(theme.colour(Ink::Paper));
            self.context.set_line_width(4.0);
            let _: Result<(), JsValue> = self.context.stroke_text(text, x, y);
        }
        self.context.set_fill_style_str(theme.colour(*ink));
        let _: Result<(), JsValue> = self.context.fill_text(text, x, y);
    }
}
