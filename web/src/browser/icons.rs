//! Icons, drawn here so that no font has to hold them.

use crate::scene::shapes::{colour, letter_drop, letter_size, shape, svg_points};
use yew::prelude::*;

/// A line icon by name; it says nothing by itself.
pub fn icon(name: &str) -> Html {
    let path = match name {
        "play" => "M7 4.5v15l12-7.5z",
        "pause" => "M7 5v14M17 5v14",
        "on" => "M6 5v14l8-7zM18 5v14",
        "back" => "M18 5v14l-8-7zM6 5v14",
        "start" => "M5 5v14M19 5v14l-10-7z",
        "end" => "M19 5v14M5 5v14l10-7z",
        "restart" => "M5 12a7 7 0 1 0 2.5-5.4M5 4v4.5h4.5",
        "share" => "M12 3v12M8 7l4-4 4 4M5 12v8h14v-8",
        "files" => "M3 6h6l2 2h10v11H3zM12 11v5M9.5 13.5 12 16l2.5-2.5",
        "help" => "M9 9a3 3 0 1 1 4.2 2.8c-.8.4-1.2 1-1.2 2.2M12 17.8v.2",
        "moon" => "M19 14.5A8 8 0 0 1 9.5 5a8 8 0 1 0 9.5 9.5z",
        "sun" => {
            "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19M19 5l-1.4 1.4M6.4 17.6 5 19"
        }
        "undo" => "M8 5 4 9l4 4M4 9h10a5 5 0 0 1 0 10h-4",
        "redo" => "M16 5l4 4-4 4M20 9H10a5 5 0 0 0 0 10h4",
        "check" => "M5 12.5 10 17.5 19 7",
        "cross" => "M6 6l12 12M18 6 6 18",
        "lost" => "M6 6l12 12M18 6 6 18",
        "clock" => "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4.5l3 2",
        "order" => "M13 2 5 13h6l-1 9 8-12h-6z",
        "step" => "M5 12h13M13 7l5 5-5 5",
        "done" => "M5 5h14v14H5zM8.5 12l2.5 2.5 4.5-5",
        "broken" => "M12 3 22 20H2zM12 10v4M12 17v.2",
        "plus" => "M12 5v14M5 12h14",
        "minus" => "M5 12h14",
        "left" => "M15 5l-7 7 7 7",
        "right" => "M9 5l7 7-7 7",
        "cut" => "M4 20 20 4M7 5v4M5 7h4M17 15v4M15 17h4",
        "loop" => "M7 7h9a4 4 0 0 1 0 10M17 17H8A4 4 0 0 1 8 7M10 4 7 7l3 3M14 14l3 3-3 3",
        "wall" => "M3 5h18v11H3zM8 21l4-5 4 5",
        "events" => "M4 18v-5M9 18V8M14 18v-8M19 18V5",
        "wait" => "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM8 12h8",
        _ => "",
    };
    let fill = if name == "play" {
        "currentColor"
    } else {
        "none"
    };
    html! {
        <svg viewBox="0 0 24 24" aria-hidden="true" fill={fill} stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">
            <path d={path} />
        </svg>
    }
}

/// The sign of a kind of message: its shape, colour and letter.
pub fn kind_sign(kind: u8, letter: char) -> Html {
    let hue = colour(kind);
    let points = svg_points(&shape(kind), 12.0, 9.0);
    let size = format!("{:.1}", letter_size(kind) * 9.6);
    let y = format!("{:.1}", 12.4 + f64::from(letter_drop(kind)) * 9.0);
    // The same choice as on the stage, in both themes.
    let ink = if matches!(hue, 2) {
        "var(--on-blue)"
    } else {
        "#10161d"
    };
    html! {
        <svg viewBox="0 0 24 24" aria-hidden="true">
            <polygon points={points} fill={format!("var(--kind-{hue})")} />
            <text x="12" y={y} fill={ink} font-size={size} font-weight="650" text-anchor="middle" dominant-baseline="central">{ letter }</text>
        </svg>
    }
}
