//! The fields of a form as they arrive: names and values, in order.

/// Reads fields by name.
pub(super) struct Pairs<'a>(pub &'a [(String, String)]);

impl Pairs<'_> {
    /// The first value of a field; empty when it is not there.
    pub fn one(&self, name: &str) -> String {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| typed(v)).unwrap_or_default()
    }

    /// All values of a field.
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(n, _)| n == name).map(|(_, v)| typed(v)).collect()
    }

    /// Whether a box was ticked.
    pub fn ticked(&self, name: &str) -> bool {
        self.0.iter().any(|(n, v)| n == name && !v.is_empty())
    }
}

/// What a person can type: no control characters but tabs and line ends.
fn typed(value: &str) -> String {
    value.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t')).collect()
}

/// What stands in a field; none when nothing does.
pub(super) fn filled(value: &str) -> Option<String> {
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_string())
}

/// A closed word; none when nothing was chosen.
pub(super) fn chosen<T: std::str::FromStr<Err = E>, E: Into<crate::desk::DeskError>>(
    value: &str,
) -> Result<Option<T>, crate::desk::DeskError> {
    filled(value).map(|v| v.parse().map_err(E::into)).transpose()
}
