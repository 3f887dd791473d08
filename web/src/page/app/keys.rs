//! Keys, as players have them.

use crate::page::actions::{Action, Change, Look, Pointer, Tempo, Travel};
use crate::ui::{Dialog, Mark, Unit, Way};
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// What a key does, if it is for the page and not for the field that has the focus.
pub(super) fn action(event: &KeyboardEvent, letters: bool) -> Option<Action> {
    if event.default_prevented() {
        return None;
    }
    let key = event.key();
    let holder = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    if event.ctrl_key() || event.meta_key() {
        // Fields have an undo of their own.
        let typed = holder.is_some_and(|holder| keeps(&holder, "z"));
        return turns(&key, event.shift_key()).filter(|_| !typed);
    }
    if event.alt_key() {
        return match key.to_ascii_lowercase().as_str() {
            "k" => Some(Action::Travel(Travel::Toggle)),
            "r" => Some(Action::Travel(Travel::Restart)),
            _ => None,
        };
    }
    // A single sign on the keyboard is a word to those who dictate.
    if !letters && key.chars().count() == 1 && key != " " {
        return None;
    }
    if holder.as_ref().is_some_and(|holder| keeps(holder, &key)) {
        return None;
    }
    match &*key {
        "ArrowLeft" if event.shift_key() => Some(Action::Pointer(Pointer::Pan(-0.1))),
        "ArrowRight" if event.shift_key() => Some(Action::Pointer(Pointer::Pan(0.1))),
        // A key that is held down does not switch back and forth.
        " " | "k" | "K" | "e" | "E" if event.repeat() => None,
        key => meaning(key),
    }
}

/// Undo and redo, as everywhere else.
fn turns(key: &str, shift: bool) -> Option<Action> {
    match (key.to_ascii_lowercase().as_str(), shift) {
        ("z", false) => Some(Action::Change(Change::Undo)),
        ("z", true) | ("y", false) => Some(Action::Change(Change::Redo)),
        _ => None,
    }
}

/// Whether the element with the focus needs this key itself.
fn keeps(holder: &Element, key: &str) -> bool {
    let own = match holder.tag_name().as_str() {
        "INPUT" if holder.get_attribute("type").as_deref() == Some("range") => {
            key.starts_with("Arrow") || key.starts_with("Page") || key == "Home" || key == "End"
        }
        "INPUT" | "TEXTAREA" | "SELECT" => true,
        "BUTTON" | "A" | "SUMMARY" => key == " " || key == "Enter",
        _ => false,
    };
    own || holder.closest("dialog[open]").ok().flatten().is_some()
}

/// What a key means on this page.
#[must_use]
pub(super) fn meaning(key: &str) -> Option<Action> {
    let step = |unit, way| Some(Action::Travel(Travel::Step(unit, way, 1)));
    match key {
        " " | "k" | "K" => Some(Action::Travel(Travel::Toggle)),
        "ArrowRight" => step(Unit::Event, Way::On),
        "ArrowLeft" => step(Unit::Event, Way::Back),
        "." | "PageDown" => step(Unit::Phase, Way::On),
        "," | "PageUp" => step(Unit::Phase, Way::Back),
        "]" => step(Unit::Decision, Way::On),
        "[" => step(Unit::Decision, Way::Back),
        "l" | "L" => Some(Action::Travel(Travel::Step(Unit::Event, Way::On, 10))),
        "j" | "J" => Some(Action::Travel(Travel::Step(Unit::Event, Way::Back, 10))),
        ">" => Some(Action::Tempo(Tempo::Notch(Way::On))),
        "<" => Some(Action::Tempo(Tempo::Notch(Way::Back))),
        "e" | "E" => Some(Action::Tempo(Tempo::OtherPace)),
        "Home" => Some(Action::Travel(Travel::Seek(
            quorumscope_core::time::Time::ZERO,
        ))),
        "End" => Some(Action::Travel(Travel::End)),
        "r" | "R" => Some(Action::Travel(Travel::Restart)),
        "s" | "S" => Some(Action::Look(Look::Show(Some(Dialog::Share)))),
        "d" | "D" => Some(Action::Look(Look::Show(Some(Dialog::Files)))),
        "z" | "Z" => Some(Action::Change(Change::Undo)),
        "y" | "Y" => Some(Action::Change(Change::Redo)),
        "?" => Some(Action::Look(Look::Show(Some(Dialog::Help)))),
        "m" | "M" => Some(Action::Look(Look::MenuHere)),
        "i" | "I" => Some(Action::Look(Look::Mark(Mark::In))),
        "o" | "O" => Some(Action::Look(Look::Mark(Mark::Out))),
        "x" | "X" => Some(Action::Look(Look::Mark(Mark::Clear))),
        "+" | "=" => Some(Action::Pointer(Pointer::Zoom(0.8, None))),
        "-" => Some(Action::Pointer(Pointer::Zoom(1.25, None))),
        "Escape" => Some(Action::Look(Look::Select(None))),
        digit => {
            let digit = digit.parse::<u32>().ok().filter(|digit| *digit < 10)?;
            Some(Action::Travel(Travel::Tenth(digit)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn players_keys_mean_what_people_expect() {
        assert!(matches!(meaning(" "), Some(Action::Travel(Travel::Toggle))));
        assert!(matches!(
            meaning("ArrowLeft"),
            Some(Action::Travel(Travel::Step(Unit::Event, Way::Back, 1)))
        ));
        assert!(matches!(
            meaning("7"),
            Some(Action::Travel(Travel::Tenth(7)))
        ));
        assert!(meaning("q").is_none());
        assert!(matches!(
            turns("Z", true),
            Some(Action::Change(Change::Redo))
        ));
        assert!(matches!(
            turns("z", false),
            Some(Action::Change(Change::Undo))
        ));
        assert!(turns("k", false).is_none());
    }
}
