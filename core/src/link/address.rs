//! Addresses: where the code stands in one, and what its query says.

/// The code in an address (`#s=` or `?s=`), or the text itself if it is a bare code.
#[must_use]
pub fn find_in(text: &str) -> Option<&str> {
    let text = text.trim();
    let starts = |mark: &str| text.find(mark).map(|at| at + mark.len());
    if let Some(start) = ["#s=", "?s=", "&s="].into_iter().find_map(starts) {
        let rest = &text[start..];
        return rest.split(['&', '#']).next();
    }
    let (codec, _) = text.split_once('.')?;
    let digits = !codec.is_empty() && codec.bytes().all(|byte| byte.is_ascii_digit());
    (digits && !text.contains(['/', '?', '='])).then_some(text)
}

/// Whether this text is an address or a code: all of it, and not only somewhere in it.
///
/// A code may be broken into lines, as mails do.
#[must_use]
pub fn is_link(text: &str) -> bool {
    let text = text.trim();
    let at = find_in(text).and_then(|code| text.find(code));
    let (before, code) = text.split_at(at.unwrap_or(text.len()));
    let address = before.contains("://") || before.starts_with('?');
    let whole = !before.contains(char::is_whitespace) && !before.contains(['<', '>', '{', '"']);
    let letters = |c: char| c.is_ascii_alphanumeric() || c.is_whitespace() || "-_.=&%#".contains(c);
    whole && code.chars().all(letters) && (address || !code.is_empty())
}

/// The names and values in an address's query, decoded; a name alone has an empty value.
#[must_use]
pub fn query_of(address: &str) -> Vec<(String, String)> {
    let query = address.split_once('?').map_or("", |(_, query)| query);
    let query = query.split('#').next().unwrap_or("");
    let pairs = form_urlencoded::parse(query.trim().as_bytes());
    pairs
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect()
}
