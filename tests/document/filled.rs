//! Filling: what clients write prints as text, whatever it is.

use super::*;

fn text_of(body: &str, view: &View) -> String {
    let document = fill(body, view).unwrap();
    document.text_content(document.body).trim().to_owned()
}

#[test]
fn text_prints_as_text() {
    let long = "Supercalifragilistique".repeat(500);
    for name in [
        "<script>alert(1)</script>",
        "{{client.name}} {{{lang}}} {{#each",
        "R&D &amp; &lt;b&gt; \\{{x}}",
        "a\" onclick=\"b()\" x='y'`=`",
        "👩‍🚀 Zoë 漢字 \u{202E}x",
        "</title></body></html>",
        "<!-- a --> ]]> <![CDATA[",
        "\u{2}=\"0\"",
        &long,
    ] {
        let mut view = view();
        view.client.name = name.into();
        let body = "<p translate=\"no\" class=\"{{client.name}}\">{{client.name}}</p>";
        let document = fill(body, &view).unwrap();
        assert_eq!(document.text_content(document.body).trim(), name);
        let p = document.node(document.body).children[1];
        assert_eq!(document.element(p).unwrap().attribute("class"), Some(name));
        assert_eq!(document.nodes.len(), 6, "{name}: html, body, p and its text between two line feeds");
    }
}

#[test]
fn titles_print_as_text() {
    let mut view = view();
    view.proposal.title = "</title><script> R&D\n l'an".into();
    assert_eq!(fill("<p>a</p>", &view).unwrap().title, "</title><script> R&D l’an");
}

#[test]
fn helpers() {
    let cases = [
        ("{{date proposal.date}}", "22 novembre 2026"),
        ("{{date \"2026-08-01\"}}", "1er août 2026"),
        ("{{money \"12500\" \"EUR\"}}", "12\u{202F}500,00\u{A0}€"),
        ("{{money 12500 \"GBP\"}}", "12\u{202F}500,00\u{A0}£"),
        ("{{number \"12500.50\"}}", "12\u{202F}500,5"),
        ("{{percent \"5.5\"}}", "5,5\u{A0}%"),
        ("{{plural 1 words.day words.days}} {{plural 2 words.day words.days}}", "jour jours"),
        ("{{#each team as |m|}}{{@index}}{{#unless @last}}, {{/unless}}{{/each}}", "0, 1"),
        ("{{#if (eq lang \"fr\")}}oui{{else}}non{{/if}}", "oui"),
        ("{{#if (and (gt (len team) 1) (not (lt 2 1)))}}oui{{/if}}", "oui"),
        (
            "{{#if contact.role}}{{contact.role}}{{else if contact.name}}{{contact.name}}{{/if}}",
            "directrice générale",
        ),
        ("{{#each reasons.items as |item|}}{{item.id}} {{/each}}", "raisons-gain raisons-recul"),
        ("{{#with contact}}{{../client.name}} {{@root.lang}}{{/with}}", "Nova Santé fr"),
    ];
    for (expression, expected) in cases {
        assert_eq!(text_of(&format!("<p>{expression}</p>"), &view()), expected, "{expression}");
    }
    let document =
        fill("{{#if house.phone}}<a href=\"{{telephone house.phone}}\">a</a>{{/if}}", &view()).unwrap();
    let a = document.node(document.body).children[1];
    assert_eq!(document.element(a).unwrap().attribute("href"), Some("tel:+33499999999"));
}

#[test]
fn the_helpers_speak_the_views_language() {
    let mut view = view();
    for (lang, expected) in [
        ("fr", "22 novembre 2026 12\u{202F}500,00\u{A0}€ "),
        ("en-GB", "22 November 2026 €12,500.00 "),
        ("en-US", "November 22, 2026 €12,500.00 "),
    ] {
        view.lang = lang.into();
        let body = "<p>{{date proposal.date}} {{money 12500 \"EUR\"}} {{#if absent}}{{/if}}</p>"
            .replace("{{#if absent}}{{/if}}", "");
        assert_eq!(text_of(&body, &view), expected.trim());
    }
}

