//! The page in a frame: hears its host page, answers it, and tells it the news and its height.
//!
//! Only the parent window is listened to, and only from the origin that the
//! address names, if it names one.

use super::App;
use crate::address::options::Options;
use crate::browser::files::{self, File};
use crate::browser::window::{self, parent};
use crate::embed::calls::{self, Call, Refusal};
use crate::embed::news::News;
use crate::embed::{self, Letter, height, player, state};
use crate::page::actions::{Action, Change, Outside, Travel};
use crate::page::parts;
use crate::page::view::View;
use gloo_events::EventListener;
use quorumscope_core::export::Stretch;
use quorumscope_core::json;
use quorumscope_core::problem::Problem;
use quorumscope_core::time::Time;
use serde_json::{Value, json};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlCanvasElement, MessageEvent, ResizeObserver, Window};
use yew::html::Scope;

/// The line to the host page.
pub(super) struct HostPage {
    line: Line,
    news: News,
    tells_height: bool,
    height: Option<(ResizeObserver, Closure<dyn FnMut()>)>,
    _letters: EventListener,
}

/// Passes a letter on, once the system is here that it may name.
fn take_in(link: &Scope<App>, text: String, origin: String) {
    let pass = |link: &Scope<App>, letter: Letter, origin: String| {
        link.send_message(Action::Outside(Outside::Heard(
            letter.into(),
            origin.into(),
        )));
    };
    let Some(letter) = embed::read(&text) else {
        return;
    };
    let Some(name) = letter.absent() else {
        return pass(link, letter, origin);
    };
    let link = link.clone();
    wasm_bindgen_futures::spawn_local(async move {
        parts::fetch(name).await;
        // What still cannot be read is answered as such.
        pass(&link, embed::read(&text).unwrap_or(letter), origin);
    });
}

/// To whom the page speaks.
#[derive(Clone)]
struct Line {
    parent: Window,
    /// The only origin that may hear and be heard; `*` for any.
    origin: Rc<str>,
    /// What the host page calls this frame.
    instance: Option<Rc<str>>,
}

impl Line {
    fn open(options: &Options) -> Option<Self> {
        Some(Self {
            parent: parent()?,
            origin: options.origin.as_deref().unwrap_or("*").into(),
            instance: options.instance.as_deref().map(Rc::from),
        })
    }

    /// What an event says and where it comes from, if the host page sent it.
    fn text(&self, event: &MessageEvent) -> Option<(String, String)> {
        let from_parent = JsValue::from(event.source()) == JsValue::from(&self.parent);
        let origin = event.origin();
        if !from_parent || !matches!(&*self.origin, "*") && *self.origin != *origin {
            return None;
        }
        let data = event.data();
        let text = data
            .as_string()
            .or_else(|| js_sys::JSON::stringify(&data).ok()?.as_string())?;
        Some((text, origin))
    }

    /// Posts text as text, and anything else as an object.
    fn post(&self, message: &Value, origin: &str) {
        let message = match message {
            Value::String(text) => Ok(JsValue::from_str(text)),
            other => js_sys::JSON::parse(&other.to_string()),
        };
        if let (Ok(message), Some(instance)) = (&message, &self.instance) {
            // Texts stay as they are: their dialects have no such field.
            let named = js_sys::Reflect::set(message, &"instance".into(), &(&**instance).into());
            drop(named);
        }
        // A sandboxed host is called "null", and that is no address.
        let origin = if origin == "null" { "*" } else { origin };
        if let Ok(message) = message {
            let _: Result<(), JsValue> = self.parent.post_message(&message, origin);
        }
    }
}

impl HostPage {
    /// The line to the host page, if there is one.
    pub(super) fn new(link: &Scope<App>, options: &Options) -> Option<Self> {
        let line = Line::open(options)?;
        let letters = {
            let (link, line, window) = (link.clone(), line.clone(), web_sys::window()?);
            EventListener::new(&window, "message", move |event| {
                let event = event.dyn_ref::<MessageEvent>();
                if let Some((text, origin)) = event.and_then(|event| line.text(event)) {
                    take_in(&link, text, origin);
                }
            })
        };
        Some(Self {
            line,
            news: News::default(),
            tells_height: options.autoresize,
            height: None,
            _letters: letters,
        })
    }

