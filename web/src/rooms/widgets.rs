//! Fields that a half-typed number cannot break, and buttons with an icon.

use crate::browser::icons::icon;
use crate::edit::number::typed;
use gloo_timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// How high a row of a long ledger is, in units of the page's text.
pub(crate) const ROW_REM: f32 = 3.75;

/// What a number field is about.
#[derive(Clone, PartialEq, Properties)]
pub struct NumberProps {
    /// Its id in the page.
    pub id: AttrValue,
    /// Its name.
    pub label: AttrValue,
    /// The value in force.
    pub value: f64,
    /// Least.
    pub min: f64,
    /// Most that is accepted.
    pub max: f64,
    /// Most that the slider reaches; no slider at 0.
    #[prop_or_default]
    pub reach: f64,
    /// How fine it may be.
    #[prop_or(1.0)]
    pub step: f64,
    /// Its unit.
    #[prop_or_default]
    pub unit: AttrValue,
    /// A line of help.
    #[prop_or_default]
    pub hint: AttrValue,
    /// Called with a value that is in range.
    pub change: Callback<f64>,
    /// Called when the field is left: what is typed there next is another change.
    #[prop_or_default]
    pub leave: Callback<()>,
}

/// What is wrong with a text as a number for this field, or the number.
fn read(text: &str, props: &NumberProps) -> Result<f64, String> {
    let range = || format!("{} to {}", props.min, props.max);
    if text.trim().is_empty() {
        return Err(format!("Type a number from {}.", range()));
    }
    let number = typed(text).map_err(|says| format!("{says} Type a number from {}.", range()))?;
    if !(props.min..=props.max).contains(&number) {
        return Err(format!("{number} is out of range: {}.", range()));
    }
    let places = (1.0 / props.step).max(1.0).round();
    if ((number * places).round() - number * places).abs() > 1e-6 {
        let most = match places as u32 {
            1 => "a whole number",
            10 => "at most one decimal",
            _ => "at most three decimals",
        };
        return Err(format!("{number} is too fine: {most}, please."));
    }
    Ok(number)
}

/// The milliseconds without a key after which what is typed takes effect, if not before.
const PAUSE: u32 = 700;

/// A pause, and whether it goes on.
type Pause = (Timeout, Rc<Cell<bool>>);

/// What is being typed, and the pause that ends it.
#[derive(Clone)]
struct Typing {
    draft: UseStateHandle<Option<String>>,
    pause: Rc<RefCell<Option<Pause>>>,
}

impl Typing {
    /// Something was typed: it waits for the pause.
    fn typed(&self, text: String, props: &NumberProps) {
        let pause = read(&text, props).ok().map(|number| {
            let (change, waits) = (props.change.clone(), Rc::new(Cell::new(true)));
            let over = Rc::clone(&waits);
            let pause = Timeout::new(PAUSE, move || {
                over.set(false);
                change.emit(number);
            });
            (pause, waits)
        });
        self.pause.replace(pause);
        self.draft.set(Some(text));
    }

    /// What was typed takes effect, if it is a number; what is none stays and is answered.
    fn done(&self, props: &NumberProps) {
        let waited = self.pause.take().is_some_and(|(_, waits)| waits.get());
        if let Some(Ok(number)) = self.draft.as_ref().map(|text| read(text, props)) {
            if waited {
                props.change.emit(number);
            }
            self.draft.set(None);
        }
    }

    /// The slider takes over.
    fn drop(&self) {
        self.pause.take();
        self.draft.set(None);
    }

    /// What is wrong with what is typed.
    fn error(&self, props: &NumberProps) -> Option<String> {
        read(self.draft.as_ref()?, props).err()
    }

    /// Calls `then` with this field and an event of it.
    fn on<E: 'static>(
        &self,
        props: &NumberProps,
        then: impl Fn(&Self, &NumberProps, E) + 'static,
    ) -> Callback<E> {
        let (typing, props) = (self.clone(), props.clone());
        Callback::from(move |event| then(&typing, &props, event))
    }
}

/// What is being typed, until the value in force changes by other means.
#[hook]
fn use_typing(props: &NumberProps) -> Typing {
    let typing = Typing {
        draft: use_state(|| None),
        pause: use_mut_ref(|| None),
    };
    use_effect_with(props.value.to_bits(), {
        let (typing, props) = (typing.clone(), props.clone());
        move |_| {
            if typing.error(&props).is_some() {
                typing.drop();
            }
        }
    });
    typing
}

