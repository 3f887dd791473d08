//! A run as a link: the scenario, packed into the text of an address.
//!
//! The full form is `#s=1.<code>`: the digit names the codec, the code is the
//! scenario's canonical document, deflated and in base64url. The link's own
//! fields stand beside the document's: `moment_ms`, `engine`, `trace`, `view`.
//! The readable form, for links made by hand, is a query: see [`read_query`].

use crate::json::{self, Field};
use crate::problem::Problem;
use crate::scenario::Scenario;
use crate::time::Time;
use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use serde_json::{Map, Value};

mod address;
mod query;

pub use address::{find_in, is_link, query_of};
pub use query::{is_parameter, read_query};

/// The longest code that is read, in letters.
pub const MAX_CODE: usize = 65_536;

/// The version of the engine that runs scenarios here.
pub const ENGINE: &str = env!("CARGO_PKG_VERSION");

const CODEC: &str = "1";
const MAX_INFLATED: usize = 1_000_000;
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new()
        .with_encode_padding(false)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// What a link carries besides the scenario.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LinkExtras {
    /// The instant to show first.
    pub moment: Option<Time>,
    /// The version of the engine that made the link.
    pub engine: Option<String>,
    /// The first half of the trace hash at the scenario's end, to tell a run that differs.
    pub trace: Option<u32>,
    /// What the screen shows; the core does not look into it.
    pub view: Option<Value>,
}

/// The code of a scenario: what follows `#s=` in a link.
#[must_use]
pub fn encode(scenario: &Scenario, extras: &LinkExtras) -> String {
    let mut document = scenario.canonical();
    if let Some(fields) = document.as_object_mut() {
        extras.write(fields);
    }
    let packed = compress_to_vec(document.to_string().as_bytes(), 9);
    format!("{CODEC}.{}", BASE64.encode(packed))
}

/// Reads a code.
///
/// # Errors
/// Says in words whether the link is damaged, comes from a newer version, or
/// holds a scenario that is refused.
pub fn decode(code: &str) -> Result<(Scenario, LinkExtras), Problem> {
    let refuse = |message: &str| Problem::new("link", message);
    if code.len() > MAX_CODE {
        return Err(refuse("is too long: at most 64 kB are read"));
    }
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let packed = match code.split_once('.') {
        Some((CODEC, packed)) => packed,
        Some((codec, _)) if codec.parse::<u16>().is_ok_and(|codec| codec > 1) => {
            return Err(refuse(
                "was made by a newer Quorumscope than this one: open it there, or update this one",
            ));
        }
        _ => {
            return Err(refuse(
                "is not a Quorumscope link: it should begin with \"1.\"",
            ));
        }
    };
    let damaged = || refuse("is damaged or cut short: copy it again, in full");
    let packed = BASE64.decode(packed).map_err(|_| damaged())?;
    let text = decompress_to_vec_with_limit(&packed, MAX_INFLATED).map_err(|_| damaged())?;
    let text = String::from_utf8(text).map_err(|_| damaged())?;
    let mut document = json::parse(&text)?;
    let extras = match document.as_object_mut() {
        Some(fields) => LinkExtras::take(fields)?,
        None => LinkExtras::default(),
    };
    Ok((Scenario::from_value(&document)?, extras))
}

/// Opens whatever somebody pasted: an address in either form, or a bare code.
///
/// # Errors
/// Refuses what [`decode`] refuses, and the first bad value of a readable link.
pub fn open(text: &str) -> Result<(Scenario, LinkExtras), Problem> {
    if let Some(code) = find_in(text) {
        return decode(code);
    }
    let query = query_of(text);
    if !query.iter().any(|(name, _)| is_parameter(name)) {
        let message = "is no link to a run: it has neither a code nor a parameter of one";
        return Err(Problem::new("link", message));
    }
    let (scenario, notices) = read_query(&query);
    match notices.into_iter().next() {
        Some(notice) => Err(notice),
        None => Ok((scenario, LinkExtras::default())),
    }
}

impl LinkExtras {
    fn write(&self, fields: &mut Map<String, Value>) {
        let moment = self.moment.map(|moment| json::ms(moment.since(Time::ZERO)));
        let given = [
            ("moment_ms", moment),
            ("engine", self.engine.clone().map(Value::from)),
            ("trace", self.trace.map(Value::from)),
            ("view", self.view.clone()),
        ];
        for (name, value) in given {
            if let Some(value) = value {
                fields.insert(name.into(), value);
            }
        }
    }

    /// Takes the link's own fields out of a document.
    fn take(fields: &mut Map<String, Value>) -> Result<Self, Problem> {
        let mut taken = |name| fields.remove(name);
        let (moment, engine) = (taken("moment_ms"), taken("engine"));
        let (trace, view) = (taken("trace"), taken("view"));
        let moment = moment.map(|value| Field::new(&value, "moment_ms").span());
        let engine = engine.map(|value| Field::new(&value, "engine").text().map(String::from));
        let trace = trace.map(|value| Field::new(&value, "trace").whole(0, u32::MAX.into()));
        Ok(Self {
            moment: moment.transpose()?.map(|moment| Time::ZERO + moment),
            engine: engine.transpose()?,
            trace: trace.transpose()?.map(|trace| trace as u32),
            view,
        })
    }
}

#[cfg(test)]
mod tests;
