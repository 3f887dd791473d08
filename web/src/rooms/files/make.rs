//! Makes each kind of file and hands it over.

use super::super::Room;
use crate::browser::files::{self, File};
use crate::browser::theme::Theme;
use crate::page::actions::{Action, Travel};
use crate::page::view::View;
use crate::scene::ring::ring;
use crate::scene::ring_view::RingView;
use crate::scene::svg::{self, svg};
use js_sys::Array;
use quorumscope_core::chronicle::Chronicle;
use quorumscope_core::export::Stretch;
use quorumscope_core::time::Time;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, Url};

/// A film of a longer stretch goes faster.
const LONGEST_FILM: f64 = 30.0;
const SHORTEST_FILM: f64 = 1.0;
/// Pixels of a picture for each CSS pixel of the page.
const SHARP: f64 = 2.0;

/// A wider diagram is printed in rows.
const WIDEST_ROW: f64 = 1_400.0;
const MOST_ROWS: f64 = 24.0;

/// A kind of file.
#[derive(Debug, PartialEq)]
pub(super) struct Way {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) says: &'static str,
}

const fn way(name: &'static str, title: &'static str, says: &'static str) -> Way {
    Way { name, title, says }
}

/// All kinds, in groups.
pub(super) const WAYS: [(&str, &[Way]); 4] = [
    (
        "Pictures",
        &[
            way("stage-png", "Stage (PNG)", "As it is now, for slides."),
            way(
                "stage-svg",
                "Stage (SVG)",
                "As it is now, sharp at any size.",
            ),
            way(
                "svg",
                "Space-time diagram (SVG)",
                "For papers, slides and print.",
            ),
            way(
                "print",
                "Print or PDF",
                "The diagram with caption, legend and link.",
            ),
        ],
    ),
    (
        "Films",
        &[
            way(
                "film",
                "Video",
                "The stretch at the page's speed, in 30 s at most.",
            ),
            way("gif", "GIF", "The same, for pages that take no video."),
        ],
    ),
    (
        "Sequence diagrams",
        &[
            way("mermaid", "Mermaid", "For notes, wikis and README files."),
            way("tikz", "TikZ", "For LaTeX."),
        ],
    ),
    (
        "Data",
        &[
            way(
                "scenario",
                "Scenario (JSON)",
                "The whole run, to open again.",
            ),
            way(
                "trace",
                "Recorded trace",
                "Scenario and events, to hold against a replay.",
            ),
            way(
                "events-csv",
                "Events (CSV)",
                "Everything that happened, for spreadsheets.",
            ),
            way(
                "events-jsonl",
                "Events (JSON lines)",
                "Everything that happened, for programs.",
            ),
            way(
                "metrics-csv",
                "Metrics (CSV)",
                "Counts and delays, for spreadsheets.",
            ),
            way(
                "metrics-json",
                "Metrics (JSON)",
                "Counts and delays, for programs.",
            ),
            way("shiviz", "ShiViz log", "Vector clocks, for ShiViz."),
        ],
    ),
];

/// A file that was made.
#[derive(PartialEq)]
pub(super) struct Made {
    pub(super) name: String,
    pub(super) mime: String,
    pub(super) bytes: f64,
    /// Its text, if it is one.
    pub(super) text: Option<String>,
    /// Where it can be had while the page is open.
    pub(super) url: String,
    /// Whether the download cannot have been refused.
    pub(super) kept: bool,
    /// Whether it was printed, not saved.
    pub(super) printed: bool,
}

impl Made {
    /// What is told of it.
    pub(super) fn says(&self) -> String {
        if self.printed {
            return "The print dialog has the diagram; a frame may not open one: then save the SVG.".into();
        }
        let size = match self.bytes {
            few if few < 10_000.0 => format!("{few} bytes"),
            many => format!("{:.0} kB", many / 1000.0),
        };
        match self.kept {
            true => format!("Saved {}, {size}.", self.name),
            false => format!(
                "{}, {size}. The frame that this page stands in may refuse downloads; here is the file itself.",
                self.name
            ),
        }
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        let _: Result<(), JsValue> = Url::revoke_object_url(&self.url);
    }
}

/// Told how much is done; says whether to go on.
pub(super) type Progress = Rc<dyn Fn(f64) -> bool>;

/// Makes a file and offers it.
pub(super) async fn make(
    room: &Room,
    way: &Way,
    stretch: Stretch,
    progress: Progress,
) -> Result<Made, String> {
    let view = &room.view;
    let (blob, ending, text) = match way.name {
        "print" => return print(view, stretch).await,
        "stage-svg" => {
            let (text, _) = picture(view)?;
            (
                blob(&text, "image/svg+xml").await?,
                "svg".into(),
                Some(text),
            )
        }
        "stage-png" => {
            let (text, (w, h)) = picture(view)?;
            let given = [text.into(), w.into(), h.into(), SHARP.into()];
            (files::call("png", &given).await?, "png".into(), None)
        }
        "film" | "gif" => film(room, way.name == "gif", stretch, progress).await?,
        format => {
            let File {
                extension,
                mime,
                text,
            } = files::write(&view.scenario, format, stretch).await?;
            (blob(&text, &mime).await?, extension, Some(text))
        }
    };
    let name = format!(
        "{}-{}.{ending}",
        stem(view),
        way.name.trim_end_matches(&format!("-{ending}"))
    );
    let kept = files::call("keep", &[name.clone().into(), blob.clone()]).await?;
    let blob: Blob = blob.dyn_into().map_err(|_| "no file came of it")?;
    Ok(Made {
        name,
        mime: blob.type_(),
        bytes: blob.size(),
        text,
        url: Url::create_object_url_with_blob(&blob).unwrap_or_default(),
        kept: kept.is_truthy(),
        printed: false,
    })
}

