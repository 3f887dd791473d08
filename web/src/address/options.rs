//! View parameters: how the page is to be shown, by names that people know from players.
//!
//! Names are read in any case, a name without a value is a yes, and a bad value
//! is left out with a notice. Scripts and host pages put names of their own into
//! addresses; those are only noted.

use quorumscope_core::link::is_parameter;

/// The parts of the page that `hide` knows.
pub const PARTS: [&str; 14] = [
    "head", "phases", "ring", "caption", "controls", "speed", "home", "side", "setup", "break",
    "story", "inspect", "gallery", "deck",
];

/// What `view` can bring to the front.
pub const VIEWS: [&str; 8] = [
    "ring",
    "spacetime",
    "ledger",
    "setup",
    "break",
    "story",
    "inspect",
    "gallery",
];

/// What is not there when the run is only to be watched.
const EDITORS: [&str; 3] = ["setup", "break", "gallery"];

/// How the page is to be shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// The page is a frame in another: the run and nothing else.
    pub embed: bool,
    /// Starts by itself, or does not; `None` lets the page decide.
    pub autoplay: Option<bool>,
    /// Starts at this second.
    pub t: Option<f64>,
    /// Simulated milliseconds for each second.
    pub speed: Option<f64>,
    /// Event by event.
    pub events: bool,
    /// The run begins again at its end.
    pub looping: bool,
    /// From where to where it is played round, in seconds.
    pub round: Option<(f64, f64)>,
    /// Large and strong, for a wall.
    pub projector: bool,
    /// Parts that are not shown.
    pub hidden: Vec<&'static str>,
    /// What is shown first.
    pub views: Vec<&'static str>,
    /// The run is watched and not changed.
    pub locked: bool,
    /// Movement is avoided, whatever the system says.
    pub reduced_motion: bool,
    /// Single letters are no keys.
    pub quiet: bool,
    /// The page is as high as its content, and tells its host how high.
    pub autoresize: bool,
    /// The only origin that is listened to; any, if none is named.
    pub origin: Option<String>,
    /// What the host page calls this frame; our messages to it carry it.
    pub instance: Option<String>,
    /// Parameters that could not be read, in words.
    pub refused: Vec<String>,
    /// Names that are nobody's here.
    pub strange: Vec<String>,
}

/// Reads the parameters of an address.
pub fn options(pairs: &[(String, String)]) -> Options {
    let mut options = Options::default();
    for (name, value) in pairs {
        let name = name.to_ascii_lowercase();
        if let Err(wanted) = read(&mut options, &name, value) {
            let value: String = value.chars().take(40).collect();
            let said = format!("{name}={value} is not {wanted}.");
            options.refused.push(said);
        }
    }
    if options.locked {
        options.hidden.extend(EDITORS);
    }
    options
}

/// Takes one parameter, or says what its value should be.
fn read(options: &mut Options, name: &str, value: &str) -> Result<(), String> {
    match name {
        "embed" => options.embed = yes(value)?,
        "autoplay" => options.autoplay = Some(yes(value)?),
        "t" => options.t = Some(number(value)?),
        "speed" => options.speed = Some(number(value)?),
        "loop" => match value.split_once("..") {
            Some((from, to)) => options.round = Some((number(from)?, number(to)?)),
            None => options.looping = yes(value)?,
        },
        "projector" => options.projector = yes(value)?,
        "pace" => options.events = one_of(&["steady", "events"], value)? == "events",
        "hide" => options.hidden.extend(names(&PARTS, value)?),
        "view" => options.views = names(&VIEWS, value)?,
        "controls" if !yes(value)? => options.hidden.push("controls"),
        "editable" => options.locked = !yes(value)?,
        "keyboard" => options.quiet = !yes(value)?,
        "motion" => options.reduced_motion = !yes(value)?,
        "autoresize" => options.autoresize = yes(value)?,
        "origin" => options.origin = Some(origin(value)?),
        "instance" => options.instance = Some(value.chars().take(100).collect()),
        // The page obeys these before the program arrives: see `index.html`.
        "theme" => drop(one_of(&["light", "dark", "auto"], value)?),
        "runonclick" => drop(yes(value)?),
        "controls" | "s" => {}
        other if is_parameter(other) => {}
        other => options.strange.push(other.into()),
    }
    Ok(())
}

