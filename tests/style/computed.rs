//! Declarations and what they compute to: every property, read from one file of cases.

use super::kit::{difference, dress};

/// Each case is one line of declarations, set on a paragraph in a block of 20px text.
const CASES: &str = include_str!("computed.css");

#[test]
fn every_property_computes() {
    let sheet = |declarations: &str| {
        let css = format!(
            "@page cover {{}} .g {{ grid-template-areas: \"head a main b\"; grid-template-columns: [col] 1px [end] }} div {{ font-size: 20px; counter-reset: c; string-set: head \"x\" }} #x {{ {declarations} }}"
        );
        dress(&css, "<div><p id=\"x\" class=\"seven\">own  text</p></div>").clean()
    };
    let plain = sheet("");
    let mut report = String::new();
    for line in CASES.lines() {
        report.push_str(line);
        report.push('\n');
        if line.is_empty() || line.starts_with("/*") {
            continue;
        }
        for change in difference(plain.style("x"), sheet(line).style("x")) {
            report.push_str(&format!("    {change}\n"));
        }
    }
    crate::golden::check("style/computed.txt", &report);
}
