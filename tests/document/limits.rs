//! Limits: nothing that is nested, repeated or long ends the program.

use super::*;

#[test]
fn blocks() {
    let nested = |depth: usize| "{{#if lang}}".repeat(depth) + "<p>a</p>" + &"{{/if}}".repeat(depth);
    assert_eq!(faults_of(sources(&page(&nested(64)), &[])), "");
    assert!(
        faults_of(sources(&page(&nested(65)), &[]))
            .starts_with("error: page.html.hbs:2:769: blocks nested deeper than 64\n")
    );
    assert!(faults_of(sources(&page(&nested(20_000)), &[])).contains("blocks nested deeper than 64"));
    let chain = "{{#if lang}}a".to_owned() + &"{{else if lang}}b".repeat(60) + "{{/if}}";
    assert_eq!(faults_of(sources(&page(&format!("<p>{chain}</p>")), &[])), "");
    let chain = "{{#if lang}}a".to_owned() + &"{{else if lang}}b".repeat(20_000) + "{{/if}}";
    assert!(faults_of(sources(&page(&format!("<p>{chain}</p>")), &[])).contains("deeper than"));
}

#[test]
fn brackets() {
    let nested = |depth: usize| {
        format!("{{{{#if {}lang{}}}}}<p>a</p>{{{{/if}}}}", "(not ".repeat(depth), ")".repeat(depth))
    };
    assert_eq!(faults_of(sources(&page(&nested(16)), &[])), "");
    let found = faults_of(sources(&page(&nested(17)), &[]));
    assert_eq!(found, "error: page.html.hbs:2:87: brackets nested deeper than 16\n");
    assert!(faults_of(sources(&page(&nested(20_000)), &[])).contains("brackets nested deeper than 16"));
    let lists = format!("<p>{{{{date {}}}}}</p>", "[".repeat(20_000));
    assert!(faults_of(sources(&page(&lists), &[])).contains("brackets nested deeper than 16"));
}

#[test]
fn elements() {
    let nested = |depth: usize| "<div>".repeat(depth) + "a" + &"</div>".repeat(depth);
    assert_eq!(faults_of(sources(&page(&nested(254)), &[])), "");
    assert_eq!(
        faults_of(sources(&page(&nested(20_000)), &[])),
        "error: page.html.hbs:2:1271: elements nested deeper than 256\n"
    );
    let svg = format!("<svg>{}</svg>", "<g>".repeat(20_000));
    assert!(faults_of(sources(&page(&svg), &[])).contains("elements nested deeper than 256"));
}

/// Each of sixteen partials includes the next twice.
#[test]
fn partials_that_multiply() {
    let names: Vec<String> = (0..=15).map(|i| format!("p{i}")).collect();
    let texts: Vec<String> = (0..=15)
        .map(|i| {
            if i == 15 { "<p>a</p>".to_owned() } else { format!("{{{{> p{0}}}}}{{{{> p{0}}}}}", i + 1) }
        })
        .collect();
    let partials: Vec<(&str, &str)> =
        names.iter().zip(&texts).map(|(n, t)| (n.as_str(), t.as_str())).collect();
    let found = faults_of(sources(&page("{{> p0}}"), &partials));
    assert!(found.contains("partials include each other more than 10000 times"), "{found}");
    let chain: Vec<String> = (0..40).map(|i| format!("{{{{> p{}}}}}", i + 1)).collect();
    let names: Vec<String> = (0..40).map(|i| format!("p{i}")).collect();
    let partials: Vec<(&str, &str)> =
        names.iter().zip(&chain).map(|(n, t)| (n.as_str(), t.as_str())).collect();
    let found = faults_of(sources(&page("{{> p0}}"), &partials));
    assert_eq!(found, "error: templates/partials/p15.html.hbs:1:1: partials nested deeper than 16\n");
}

/// The deepest that is allowed is filled on a thread's small stack.
#[test]
fn the_deepest_layout() {
    let open = "{{#if lang}}".repeat(30);
    let close = "{{/if}}".repeat(30);
    let texts: Vec<String> = (0..3).map(|i| format!("{open}{{{{> p{}}}}}{close}", i + 1)).collect();
    let last = format!("{open}<p>a</p>{close}");
    let partials = [("p1", texts[1].as_str()), ("p2", texts[2].as_str()), ("p3", last.as_str())];
    assert_eq!(faults_of(sources(&page(&texts[0]), &partials)), "");
}

#[test]
fn a_page_that_grows_without_end() {
    let mut view = view();
    view.client.address = Some(vec!["a".repeat(1000); 400]);
    let body = "{{#each client.address}}{{#each ../client.address}}<p>{{this}}</p>{{/each}}{{/each}}";
    assert_eq!(
        fill(body, &view).unwrap_err(),
        "error: page.html.hbs:2:55: the filled template is longer than 64 MB\n"
    );
}
