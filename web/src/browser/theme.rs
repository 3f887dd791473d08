//! Colours by name, read from the page's own style sheet.

use crate::scene::Ink;
use crate::scene::shapes::COLOURS;
use wasm_bindgen::JsValue;

/// How many sides of a partition have a colour of their own.
const SIDES: u8 = 4;

/// What inks look like at present.
#[derive(Clone, Debug)]
pub struct Theme {
    named: Vec<String>,
    kinds: Vec<(String, String)>,
    sides: Vec<String>,
    /// The font of all text on the stage.
    pub font: String,
    /// How many CSS pixels one of the pictures' is.
    pub scale: f32,
}

/// The size of the page's text, where nobody asked for another.
const USUAL: f32 = 16.0;

/// The style sheet's names, in the order of `place`.
const NAMES: [&str; 16] = [
    "--paper",
    "--raised",
    "--ink",
    "--muted",
    "--faint",
    "--line",
    "--edge",
    "--accent",
    "--wash",
    "--good",
    "--bad",
    "--bad-wash",
    "--warn",
    "--node",
    "--client",
    "--surface",
];

fn place(ink: Ink) -> usize {
    match ink {
        Ink::Paper => 0,
        Ink::Raised => 1,
        Ink::Muted => 3,
        Ink::Faint => 4,
        Ink::Line => 5,
        Ink::Edge => 6,
        Ink::Accent => 7,
        Ink::Wash => 8,
        Ink::Good => 9,
        Ink::Bad => 10,
        Ink::BadWash => 11,
        Ink::Warn => 12,
        Ink::Node => 13,
        Ink::Client => 14,
        Ink::Ink | Ink::Kind(_) | Ink::OnKind(_) | Ink::Side(_) => 2,
    }
}

impl Theme {
    /// Reads the theme that the page wears now.
    pub fn read() -> Option<Self> {
        let window = web_sys::window()?;
        let root = window.document()?.document_element()?;
        let style = window.get_computed_style(&root).ok()??;
        let value = |name: &str| {
            let value = style.get_property_value(name).unwrap_or_default();
            value.trim().to_string()
        };
        let kind = |index: usize| {
            let colour = value(&format!("--kind-{index}"));
            let letter = letter_on(&colour).to_string();
            (colour, letter)
        };
        Some(Self {
            named: NAMES.iter().map(|name| value(name)).collect(),
            kinds: (0..COLOURS).map(kind).collect(),
            sides: (0..SIDES)
                .map(|side| value(&format!("--side-{side}")))
                .collect(),
            font: value("--sans"),
            scale: scale_of(&value("font-size")),
        })
    }

    /// What an ink looks like.
    #[must_use]
    pub fn colour(&self, ink: Ink) -> &str {
        match ink {
            Ink::Kind(kind) => &self.kinds[usize::from(kind) % COLOURS].0,
            Ink::OnKind(kind) => &self.kinds[usize::from(kind) % COLOURS].1,
            Ink::Side(side) => &self.sides[usize::from(side % SIDES)],
            other => &self.named[place(other)],
        }
    }
}

/// How many times larger than usual a text of this size is.
fn scale_of(pixels: &str) -> f32 {
    let pixels = js_sys::parse_float(pixels) as f32;
    if pixels > 0.0 { pixels / USUAL } else { 1.0 }
}

/// Red, green and blue of a colour such as `#0072b2`; white where it says nothing.
#[must_use]
pub fn rgb(colour: &str) -> [u8; 3] {
    [1, 3, 5].map(|from| {
        let hex = colour.get(from..from + 2).unwrap_or("ff");
        u8::from_str_radix(hex, 16).unwrap_or(255)
    })
}

/// Black or white, whichever reads better on a colour such as `#0072b2`.
#[must_use]
pub fn letter_on(colour: &str) -> &'static str {
    let mut light = 0.0;
    for (level, weight) in rgb(colour).into_iter().zip([0.2126, 0.7152, 0.0722]) {
        light += weight * gamma(f64::from(level) / 255.0);
    }
    if light > 0.179 { "#10161d" } else { "#ffffff" }
}

/// How much light a level from 0 to 1 gives.
fn gamma(level: f64) -> f64 {
    #[cfg(target_arch = "wasm32")]
    let light = js_sys::Math::pow(level, 2.2);
    #[cfg(not(target_arch = "wasm32"))]
    let light = level.powf(2.2);
    light
}

/// Whether the user asked for one of the browser's preferences.
#[must_use]
pub fn prefers(query: &str) -> bool {
    web_sys::window()
        .and_then(|window| window.match_media(query).ok().flatten())
        .is_some_and(|list| list.matches())
}

/// Puts the page into light or dark, and remembers it where that is allowed.
pub fn wear(theme: crate::ui::Theme) {
    let name = match theme {
        crate::ui::Theme::Light => "light",
        crate::ui::Theme::Dark => "dark",
    };
    let Some(window) = web_sys::window() else {
        return;
    };
    if let Some(root) = window
        .document()
        .and_then(|document| document.document_element())
    {
        let _: Result<(), JsValue> = root.set_attribute("data-theme", name);
    }
    if let Ok(Some(storage)) = window.local_storage() {
        let _: Result<(), JsValue> = storage.set_item("quorumscope-theme", name);
    }
}

/// Makes the page large and strong, for a wall, or puts it back.
pub fn project(on: bool) {
    let root = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element());
    if let Some(root) = root {
        let _: Result<bool, JsValue> = root.class_list().toggle_with_force("projector", on);
    }
}

/// What the page wears now.
#[must_use]
pub fn worn() -> crate::ui::Theme {
    let name = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.document_element())
        .and_then(|root| root.get_attribute("data-theme"));
    match name.as_deref() {
        Some("dark") => crate::ui::Theme::Dark,
        _ => crate::ui::Theme::Light,
    }
}

#[cfg(test)]
mod tests {
    use super::letter_on;

    #[test]
    fn letters_read_well_on_every_kind() {
        for (colour, letter) in [
            ("#0072b2", "#ffffff"),
            ("#f0e442", "#10161d"),
            ("#56b4e9", "#10161d"),
        ] {
            assert_eq!(letter_on(colour), letter);
        }
    }
}
