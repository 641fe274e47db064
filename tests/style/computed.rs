//! Declarations and what they compute to: every property, read from one file of cases.

use super::kit::{difference, dress};

/// Each case is one line of declarations, set on a paragraph in a block of 20px text.
const CASES: &str = include_str!("computed.css");

#[test]
fn every_property_computes() {
    let mut report = String::new();
    for line in CASES.lines() {
        if line.is_empty() || line.starts_with("/*") {
            report.push_str(line);
            report.push('\n');
            continue;
        }
        let sheet = |declarations: &str| {
            let css = format!("div {{ font-size: 20px }} #x {{ {declarations} }}");
            dress(&css, "<div><p id=\"x\" class=\"seven\">own  text</p></div>").clean()
        };
        let (plain, styled) = (sheet(""), sheet(line));
        let changed = difference(plain.style("x"), styled.style("x"));
        report.push_str(&format!("{line}\n"));
        for change in &changed {
            report.push_str(&format!("    {change}\n"));
        }
    }
    crate::golden::check("style/computed.txt", &report);
}
