//! Our own dialect: `{context: "quorumscope", v: 1, id, method, params}`, each answered once.

use crate::embed::news::Topic;
use crate::ui::{Unit, Way};
use quorumscope_core::export::{self, Stretch};
use quorumscope_core::json::{Field, Object};
use quorumscope_core::link;
use quorumscope_core::problem::Problem;
use quorumscope_core::scenario::Scenario;
use quorumscope_core::time::Time;
use serde_json::{Value, json};

/// What our messages name.
pub const CONTEXT: &str = "quorumscope";
/// The version of the dialect.
const VERSION: i64 = 1;
/// No more steps than this at once.
const MOST_STEPS: i64 = 10_000;

/// A call and the name under which it is answered.
#[derive(Clone, Debug, PartialEq)]
pub struct Letter {
    /// The caller's name for it; `null` if it has none that can be given back.
    pub id: Value,
    /// What is to be done, or why it cannot be.
    pub call: Result<Call, Refusal>,
}

/// Why a call is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// A word that never changes: `bad-message`, `unknown-method`, `bad-params` or `refused`.
    pub code: &'static str,
    /// What is wrong, and where.
    pub problem: Problem,
}

/// What a host page may ask for.
#[derive(Clone, Debug, PartialEq)]
pub enum Call {
    /// Another run, from its start.
    Load(Box<Scenario>),
    /// The scenario and its link.
    GetScenario,
    /// Where the run stands.
    GetState,
    /// An entry of the script, now.
    Inject(Value),
    /// A number of steps of a unit.
    Step(Unit, Way, u32),
    /// Back to the start.
    Reset,
    /// Time runs, or stands.
    Play(bool),
    /// To an instant.
    Seek(Time),
    /// Counts and latencies.
    GetMetrics(Stretch),
    /// A file, in the format of this name.
    Export(&'static str, Stretch),
    /// The stage as a picture.
    Screenshot,
    /// To be told of these from now on, and of no others.
    Subscribe(Vec<Topic>),
}

type Read = fn(&Object<'_>) -> Result<Call, Problem>;

/// The methods, the names of their parameters, and how those are read.
pub const METHODS: [(&str, &[&str], Read); 13] = [
    ("loadScenario", &["scenario", "link"], load),
    ("getScenario", &[], |_| Ok(Call::GetScenario)),
    ("getState", &[], |_| Ok(Call::GetState)),
    ("inject", &["order"], |params| {
        let order = params.need(
            "order",
            "an entry of the script, such as {\"do\": \"crash\", \"node\": 0}",
        )?;
        order.clone().object()?;
        Ok(Call::Inject(order.value.clone()))
    }),
    ("step", &["unit", "count"], step),
    ("reset", &[], |_| Ok(Call::Reset)),
    ("play", &[], |_| Ok(Call::Play(true))),
    ("pause", &[], |_| Ok(Call::Play(false))),
    ("seek", &["ms"], |params| {
        let ms = params.need("ms", "an instant in milliseconds")?;
        Ok(Call::Seek(Time::ZERO + ms.span()?))
    }),
    ("getMetrics", &["from_ms", "to_ms"], |params| {
        Ok(Call::GetMetrics(stretch(params)?))
    }),
    ("exportTrace", &["format", "from_ms", "to_ms"], |params| {
        let named = |field: Field<'_>| field.name("format", export::NAMES.into_iter());
        let name = params.or("format", "events-jsonl", named)?;
        Ok(Call::Export(name, stretch(params)?))
    }),
    ("screenshot", &[], |_| Ok(Call::Screenshot)),
    ("subscribe", &["events"], |params| {
        let list = params.need("events", "a list of names of events")?;
        let topic = |field: Field<'_>| {
            let name = field.name("event", Topic::ALL.iter().map(|(name, _)| *name))?;
            let known = Topic::ALL.iter().find(|(known, _)| *known == name);
            known
                .map(|(_, topic)| *topic)
                .ok_or_else(|| field.refuse("is not known"))
        };
        let topics: Result<Vec<Topic>, Problem> = list.list(20)?.into_iter().map(topic).collect();
        Ok(Call::Subscribe(topics?))
    }),
];

/// Reads a message that names our context.
#[must_use]
pub fn read(message: &Value) -> Letter {
    let id = &message["id"];
    let short = id.as_str().is_some_and(|id| id.len() <= 100);
    let id = if short || id.is_number() {
        id.clone()
    } else {
        Value::Null
    };
    Letter {
        id,
        call: call(message),
    }
}

fn call(message: &Value) -> Result<Call, Refusal> {
    let because = |code| move |problem| Refusal { code, problem };
    let bad = because("bad-message");
    let message = Field::new(message, "").object().map_err(bad)?;
    message
        .only(&["context", "v", "id", "method", "params"])
        .map_err(bad)?;
    let version = message.need("v", "the version, 1").map_err(bad)?;
    version.whole(VERSION, VERSION).map_err(bad)?;
    let method = message.need("method", "what is to be done").map_err(bad)?;
    let name = method
        .name("method", METHODS.iter().map(|(name, ..)| *name))
        .map_err(because("unknown-method"))?;
    let Some((_, known, read)) = METHODS.iter().find(|(known, ..)| *known == name) else {
        return Err(because("unknown-method")(method.refuse("is not known")));
    };
    let none = json!({});
    let params = message
        .get("params")
        .unwrap_or_else(|| Field::new(&none, "params"));
    let read = params.object().and_then(|params| {
        params.only(known)?;
        read(&params)
    });
    read.map_err(because("bad-params"))
}

fn load(params: &Object<'_>) -> Result<Call, Problem> {
    if let Some(text) = params.get("link") {
        let (scenario, _) = link::open(text.text()?)?;
        return Ok(Call::Load(Box::new(scenario)));
    }
    let document = params.need("scenario", "a scenario document, or a link under \"link\"")?;
    let scenario = Scenario::from_value(document.value).map_err(|mut problem| {
        problem.path = match &*problem.path {
            "" => document.path.clone(),
            path => format!("{}.{path}", document.path),
        };
        problem
    })?;
    Ok(Call::Load(Box::new(scenario)))
}

fn step(params: &Object<'_>) -> Result<Call, Problem> {
    let units = ["event", "phase", "decision"];
    let unit = params.or("unit", "event", |field| {
        field.name("unit", units.into_iter())
    })?;
    let unit = match unit {
        "phase" => Unit::Phase,
        "decision" => Unit::Decision,
        _ => Unit::Event,
    };
    let count = params.or("count", 1, |field| field.whole(-MOST_STEPS, MOST_STEPS))?;
    let way = if count < 0 { Way::Back } else { Way::On };
    Ok(Call::Step(unit, way, count.unsigned_abs() as u32))
}

fn stretch(params: &Object<'_>) -> Result<Stretch, Problem> {
    let instant = |field: Field<'_>| Ok(Time::ZERO + field.span()?);
    Ok(Stretch {
        from: params.or("from_ms", Stretch::ALL.from, instant)?,
        to: params.or("to_ms", Stretch::ALL.to, instant)?,
    })
}

/// The answer to a call.
#[must_use]
pub fn answer(id: &Value, result: Result<Value, Refusal>) -> Value {
    let mut message = json!({ "context": CONTEXT, "v": VERSION, "id": id });
    match result {
        Ok(result) => message["result"] = result,
        Err(Refusal { code, problem }) => {
            message["error"] =
                json!({ "code": code, "message": problem.message, "path": problem.path });
        }
    }
    message
}

/// An event, told without being asked.
#[must_use]
pub fn event(name: &str, data: &Value) -> Value {
    json!({ "context": CONTEXT, "v": VERSION, "event": name, "data": data })
}
