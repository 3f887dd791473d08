//! The page.

use yew::prelude::*;

/// The root of the page.
#[component]
fn App() -> Html {
    html! { <main><h1>{ "Quorumscope" }</h1></main> }
}

fn main() {
    yew::Renderer::<App>::new().render();
}