fn yes(value: &str) -> Result<bool, String> {
    match &*value.to_ascii_lowercase() {
        "" | "1" | "true" | "yes" | "on" => Ok(true),
        "0" | "false" | "no" | "off" => Ok(false),
        _ => Err("1 or 0".into()),
    }
}

fn number(value: &str) -> Result<f64, String> {
    let number = crate::edit::number::read(value).filter(|number| *number >= 0.0);
    number.ok_or_else(|| "a number from 0".into())
}

fn one_of(known: &[&'static str], value: &str) -> Result<&'static str, String> {
    let value = value.trim();
    let found = known.iter().find(|name| name.eq_ignore_ascii_case(value));
    found
        .copied()
        .ok_or_else(|| format!("one of: {}", known.join(", ")))
}

/// Names with commas between them.
fn names(known: &[&'static str], value: &str) -> Result<Vec<&'static str>, String> {
    let given = value.split(',').filter(|name| !name.is_empty());
    let name = |name: &str| match name.trim() {
        // As hosts call it that know other players.
        log if log.eq_ignore_ascii_case("log") => one_of(known, "story"),
        name => one_of(known, name),
    };
    given.map(name).collect()
}

/// An origin as browsers write it: nothing behind the host and the port.
fn origin(value: &str) -> Result<String, String> {
    let origin = value.trim_end_matches('/').to_ascii_lowercase();
    let host = origin
        .strip_prefix("https://")
        .or_else(|| origin.strip_prefix("http://"));
    let fits = host.is_some_and(|host| !host.is_empty() && !host.contains(['/', '?', '@', ' ']));
    fits.then_some(origin)
        .ok_or_else(|| "an origin such as https://course.example".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use quorumscope_core::link::query_of;

    fn asked(query: &str) -> Options {
        options(&query_of(query))
    }

    #[test]
    fn names_in_any_case_and_empty_values() {
        let options = asked("?EMBED&autoplay=0&T=2.5&Loop=TRUE&n=7&S=1.abc&RunOnClick");
        assert!(options.embed && options.looping);
        assert_eq!(options.autoplay, Some(false));
        assert_eq!(options.t, Some(2.5));
        assert!(options.refused.is_empty() && options.strange.is_empty());
    }

    #[test]
    fn a_bad_value_is_said_and_left_out() {
        let bad =
            "?t=soon&speed=-1&embed=perhaps&pace=wild&hide=story,plot&view=x&theme=pink&origin=me";
        let options = asked(bad);
        assert_eq!(options.refused.len(), 8);
        let nothing = Options {
            refused: options.refused.clone(),
            ..Options::default()
        };
        assert_eq!(options, nothing);
        assert!(options.refused[0].contains("t=soon is not a number from 0"));
    }

    #[test]
    fn parts_are_hidden_and_a_run_is_locked() {
        let options = asked("?hide=Log, phases&controls=0&editable=0&view=ledger,ring");
        let hidden = ["story", "phases", "controls", "setup", "break", "gallery"];
        assert_eq!(options.hidden, hidden);
        assert!(options.locked);
        assert_eq!(options.views, ["ledger", "ring"]);
        assert!(asked("?controls=1&editable=1").hidden.is_empty());
    }

    #[test]
    fn a_span_to_go_round_in_is_two_seconds_with_dots_between() {
        let round = |value: &str| asked(&format!("?loop={value}")).round;
        assert_eq!(round("0.1..2"), Some((0.1, 2.0)));
        assert_eq!(round("1"), None);
        assert_eq!(asked("?loop=a..2").refused.len(), 1);
    }

    #[test]
    fn a_strange_name_is_noted_and_no_more() {
        let options = asked("?utm_source=mail&n=7");
        assert_eq!(options.strange, ["utm_source"]);
        assert!(options.refused.is_empty());
    }

    #[test]
    fn an_origin_is_one() {
        let origin = |text: &str| asked(&format!("?origin={text}")).origin;
        let course = Some("https://course.example:8443".to_owned());
        assert_eq!(origin("https://Course.example:8443/"), course);
        for bad in [
            "",
            "*",
            "course.example",
            "https://",
            "https://a/b",
            "javascript:1",
        ] {
            assert_eq!(origin(bad), None, "{bad}");
        }
    }
}