/// The field in which something was typed or slid.
fn input(event: &InputEvent) -> HtmlInputElement {
    event.target_unchecked_into()
}

/// A slider and a number field for one value.
///
/// What is being typed stays in the field; a good number leaves it on Enter,
/// when the field is left, or after a pause.
#[component]
pub fn NumberField(props: &NumberProps) -> Html {
    let typing = use_typing(props);
    let error = typing.error(props);
    let oninput = typing.on(props, |typing, props, event| {
        typing.typed(input(&event).value(), props);
    });
    let onkeydown = typing.on(props, |typing, props, event: KeyboardEvent| {
        if event.key() == "Enter" {
            typing.done(props);
        }
    });
    let onblur = typing.on(props, |typing, props, _: FocusEvent| {
        typing.done(props);
        props.leave.emit(());
    });
    let onslide = typing.on(props, |typing, props, event| {
        typing.drop();
        props.change.emit(input(&event).value_as_number());
    });
    let shown = typing.draft.as_ref().cloned();
    let shown = shown.unwrap_or_else(|| props.value.to_string());
    let (hint_id, error_id) = (format!("{}-hint", props.id), format!("{}-error", props.id));
    let describes = if error.is_some() {
        error_id.clone()
    } else {
        hint_id.clone()
    };
    let unslide = props.leave.reform(|_: FocusEvent| ());
    html! {
        <div class="field">
            <label for={props.id.clone()}>{ &props.label }</label>
            <span class="number">
                <input id={props.id.clone()} type="text" inputmode="decimal" autocomplete="off" value={shown}
                    aria-invalid={error.is_some().to_string()} aria-describedby={describes} {oninput} {onkeydown} {onblur} />
                { &props.unit }
            </span>
            <input type="range" hidden={props.reach <= 0.0} aria-label={format!("{}, slider", props.label)}
                min={props.min.to_string()} max={props.reach.to_string()} step={props.step.to_string()}
                value={props.value.min(props.reach.max(props.min)).to_string()} oninput={onslide} onblur={unslide} />
            <span class="error" id={error_id} role="alert" hidden={error.is_none()}>{ error.unwrap_or_default() }</span>
            <span class="hint" id={hint_id} hidden={props.hint.is_empty()}>{ &props.hint }</span>
        </div>
    }
}

/// What a choice is about.
#[derive(Clone, PartialEq, Properties)]
pub struct ChoiceProps {
    /// Its id in the page.
    pub id: AttrValue,
    /// Its name.
    pub label: AttrValue,
    /// Values and titles.
    pub options: Rc<[(AttrValue, AttrValue)]>,
    /// The value in force.
    pub value: AttrValue,
    /// A line of help.
    #[prop_or_default]
    pub hint: AttrValue,
    /// Whether the list stands under its name.
    #[prop_or_default]
    pub stack: bool,
    /// Called with the chosen value.
    pub change: Callback<String>,
    /// Called when the list is left.
    #[prop_or_default]
    pub leave: Callback<()>,
}

/// A list to choose from.
#[component]
pub fn Choice(props: &ChoiceProps) -> Html {
    let change = props.change.clone();
    let onchange = Callback::from(move |event: Event| {
        change.emit(
            event
                .target_unchecked_into::<web_sys::HtmlSelectElement>()
                .value(),
        );
    });
    let onblur = props.leave.reform(|_: FocusEvent| ());
    let hint_id = format!("{}-hint", props.id);
    html! {
        <div class={classes!("field", props.stack.then_some("stack"))}>
            <label for={props.id.clone()}>{ &props.label }</label>
            <select id={props.id.clone()} aria-describedby={hint_id.clone()} {onchange} {onblur}>
                { for props.options.iter().map(|(value, title)| html! {
                    <option key={value.to_string()} value={value.clone()} selected={*value == props.value}>{ title }</option>
                }) }
            </select>
            <span class="hint" id={hint_id} hidden={props.hint.is_empty()}>{ &props.hint }</span>
        </div>
    }
}

/// A button that shows an icon and says its name to those who do not see it.
///
/// One that can do nothing now stays where it is for the keyboard: a button
/// that is disabled while it has the focus would lose it.
pub(crate) fn icon_button(
    name: &str,
    label: &str,
    idle: bool,
    onclick: Callback<MouseEvent>,
) -> Html {
    let onclick = if idle { Callback::noop() } else { onclick };
    html! {
        <button type="button" class="button icon bare" aria-label={label.to_string()} title={label.to_string()} aria-disabled={idle.to_string()} {onclick}>
            { icon(name) }
        </button>
    }
}
