//! A scene as SVG: the same marks in a file that needs nothing else.

use super::{Align, Ink, Mark, Scene, Seg};
use crate::geometry::{Point, sin_cos};
use quorumscope_core::export::escape;
use std::f32::consts::TAU;
use std::fmt::Write;

/// How the picture is to look, and what stands below it.
pub struct Style<'a> {
    /// What inks look like.
    pub colour: &'a dyn Fn(Ink) -> String,
    /// The font of all text.
    pub font: &'a str,
    /// Its size.
    pub size: (f32, f32),
    /// What it is called.
    pub title: &'a str,
    /// What happens in it.
    pub caption: &'a str,
}

/// Room for the caption.
pub const FOOT: f32 = 40.0;

/// Writes the picture.
#[must_use]
pub fn svg(scene: &Scene, style: &Style) -> String {
    let ((w, h), colour) = (style.size, style.colour);
    let high = h + FOOT;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{high}\" viewBox=\"0 0 {w} {high}\" role=\"img\" \
         font-family=\"{}\" stroke-linecap=\"round\" stroke-linejoin=\"round\">\n<title>{}</title>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\n",
        escape(style.font),
        escape(style.title),
        colour(Ink::Paper)
    );
    for mark in &scene.marks {
        draw(&mut out, mark, colour);
    }
    let _ = writeln!(
        out,
        "<text x=\"{}\" y=\"{}\" font-size=\"15\" text-anchor=\"middle\" fill=\"{}\">{}</text>\n</svg>",
        w / 2.0,
        h + FOOT * 0.6,
        colour(Ink::Ink),
        escape(style.caption)
    );
    out
}

fn draw(out: &mut String, mark: &Mark, colour: &dyn Fn(Ink) -> String) {
    match mark {
        Mark::Path {
            segs,
            fill,
            stroke,
            dash,
            alpha,
        } => {
            let fill = fill.map_or_else(|| "none".into(), colour);
            let _ = write!(out, "<path d=\"{}\" fill=\"{fill}\"", path(segs));
            if let Some((ink, width)) = stroke {
                let _ = write!(out, " stroke=\"{}\" stroke-width=\"{width}\"", colour(*ink));
            }
            out.push_str(if *dash {
                " stroke-dasharray=\"4 4\""
            } else {
                ""
            });
            if *alpha < 1.0 {
                let _ = write!(out, " opacity=\"{alpha}\"");
            }
            out.push_str("/>\n");
        }
        Mark::Text {
            at,
            text,
            size,
            ink,
            bold,
            align,
            halo,
        } => {
            let anchor = match align {
                Align::Start => "start",
                Align::Middle => "middle",
                Align::End => "end",
            };
            let _ = write!(
                out,
                "<text x=\"{}\" y=\"{}\" font-size=\"{size}\" font-weight=\"{}\" text-anchor=\"{anchor}\" dominant-baseline=\"central\" fill=\"{}\"",
                at.x,
                at.y,
                if *bold { 650 } else { 450 },
                colour(*ink)
            );
            if *halo {
                let _ = write!(
                    out,
                    " stroke=\"{}\" stroke-width=\"4\" paint-order=\"stroke\"",
                    colour(Ink::Paper)
                );
            }
            let _ = writeln!(out, ">{}</text>", escape(text));
        }
        Mark::Dots { points, size, ink } => {
            let dot = |d: String, point: &Point| {
                let half = size / 2.0;
                format!(
                    "{d}M{} {}h{size}v{size}h-{size}z",
                    point.x - half,
                    point.y - half
                )
            };
            let d = points.iter().fold(String::new(), dot);
            let _ = writeln!(out, "<path d=\"{d}\" fill=\"{}\"/>", colour(*ink));
        }
    }
}

fn path(segs: &[Seg]) -> String {
    let mut d = String::new();
    for seg in segs {
        let _ = match seg {
            Seg::Move(to) => write!(d, "M{} {}", to.x, to.y),
            Seg::Line(to) => write!(d, "L{} {}", to.x, to.y),
            Seg::Quad(past, to) => write!(d, "Q{} {} {} {}", past.x, past.y, to.x, to.y),
            Seg::Arc(middle, radius, from, to) => {
                arc(&mut d, *middle, radius.max(0.0), *from, *to);
                Ok(())
            }
            Seg::Close => write!(d, "z"),
        };
    }
    d
}

/// A canvas goes in a straight line to where an arc begins, and round no more than once.
fn arc(d: &mut String, middle: Point, radius: f32, from: f32, to: f32) {
    let on = |angle: f32| {
        let (sine, cosine) = sin_cos(angle);
        middle.plus(cosine * radius, sine * radius)
    };
    let first = on(from);
    let begin = if d.is_empty() { 'M' } else { 'L' };
    let _ = write!(d, "{begin}{} {}", first.x, first.y);
    let turn = if to - from >= TAU {
        TAU
    } else {
        (to - from).rem_euclid(TAU)
    };
    // A whole turn in one piece would begin where it ends, and be nothing.
    for half in [0.5, 1.0] {
        let end = on(from + turn * half);
        let _ = write!(d, "A{radius} {radius} 0 0 1 {} {}", end.x, end.y);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::at;

    #[test]
    fn each_mark_has_its_element_and_text_is_escaped() {
        let mut scene = Scene::default();
        scene.disc(
            at(50.0, 50.0),
            10.0,
            Some(Ink::Node),
            Some((Ink::Edge, 2.0)),
        );
        scene
            .line(at(0.0, 0.0), at(9.0, 9.0), Ink::Bad, 1.0)
            .dashed()
            .faded(0.5);
        scene.bold(at(50.0, 50.0), "<0> & \"1\"", 14.0, Ink::Ink);
        scene.marks.push(Mark::Dots {
            points: vec![at(1.0, 1.0)],
            size: 2.0,
            ink: Ink::Kind(2),
        });
        let colour = |ink: Ink| format!("{ink:?}");
        let style = Style {
            colour: &colour,
            font: "A, \"B C\"",
            size: (100.0, 80.0),
            title: "T",
            caption: "c < d",
        };
        let text = svg(&scene, &style);
        assert!(text.contains("M60 50A10 10 0 0 1 40 50"), "{text}");
        assert!(text.contains("stroke-dasharray=\"4 4\" opacity=\"0.5\""));
        assert!(text.contains(">&lt;0&gt; &amp; &quot;1&quot;</text>"));
        assert!(text.contains("d=\"M0 0h2v2h-2z\" fill=\"Kind(2)\""));
        assert!(text.contains("font-family=\"A, &quot;B C&quot;\"") && text.contains("c &lt; d"));
        assert!(text.ends_with("</svg>\n"));
    }
}
