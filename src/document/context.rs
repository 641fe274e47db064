//! The `context` command: what a layout sees, for a person to read.

/// The view as indented JSON, its keys in the view's order, ending in a line feed.
pub fn pretty<T: serde::Serialize>(view: &T) -> String {
    let mut json = serde_json::to_string_pretty(view).unwrap_or_default();
    json.push('\n');
    json
}

/// `context --origins`: where each value came from, one `path  origin` a line, the origins aligned.
pub fn origins(list: &[(String, String)]) -> String {
    let width = list.iter().map(|(path, _)| path.chars().count()).max().unwrap_or(0);
    list.iter().map(|(path, origin)| format!("{path:width$}  {origin}\n")).collect()
}