/// A specimen promises a date; a view that breaks the promise is told where.
#[test]
fn a_view_that_is_not_what_it_promised() {
    let mut view = view();
    view.proposal.date = "demain".into();
    assert_eq!(
        fill("<p class=\"a\">b</p>\n<p>{{date proposal.date}}</p>", &view).unwrap_err(),
        "error: page.html.hbs:3:4: `date` expects a date YYYY-MM-DD, found \"demain\"\n"
    );
    // what a client writes can lead nowhere
    view.house.site_url = Some("javascript:a()".into());
    assert_eq!(
        fill("{{#if house.site_url}}\n<a href=\"{{house.site_url}}\">a</a>{{/if}}", &view).unwrap_err(),
        "error: page.html.hbs:3:10: `href=\"javascript:a()\"` is no link of a printed page \
         (hint: expected https:, http:, mailto:, tel: or #id)\n"
    );
}

#[test]
fn partials_keep_their_places_and_pre_its_spaces() {
    let partials = [("code", "<pre>a\n  b\n</pre>\n")];
    let html = page("<div>\n    {{> code}}\n</div>");
    let mut diagnostics = Diagnostics::new();
    let layout =
        Layout::prepare("page", sources(&html, &partials), &schema(), &mut diagnostics).unwrap();
    let document =
        layout.fill(&serde_json::to_value(view()).unwrap(), Locale::Fr, &mut diagnostics).unwrap();
    let pre = (0..document.nodes.len() as u32)
        .map(NodeId)
        .find(|id| document.element(*id).is_some_and(|e| e.name == "pre"))
        .unwrap();
    assert_eq!(document.text_content(pre), "a\n  b\n");
    let place = document.node(pre).place.as_ref().unwrap();
    assert_eq!(place.line_column(), "templates/partials/code.html.hbs:1:1");
    assert_eq!(&place.source.text[place.span.clone()], "<pre");
}

/// The tree of a small layout, for a person to read: every element's place is in the file that says
/// it, and a text's words are typographically clean.
#[test]
fn a_tree() {
    let page = "<!doctype html>
<html lang=\"{{lang}}\">
<head>
  <meta charset=\"utf-8\">
  <title>{{proposal.title}} - {{client.name}}</title>
  <meta name=\"author\" content=\"{{house.name}}\">
  <meta name=\"max-pages\" content=\"5\">
</head>
<body>
  <h1>l'offre \"{{proposal.title}}\"</h1>
  <!-- no trace -->
  {{#if contact.full_name}}
  <p class=\"to\">à {{contact.full_name}} : {{money \"12500\" \"EUR\"}}!</p>
  {{/if}}
  {{#with reasons}}
    {{> section}}
  {{/with}}
  {{#each team}}
  <p id=\"m{{@index}}\"{{#if role}} class=\"known\"{{/if}}>{{name}}<br>
    {{~#if role}} ({{role}}){{/if}}
  {{/each}}
  <table>
    <tr><th scope=\"col\">prix<td>5 %
  </table>
  <svg viewBox=\"0 0 1 1\" aria-label=\"un trait\"><path d=\"M0 0h1\"/></svg>
</body>
</html>
";
    let partials = [(
        "section",
        "<section>\n  <h2>{{{heading}}}</h2>\n  {{#each items}}\n  <div>{{{text}}}</div>\n  {{/each}}\n</section>\n",
    )];
    let mut diagnostics = Diagnostics::new();
    let layout = Layout::prepare("page", sources(page, &partials), &schema(), &mut diagnostics).unwrap();
    let document =
        layout.fill(&serde_json::to_value(view()).unwrap(), Locale::Fr, &mut diagnostics).unwrap();
    assert_eq!(diagnostics.one_lines(), "");
    crate::golden::check("document/tree.txt", &outline(&document));
}
