//! A row of tabs; what they open is the floor plan's business.

use yew::prelude::*;

/// What a row of tabs is handed.
#[derive(Clone, PartialEq, Properties)]
pub struct TabsProps {
    /// What the row is for.
    pub label: AttrValue,
    /// The id of what the tabs open.
    pub controls: AttrValue,
    /// Titles and whether they are open.
    pub tabs: Vec<(&'static str, bool)>,
    /// Called with the place of the chosen tab.
    pub choose: Callback<usize>,
}

/// Titles for a row of tabs, one of which is open.
#[must_use]
pub fn titles(titles: &[&'static str], open: usize) -> Vec<(&'static str, bool)> {
    let titles = titles.iter().enumerate();
    titles
        .map(|(index, title)| (*title, index == open))
        .collect()
}

/// A row of tabs, with arrow keys.
#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    let count = props.tabs.len();
    let row = use_node_ref();
    let onkeydown = {
        let (choose, row) = (props.choose.clone(), row.clone());
        let open = props.tabs.iter().position(|(_, open)| *open).unwrap_or(0);
        Callback::from(move |event: KeyboardEvent| {
            let next = match event.key().as_str() {
                "ArrowRight" => (open + 1) % count,
                "ArrowLeft" => (open + count - 1) % count,
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            choose.emit(next);
            let child = row
                .cast::<web_sys::Element>()
                .and_then(|row| row.children().item(next as u32));
            if let Some(tab) = child {
                let _ = wasm_bindgen::JsCast::unchecked_into::<web_sys::HtmlElement>(tab).focus();
            }
        })
    };
    let tab = |(index, (title, open)): (usize, &(&'static str, bool))| {
        let choose = props.choose.clone();
        html! {
            <button key={*title} type="button" role="tab" class="tab" id={format!("{}-tab-{index}", props.controls)}
                aria-selected={open.to_string()} aria-controls={props.controls.clone()} tabindex={if *open { "0" } else { "-1" }}
                onclick={Callback::from(move |_: MouseEvent| choose.emit(index))}>{ *title }</button>
        }
    };
    html! {
        <div class="tabs" role="tablist" aria-label={props.label.clone()} ref={row} {onkeydown}>
            { for props.tabs.iter().enumerate().map(tab) }
        </div>
    }
}