    /// Tells the host page that the page is there, and how high it is from now on.
    pub(super) fn greet(&mut self) {
        let line = &self.line;
        let ready = json!({ "engine": quorumscope_core::link::ENGINE });
        line.post(&calls::event("ready", &ready), &line.origin);
        let ready = player::ready(&window::address());
        let ready = player::tell("ready", ready, None).to_string();
        line.post(&ready.into(), &line.origin);
        if self.tells_height {
            self.height = watch_height(line.clone());
        }
    }

    /// Tells what has changed since the last time.
    pub(super) fn tell_news(&mut self, view: &View) {
        let line = &self.line;
        let (own, played) = self.news.since(view);
        for message in own {
            line.post(&message, &line.origin);
        }
        for message in played {
            line.post(&message.to_string().into(), &line.origin);
        }
    }
}

/// Measures the page whenever its content has another size, never the window.
fn watch_height(line: Line) -> Option<(ResizeObserver, Closure<dyn FnMut()>)> {
    let document = web_sys::window()?.document()?;
    let _: Result<(), JsValue> = document
        .document_element()?
        .class_list()
        .add_1("autoheight");
    let page = document.get_element_by_id("page")?;
    let (measured, mut told) = (page.clone(), (0, 0));
    let tell = Closure::<dyn FnMut()>::new(move || {
        let size = size(&measured);
        if size != told {
            told = size;
            for message in height::messages(&window::address(), size.0, size.1) {
                line.post(&message, &line.origin);
            }
        }
    });
    let observer = ResizeObserver::new(tell.as_ref().unchecked_ref()).ok()?;
    observer.observe(&page);
    Some((observer, tell))
}

fn size(element: &Element) -> (u32, u32) {
    let rect = element.get_bounding_client_rect();
    (rect.width().ceil() as u32, rect.height().ceil() as u32)
}

impl App {
    /// Does what the host page asks, and answers.
    pub(super) fn hear(&mut self, letter: &Letter, origin: &str) {
        match letter {
            Letter::Own(calls::Letter {
                id,
                call: Ok(Call::GetMetrics(stretch)),
            }) => {
                self.write(id, origin, "metrics-json", *stretch, |file| {
                    json::parse(&file.text)
                });
            }
            Letter::Own(calls::Letter {
                id,
                call: Ok(Call::Export(format, stretch)),
            }) => {
                self.write(id, origin, format, *stretch, |file| {
                    let name = format!("run.{}", file.extension);
                    Ok(json!({ "name": name, "mime": file.mime, "text": file.text }))
                });
            }
            Letter::Own(letter) => {
                let result = letter.call.clone().and_then(|call| self.perform(call));
                self.reply(&calls::answer(&letter.id, result), origin);
            }
            Letter::Player(letter) => {
                let listener = letter.listener.as_deref();
                if let Some((event, value)) = self.play(letter) {
                    let told = player::tell(event, value, listener).to_string();
                    self.reply(&told.into(), origin);
                }
            }
        }
    }

    fn reply(&self, message: &Value, origin: &str) {
        if let Some(host) = &self.host {
            host.line.post(message, origin);
        }
    }

