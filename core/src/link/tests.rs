//! What people who share links rely on.

use super::*;
use crate::time::Span;
use serde_json::json;

fn pairs(query: &[(&str, &str)]) -> Vec<(String, String)> {
    let own = |(name, value): &(&str, &str)| ((*name).into(), (*value).into());
    query.iter().map(own).collect()
}

/// A code around any text, well formed or not.
fn packed(text: &str) -> String {
    format!("1.{}", BASE64.encode(compress_to_vec(text.as_bytes(), 9)))
}

#[test]
fn a_link_brings_everything_back() {
    let document = json!({ "nodes": 7, "script": [{ "at_ms": 0.5, "do": "crash", "node": 6 }] });
    let scenario = Scenario::from_value(&document).unwrap();
    let extras = LinkExtras {
        moment: Some(Time::ZERO + Span(1_250)),
        engine: Some(ENGINE.into()),
        trace: Some(0xDEAD_BEEF),
        view: Some(json!({ "selected": 3 })),
    };
    let code = encode(&scenario, &extras);
    assert_eq!(decode(&code), Ok((scenario.clone(), extras)));
    assert_eq!(code, encode(&scenario, &decode(&code).unwrap().1));
    let plain = encode(&scenario, &LinkExtras::default());
    assert!(plain.len() < 120, "{plain}");
    assert_eq!(decode(&plain), Ok((scenario, LinkExtras::default())));
}

#[test]
fn the_first_links_are_read_for_ever() {
    let code = encode(&Scenario::default(), &LinkExtras::default());
    assert_eq!(code, "1.q1YqSy0qzszPU7IyrAUA");
    assert_eq!(
        decode("1.q1YqSy0qzszPU7IyrAUA").unwrap().0,
        Scenario::default()
    );
    let (scenario, extras) = decode(GOLDEN).unwrap();
    assert_eq!(scenario.canonical(), golden_document());
    assert_eq!(extras.moment, Some(Time(2_500_000)));
    assert_eq!(extras.engine.as_deref(), Some("0.1.0"));
}

/// A link that was shared when version 1 was new.
const GOLDEN: &str = "\
    1.bZLRbrMwDIXfxddZBbSoGq9SoSoLbolKEuaE8k8V7_7bRINe7I6Qcz4fO36BGSz6FKGpFKC_W4_QQHEoDwUoGH\
    RCb36geYFD7a-OdadCgQsdDqzzgZweWBi79a6sDvUi146Z65-qLljvWc-Hs4LvKdDkmMIeQ3ZM0Fxe8IW9ftowET\
    PTHD5u2mDHWKPdyL7LpVRVqy7HtlXQBRaZQDSxOaOhKRb1Ap1LfkrFrCId-01TvWnKehMRxqRJUA9EqQZ8HlC6Dz\
    FdZ7JJsh__wlTFhhmZYZMNno13ClPOXahScquzJJ98ssM2lUNZ1YIyeoq4t5QJKzI4u3dYKhiRrs4OnK05FkX2jt\
    rY9LPO809PRHpag7mqWFZVHMLMKvyXSP82ouBGwa2NPqzvJD5ncpk3EnKDCO2G6Mje9ko1S0Y2f3Bj729x3AeU-C\
    2R2NFzbfGHkQ8OY9R3ycr7l1h3enPXu7tH3rOllYZ4M5pTJV8pWX-Psp1fOpl-3eGnxfmarMMwZchZAr3N_nOFPp\
    GijFpmNAd6DEF3AiL8nnghJPqy_Ac";

/// What [`GOLDEN`] holds.
fn golden_document() -> Value {
    json!({ "version": 1, "nodes": 7, "clients": 2, "seed": 42, "quorum": 4, "until_ms": 9000,
        "latency": { "model": "normal", "mean_ms": 40, "sd_ms": 12.5 },
        "workload": { "requests": 3 },
        "settings": { "view_timeout_ms": 700, "batch": 2 },
        "script": [
            { "do": "corrupt", "node": 0, "behaviour": "two-faced", "camps": [[1, 2], [3]] },
            { "at_ms": 900, "do": "crash", "node": 2 },
            { "at_ms": 1500, "do": "restart", "node": 2, "keeps": "stale", "lost_writes": 3 },
            { "at_ms": 2000, "do": "partition", "groups": [[0, 1], [3, 7]], "until_ms": 2500.125 },
            { "do": "omit", "node": 1, "cause": "corruption", "per_mille": 300 },
            { "do": "omit", "node": 1, "capacity": 4, "service_ms": 2 },
            { "do": "slow", "from": 3, "extra_ms": 200, "kinds": ["commit", "prepare"] },
            { "do": "drift", "node": 5, "ppm": -5000 },
            { "at_ms": 3000, "do": "tamper", "message": 12, "to": 4, "how": "drop" },
            { "at_ms": 5000, "do": "heal" }] })
}