async fn blob(text: &str, mime: &str) -> Result<JsValue, String> {
    files::call("blob", &[text.into(), mime.into()]).await
}

/// The beginning of the names of a run's files.
fn stem(view: &View) -> String {
    let scenario = &view.scenario;
    match view.preset {
        Some(preset) => format!("quorumscope-{}", preset.name),
        None => format!("quorumscope-{}-{}", scenario.spec.name, scenario.servers()),
    }
}

/// The stage as it is now, and its size.
fn picture(view: &View) -> Result<(String, (f32, f32)), String> {
    let theme = Theme::read().ok_or("the page has no colours yet")?;
    let (present, size) = (&view.present, view.ui.stage);
    let places = view.places();
    let ring_view = RingView {
        now: present.now,
        reduced_motion: view.ui.reduced_motion,
        flash: 1.0,
        focus: view.selection(),
        through: view.ui.through.zip(view.heard.as_deref()),
        stroke: None,
    };
    let scene = ring(present, &places, &ring_view);
    let caption = format!("{} at {}", view.title(), present.now);
    let colour = |ink| theme.colour(ink).to_owned();
    let style = svg::Style {
        colour: &colour,
        font: &theme.font,
        size,
        title: &view.title(),
        caption: &caption,
    };
    Ok((svg(&scene, &style), (size.0, size.1 + svg::FOOT)))
}

async fn print(view: &View, stretch: Stretch) -> Result<Made, String> {
    let (svg, to) = (rows(view, stretch).await?, stretch.to);
    let caption = format!(
        "{}\nFrom {} to {to}. Time runs to the right; every message is an arrow.",
        view.description(),
        stretch.from
    );
    let page = web_sys::window().and_then(|window| window.location().href().ok());
    let page = page.unwrap_or_default();
    let page = page.split(['?', '#']).next().unwrap_or_default();
    let link = format!("{page}{}", view.link);
    files::call("print", &[svg.into(), caption.into(), link.into()]).await?;
    Ok(Made {
        name: String::new(),
        mime: String::new(),
        bytes: 0.0,
        text: None,
        url: String::new(),
        kept: true,
        printed: true,
    })
}

/// The diagram in as many rows as it takes to be read on paper.
async fn rows(view: &View, stretch: Stretch) -> Result<String, String> {
    let whole = files::write(&view.scenario, "svg", stretch).await?.text;
    let width = whole
        .split("width=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let width = width.and_then(crate::edit::number::read).unwrap_or(0.0);
    let count = (width / WIDEST_ROW).ceil().clamp(1.0, MOST_ROWS) as u64;
    if count == 1 {
        return Ok(whole);
    }
    let (first, span) = (stretch.from.0, stretch.to.0.saturating_sub(stretch.from.0));
    let mut all = String::new();
    for row in 0..count {
        let part = Stretch {
            from: Time(first + span / count * row),
            to: Time(first + span / count * (row + 1)),
        };
        all.push_str(&files::write(&view.scenario, "svg", part).await?.text);
    }
    Ok(all)
}

/// Films the stage; the page is back where it was afterwards.
async fn film(
    room: &Room,
    gif: bool,
    stretch: Stretch,
    progress: Progress,
) -> Result<(JsValue, String, Option<String>), String> {
    let stage = web_sys::window()
        .and_then(|window| window.document()?.query_selector(".stage canvas").ok()?)
        .ok_or("there is no stage to film")?;
    if !gif && !files::call("records", &[]).await?.is_truthy() {
        return Err("this browser records no video; take the GIF".into());
    }
    let clock = &room.view.clock;
    let (from, to) = (stretch.from.0 as f64, stretch.to.0 as f64);
    if from >= to {
        return Err("the stretch must end after it begins".into());
    }
    let seconds = ((to - from) / 1000.0 / clock.speed).clamp(SHORTEST_FILM, LONGEST_FILM);
    if clock.playing {
        room.act.emit(Action::Travel(Travel::Toggle));
    }
    let act = room.act.clone();
    let show = Closure::<dyn FnMut(f64, f64) -> bool>::new(move |at: f64, part: f64| {
        act.emit(Action::Travel(Travel::Seek(Time(at as u64))));
        progress(part)
    });
    let given = [
        stage.into(),
        gif.into(),
        from.into(),
        to.into(),
        seconds.into(),
        show.as_ref().clone(),
    ];
    let filmed = files::call("film", &given).await;
    room.act.emit(present(&room.view));
    let filmed = Array::from(&filmed?);
    Ok((
        filmed.get(0),
        filmed.get(1).as_string().unwrap_or_default(),
        None,
    ))
}

/// The way back to where the run stands: to its last event, if that happened just now.
fn present(view: &View) -> Action {
    let now = view.present.now;
    let last = view.present.events.checked_sub(1);
    let last = last.filter(|id| {
        let at = |chronicle: &Chronicle| chronicle.event(*id).map(|event| event.at);
        view.reader.chronicle(at) == Some(now)
    });
    last.map_or(Action::Travel(Travel::Seek(now)), |event| {
        Action::Travel(Travel::GoTo(event))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use quorumscope_core::export;

    #[test]
    fn every_format_can_be_had() {
        let named = |name: &str| {
            WAYS.iter()
                .flat_map(|(_, ways)| *ways)
                .any(|way| way.name == name)
        };
        assert!(export::NAMES.iter().all(|name| named(name)));
    }
}