    fn perform(&mut self, call: Call) -> Result<Value, Refusal> {
        let refused = |problem: Problem| Refusal {
            code: "refused",
            problem,
        };
        let action = match call {
            Call::Load(scenario) => {
                crate::edit::setup::check(&scenario).map_err(refused)?;
                Action::Change(Change::Propose(Rc::new(*scenario)))
            }
            Call::Inject(entry) => Action::Change(Change::Order(entry)),
            Call::Step(unit, way, count) => Action::Travel(Travel::Step(unit, way, count)),
            Call::Reset => Action::Travel(Travel::Restart),
            Call::Play(on) if on == self.playback.playing => return Ok(self.state()),
            Call::Play(_) => Action::Travel(Travel::Toggle),
            Call::Seek(at) => Action::Travel(Travel::Seek(at)),
            Call::GetState => return Ok(self.state()),
            Call::GetScenario => {
                let link = self.track.link.to_string();
                return Ok(json!({ "scenario": self.track.scenario.to_value(), "link": link }));
            }
            Call::GetMetrics(_) | Call::Export(..) => return Ok(Value::Null),
            Call::Screenshot => return self.screenshot().map_err(refused),
            Call::Subscribe(topics) => {
                if let Some(host) = &mut self.host {
                    host.news.subscribe(&topics);
                }
                return Ok(self.state());
            }
        };
        self.refused = None;
        self.react(action);
        match self.refused.take() {
            Some(problem) => Err(refused(problem)),
            None => Ok(self.state()),
        }
    }

    fn state(&mut self) -> Value {
        self.refresh();
        state::state(&self.view)
    }

    /// Writes a file and answers with what `read` makes of it, when it is there.
    fn write(
        &self,
        id: &Value,
        origin: &str,
        format: &'static str,
        stretch: Stretch,
        read: fn(File) -> Result<Value, Problem>,
    ) {
        let Some(line) = self.host.as_ref().map(|host| host.line.clone()) else {
            return;
        };
        let (scenario, id, origin) = (
            Rc::clone(&self.track.scenario),
            id.clone(),
            origin.to_owned(),
        );
        wasm_bindgen_futures::spawn_local(async move {
            let written = files::write(&scenario, format, stretch).await;
            let problem = |message| Problem::new("", message);
            let result = written
                .map_err(problem)
                .and_then(read)
                .map_err(|problem| Refusal {
                    code: "refused",
                    problem,
                });
            line.post(&calls::answer(&id, result), &origin);
        });
    }

    fn screenshot(&self) -> Result<Value, Problem> {
        let canvas = self.painter.ring_canvas.cast::<HtmlCanvasElement>();
        let url = canvas.and_then(|canvas| canvas.to_data_url().ok());
        let url = url.ok_or_else(|| Problem::new("", "there is no picture yet"))?;
        Ok(json!({ "mime": "image/png", "url": url }))
    }

    /// Does what a caller of player.js asks; what it is answered, if anything.
    fn play(&mut self, letter: &player::Letter) -> Option<(&'static str, Value)> {
        let seconds = |at: Time| Value::from(state::seconds(at));
        match letter.call {
            player::Call::Play(on) => {
                if on != self.playback.playing {
                    self.react(Action::Travel(Travel::Toggle));
                }
            }
            player::Call::SetCurrentTime(at) => {
                self.react(Action::Travel(Travel::Seek(at)));
            }
            player::Call::SetLoop(on) => self.looping = on,
            player::Call::Listen(event) => {
                if let Some(host) = &mut self.host {
                    host.news.listen(event, letter.listener.clone());
                }
                // It came before anyone could listen.
                let ready = || player::ready(&window::address());
                return (event == "ready").then(|| ("ready", ready()));
            }
            player::Call::Unlisten(event) => {
                if let Some(host) = &mut self.host {
                    host.news.unlisten(event, letter.listener.as_deref());
                }
            }
            player::Call::GetPaused => return Some(("getPaused", (!self.playback.playing).into())),
            player::Call::GetLoop => return Some(("getLoop", self.looping.into())),
            player::Call::GetDuration => {
                return Some(("getDuration", seconds(state::duration(&self.view))));
            }
            player::Call::GetCurrentTime => {
                return Some(("getCurrentTime", seconds(self.track.session.now())));
            }
            player::Call::Unknown => return Some(("error", player::unknown())),
        }
        None
    }
}

impl Drop for HostPage {
    fn drop(&mut self) {
        if let Some((observer, _)) = &self.height {
            observer.disconnect();
        }
    }
}
