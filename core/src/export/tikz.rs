//! A sequence diagram in TikZ, as a document of its own that `\input` takes as well.
//!
//! Time runs downwards: every instant at which something is sent or arrives has
//! its own height, in order, so arrows slant as they should and nothing is
//! drawn where nothing happens.

use super::arrows::Arrow;
use super::signs::Sign;
use super::{Format, Stretch, arrows, at_most, names, signs};
use crate::problem::Problem;
use crate::time::Time;
use crate::world::World;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

pub(super) const TIKZ: Format = Format {
    name: "tikz",
    title: "Sequence diagram (TikZ)",
    says: "For papers and slides made with LaTeX.",
    mime: "application/x-tex",
    extension: "tex",
    write,
};

/// TeX cannot draw longer than 5.7 metres; this is about three.
const MOST: usize = 500;
/// Between nodes, and between instants, in centimetres.
const APART: f64 = 2.6;
const BELOW: f64 = 0.3;

const HEAD: &str = r"\documentclass[tikz,border=4pt]{standalone}
\begin{document}
\begin{tikzpicture}[
  >=latex, font=\sffamily\scriptsize,
  node/.style={draw, rounded corners=2pt, fill=white, inner sep=3pt},
  life/.style={gray!60},
  message/.style={->, semithick},
  letter/.style={circle, fill=white, draw, inner sep=0.6pt, font=\sffamily\tiny, pos=0.4},
  lost/.style={dashed, -},
  note/.style={fill=yellow!15, draw=gray!60, inner sep=1.5pt, font=\sffamily\tiny}]
";

const TAIL: &str = "\\end{tikzpicture}\n\\end{document}\n";

fn write(world: &dyn World, stretch: Stretch) -> Result<String, Problem> {
    let arrows = arrows::ended(world, stretch);
    let instants: Vec<Time> = arrows.iter().map(|arrow| arrow.ended).collect();
    at_most(MOST, "messages", &instants, stretch)?;
    let mut signs = signs::of(world, stretch);
    signs.retain(|sign| sign.kind.notable());
    let sheet = Sheet::new(world, stretch, &arrows, &signs);
    let mut text = format!("% {}\n{HEAD}", names::title(world));
    sheet.nodes(&mut text);
    for arrow in &arrows {
        sheet.arrow(&mut text, arrow);
    }
    for sign in &signs {
        sheet.note(&mut text, sign);
    }
    sheet.legend(&mut text, &arrows);
    text.push_str(TAIL);
    Ok(text)
}

/// Where things stand on the paper.
struct Sheet<'a> {
    world: &'a dyn World,
    from: Time,
    ranks: BTreeMap<Time, usize>,
}

impl<'a> Sheet<'a> {
    fn new(world: &'a dyn World, stretch: Stretch, arrows: &[Arrow], signs: &[Sign]) -> Self {
        let ends = arrows
            .iter()
            .flat_map(|arrow| [arrow.transit.sent.max(stretch.from), arrow.ended]);
        let instants: BTreeSet<Time> = ends.chain(signs.iter().map(|sign| sign.at)).collect();
        Self {
            world,
            from: stretch.from,
            ranks: instants.into_iter().zip(1..).collect(),
        }
    }

    fn x(&self, place: usize) -> f64 {
        place as f64 * APART
    }

    fn y(&self, at: Time) -> f64 {
        let rank = self.ranks.get(&at.max(self.from)).copied().unwrap_or(0);
        -(rank as f64) * BELOW
    }

    fn depth(&self) -> f64 {
        -((self.ranks.len() + 1) as f64) * BELOW
    }

    fn nodes(&self, text: &mut String) {
        for node in names::order(self.world) {
            let x = self.x(names::place(self.world, node));
            let (name, depth) = (escape(&names::long(self.world, node)), self.depth());
            let _ = writeln!(
                text,
                "  \\draw[life] ({x:.2},0) -- ({x:.2},{depth:.2});\n  \
                 \\node[node] at ({x:.2},0) {{{name}}};"
            );
        }
    }

    fn arrow(&self, text: &mut String, arrow: &Arrow) {
        let transit = &arrow.transit;
        let (x1, x2) = (
            self.x(names::place(self.world, transit.from)),
            self.x(names::place(self.world, transit.to)),
        );
        let (y1, y2) = (self.y(transit.sent), self.y(arrow.ended));
        let letter = escape(
            &self.world.kinds()[usize::from(transit.kind)]
                .letter
                .to_string(),
        );
        let _ = match arrow.lost {
            None => writeln!(
                text,
                "  \\draw[message] ({x1:.2},{y1:.2}) -- node[letter] {{{letter}}} ({x2:.2},{y2:.2});"
            ),
            Some(_) => {
                let (x, y) = (x1 + (x2 - x1) * 0.7, y1 + (y2 - y1) * 0.7);
                writeln!(
                    text,
                    "  \\draw[message,lost] ({x1:.2},{y1:.2}) -- node[letter] {{{letter}}} \
                     ({x:.2},{y:.2}) node {{$\\times$}};"
                )
            }
        };
    }

    fn note(&self, text: &mut String, sign: &Sign) {
        let place = sign.node.map_or(0, |node| names::place(self.world, node));
        let (x, y) = (self.x(place), self.y(sign.at));
        let _ = writeln!(
            text,
            "  \\node[note,anchor=west] at ({:.2},{y:.2}) {{{}}};",
            x + 0.06,
            escape(&sign.says)
        );
    }

    /// The letters that occur, and what they stand for.
    fn legend(&self, text: &mut String, arrows: &[Arrow]) {
        let kinds: BTreeSet<u8> = arrows.iter().map(|arrow| arrow.transit.kind).collect();
        let line = |kind: &u8| {
            let kind = self.world.kinds()[usize::from(*kind)];
            escape(&format!("{}: {}", kind.letter, kind.name))
        };
        let lines: Vec<String> = kinds.iter().map(line).collect();
        let _ = writeln!(
            text,
            "  \\node[anchor=north west] at (0,{:.2}) {{{}; $\\times$: lost}};",
            self.depth() - 0.1,
            lines.join("; ")
        );
    }
}

/// What TeX would take for a command.
fn escape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '#' | '$' | '%' | '&' | '_' | '{' | '}' => plain.extend(['\\', letter]),
            '\\' => plain.push_str("\\textbackslash{}"),
            '~' => plain.push_str("\\textasciitilde{}"),
            '^' => plain.push_str("\\textasciicircum{}"),
            '\n' | '\r' => plain.push(' '),
            _ => plain.push(letter),
        }
    }
    plain
}
