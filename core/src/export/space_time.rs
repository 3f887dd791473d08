//! The space-time diagram as SVG: a line for each node, time to the right, ready for print.
//!
//! The picture needs nothing from outside: no font, no style sheet, no script.
//! Kinds of message differ by colour, shape and letter.

use super::arrows::{self, Arrow};
use super::signs::{self, Sign};
use super::{Format, Stretch, at_most};
use crate::problem::Problem;
use crate::space_time::Kind;
use crate::time::Time;
use crate::world::World;
use std::fmt::Write;

mod glyph;
mod legend;
mod marks;
mod paper;
mod phases;

use paper::Paper;

pub(super) const SVG: Format = Format {
    name: "svg",
    title: "Space-time diagram (SVG)",
    says: "A picture for papers, slides and print.",
    mime: "image/svg+xml",
    extension: "svg",
    write,
};

/// Beyond this a picture shows nothing any more.
const MOST: usize = 6_000;

fn write(world: &dyn World, stretch: Stretch) -> Result<String, Problem> {
    let arrows = arrows::seen(world, stretch);
    let instants: Vec<Time> = arrows.iter().map(|arrow| arrow.transit.sent).collect();
    at_most(MOST, "messages", &instants, stretch)?;
    let signs = signs::of(world, stretch);
    let paper = Paper::new(world, stretch, &arrows);
    let legend = legend::legend(&paper, &arrows, &signs);
    let (width, height) = (paper.width(), paper.foot() + legend.height);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\" \
         font-family=\"Helvetica, Arial, sans-serif\" font-size=\"11\" fill=\"#1a1a1a\">\n\
         <title>{}</title>\n<desc>{}</desc>\n",
        escape(&paper.title()),
        escape(&describe(&paper, &arrows, &signs)),
    );
    glyph::define(&mut svg, &paper, &arrows);
    let _ = writeln!(
        svg,
        "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>"
    );
    paper.draw(&mut svg);
    phases::draw(&mut svg, &paper);
    draw_arrows(&mut svg, &paper, &arrows);
    for sign in &signs {
        marks::draw(&mut svg, &paper, sign);
    }
    svg.push_str(&legend.svg);
    svg.push_str("</svg>\n");
    Ok(svg)
}

fn describe(paper: &Paper<'_>, arrows: &[Arrow], signs: &[Sign]) -> String {
    let lost = arrows.iter().filter(|arrow| arrow.lost.is_some()).count();
    let executed = signs
        .iter()
        .filter(|sign| matches!(sign.kind, Kind::Executed(_)));
    format!(
        "{} nodes, {} messages of which {lost} were lost, {} executions.",
        paper.world.nodes(),
        arrows.len(),
        executed.count()
    )
}

fn draw_arrows(svg: &mut String, paper: &Paper<'_>, arrows: &[Arrow]) {
    let _ = writeln!(svg, "<g clip-path=\"url(#field)\" stroke-width=\"1.1\">");
    for arrow in arrows {
        draw_arrow(svg, paper, arrow);
    }
    svg.push_str("</g>\n");
}

fn draw_arrow(svg: &mut String, paper: &Paper<'_>, arrow: &Arrow) {
    let transit = &arrow.transit;
    let (x1, y1) = (paper.x(transit.sent), paper.y(transit.from));
    let (x2, y2) = (paper.x(arrow.ended), paper.y(transit.to));
    let colour = glyph::colour(transit.kind);
    let _ = match arrow.lost {
        None => writeln!(
            svg,
            "<path d=\"M{x1:.1} {y1:.1}L{x2:.1} {y2:.1}\" stroke=\"{colour}\" fill=\"none\" \
             marker-end=\"url(#head{})\"/>",
            transit.kind
        ),
        Some(reason) => {
            // What is lost at once has no slope of its own.
            let (x, y) = (
                x1 + (x2 - x1).max(paper.grid.gap * 0.4) * 0.7,
                y1 + (y2 - y1) * 0.7,
            );
            writeln!(
                svg,
                "<path d=\"M{x1:.1} {y1:.1}L{x:.1} {y:.1}\" stroke=\"{colour}\" fill=\"none\" \
                 stroke-dasharray=\"4 3\"/><use href=\"#lost\" x=\"{x:.1}\" y=\"{y:.1}\">\
                 <title>{}</title></use>",
                reason.name()
            )
        }
    };
    let (x, y) = (x1 + (x2 - x1) * 0.36, y1 + (y2 - y1) * 0.36);
    let _ = writeln!(
        svg,
        "<use href=\"#kind{}\" x=\"{x:.1}\" y=\"{y:.1}\"/>",
        transit.kind
    );
}

/// Text as it may stand between tags or quotes of SVG and HTML.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => plain.push_str("&amp;"),
            '<' => plain.push_str("&lt;"),
            '>' => plain.push_str("&gt;"),
            '"' => plain.push_str("&quot;"),
            // XML has no place for these, escaped or not.
            letter if letter.is_control() => plain.push(' '),
            _ => plain.push(letter),
        }
    }
    plain
}