#[test]
fn a_code_is_found_wherever_it_stands() {
    for text in [
        "https://example.org/q/#s=1.abc&t=3",
        "https://example.org/q/?embed=1&s=1.abc#top",
        "https://example.org/q/?s=1.abc",
        " 1.abc\n",
        "#s=1.abc",
    ] {
        assert_eq!(find_in(text), Some("1.abc"), "{text}");
    }
    for text in [
        "https://example.org/?n=4",
        "run.json",
        "",
        "3",
        "./1.json",
        "1.json/x",
    ] {
        assert_eq!(find_in(text), None, "{text}");
    }
}

#[test]
fn a_link_is_told_from_a_file_and_a_document() {
    for text in [
        "1.abc",
        "?n=4",
        "https://example.org/",
        " #s=1.abc",
        "https://example.org/#s=1.ab\n  cd\n",
    ] {
        assert!(is_link(text), "{text}");
    }
    for text in [
        "See https://example.org/?n=7 for the run.",
        "### see http://example.org/models\nalpha {\"alpha\":1}\nwhy?",
        "<svg><a href=\"https://example.org/#s=1.abc\"/></svg>",
        "run #s=1.abc",
        "run.json",
        "-",
        "{}",
        "{\"at\": \"https://x.org/#s=1.a\"}",
        "a/b",
    ] {
        assert!(!is_link(text), "{text}");
    }
}

#[test]
fn hostile_codes_are_refused_in_words() {
    let bomb = packed(&format!("{{\"view\":\"{}\"}}", "x".repeat(2_000_000)));
    let table = [
        ("2.abc", "link: was made by a newer Quorumscope"),
        ("0.abc", "link: is not a Quorumscope link"),
        ("", "link: is not a Quorumscope link"),
        ("1.", "link: is damaged"),
        ("1.!!!!", "link: is damaged"),
        ("1.AAAA", "link: is damaged"),
        (&bomb, "link: is damaged"),
        (&"1".repeat(MAX_CODE + 1), "link: is too long"),
        (
            &packed("{\"version\":2}"),
            "version: is 2, but this is Quorumscope for documents up to",
        ),
        (
            &packed("{\"version\":1,\"nodes\":0}"),
            "nodes: must be a whole number",
        ),
        (
            &packed("{\"moment_ms\":-1}"),
            "moment_ms: must be a number of milliseconds",
        ),
        (
            &packed("{\"trace\":\"x\"}"),
            "trace: must be a whole number",
        ),
        (&packed("[]"), "must be an object, not a list"),
        (&packed("nonsense"), "not valid JSON"),
    ];
    for (code, says) in table {
        let refusal = decode(code).unwrap_err().to_string();
        assert!(refusal.starts_with(says), "{refusal}");
    }
}

#[test]
fn a_readable_link_says_what_its_words_say() {
    let query = [
        ("N", "7"),
        ("f", "2"),
        ("behaviour", "two-faced"),
        ("seed", "42"),
        ("embed", ""),
    ];
    let (scenario, notices) = read_query(&pairs(&query));
    assert_eq!(
        (scenario.servers(), scenario.seed, notices),
        (7, 42, Vec::new())
    );
    let traitors = scenario
        .script
        .iter()
        .map(|order| order.args.node("node").map(|n| n.0));
    assert_eq!(traitors.collect::<Vec<_>>(), [Some(0), Some(1)]);
    let (scenario, _) = read_query(&pairs(&[("latency", "20.5..60"), ("loss", "2.5%")]));
    let document = scenario.canonical();
    assert_eq!(document["latency"]["min_ms"], json!(20.5));
    assert_eq!(document["script"][0]["per_mille"], json!(25));
}

#[test]
fn a_bad_value_gives_a_notice_and_the_default() {
    let query = [
        ("n", "0"),
        ("seed", "many"),
        ("latency", "9..3"),
        ("behaviour", "two-facd"),
        ("clients", "2"),
    ];
    let (scenario, notices) = read_query(&pairs(&query));
    let expected = Scenario {
        cast: Scenario::default().cast.with(1, 2),
        ..Scenario::default()
    };
    assert_eq!(scenario, expected);
    let says: Vec<String> = notices.iter().map(ToString::to_string).collect();
    assert_eq!(
        says,
        [
            "n: must be a whole number from 1 to 1024, not 0",
            "seed: must be a number, not \"many\"",
            "latency: must be at least min_ms, which is 9 ms, not 3 ms",
            "behaviour: unknown behaviour \"two-facd\"; did you mean \"two-faced\"?",
        ]
    );
}

#[test]
fn whatever_was_pasted_is_opened_or_refused() {
    let code = encode(&Scenario::default(), &LinkExtras::default());
    let opened = |text: &str| open(text).map(|(scenario, _)| scenario);
    assert_eq!(opened(&code), Ok(Scenario::default()));
    assert_eq!(
        opened(&format!("https://x.org/#s={code}")),
        Ok(Scenario::default())
    );
    assert_eq!(
        opened("https://x.org/?n=7&latency=20%2E.30").map(|s| s.servers()),
        Ok(7)
    );
    assert_eq!(opened("?n=none").unwrap_err().path, "n");
    assert_eq!(opened("hello").unwrap_err().path, "link");
}
