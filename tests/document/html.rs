//! HTML: the closed list of elements and attributes, nesting, links. Lines count from 2.

use super::*;

#[test]
fn sound_html() {
    for body in [
        "<ul><li>a<li>b</ul><dl><dt>a<dd>b<dt>c<dd>d</dl><p>a<p>b<div>c</div>",
        "<dl><div><dt>a</dt><dd>b</dd></div></dl>",
        "<table><caption>a</caption><tr><th scope=col>a<td>b<tr><td colspan=2>c</table>",
        "<table><thead><tr><th id=\"h\">a</th></tr></thead><tbody><tr><td headers=\"h\">b</td></tr></tbody></table>",
        "<p>a &amp; b &lt; c &eacute; &#8239; < d</p>",
        "<p>a<br>b<br/>c<wbr>d</p><hr><pre>\n a\n</pre>",
        "<img src=\"a.png\" alt=\"\" width=\"3\" height=4><img src=\"/brand/a.svg\" alt=\"a\">",
        "<a href=\"https://a.example/b?c=d&amp;e\">a</a><a href=\"#x\">b</a><p id=\"x\">c</p>",
        "<figure><img src=\"a.png\" alt=\"a\"><figcaption>b</figcaption></figure>",
        "<ol start=3 type=a><li value=4>a</ol>",
        "<p translate=\"no\" lang=\"en-GB\" style=\"color: red\">b</p>",
        "<H1 CLASS=\"a\">a</H1>",
    ] {
        assert_eq!(faults_of(sources(&page(body), &[])), "", "{body}");
    }
}

#[test]
fn elements() {
    check("<dvi>a</dvi>", "error: 2:1: unknown element `<dvi>` (hint: did you mean `div`?)\n");
    check(
        "<script>if (a<b) alert()</script>",
        "error: 2:1: unknown element `<script>` (hint: a printed page runs no script)\n",
    );
    check(
        "<style>p { color: red }</style>",
        "error: 2:1: unknown element `<style>` (hint: put the rules into the layout's .css file, which applies by name)\n",
    );
    check(
        "<link rel=\"stylesheet\" href=\"a.css\">",
        "error: 2:1: unknown element `<link>` (hint: the layout's .css file applies by name and may @import a neighbour)\n",
    );
    check(
        "<p>a\n  <iframe src=\"b\"></iframe></p>",
        "error: 3:3: unknown element `<iframe>` (hint: pictures are <img> (PNG, JPEG, SVG) or an inline <svg>)\n",
    );
    check("<h7>a</h7>", "error: 2:1: unknown element `<h7>` (hint: did you mean `h1`?)\n");
}

#[test]
fn attributes() {
    check(
        "<p clas=\"a\">b</p>",
        "error: 2:4: unknown attribute `clas` on `<p>` (hint: did you mean `class`?)\n",
    );
    check(
        "<p onclick=\"a()\">b</p>",
        "error: 2:4: unknown attribute `onclick` on `<p>` (hint: a printed page runs no script)\n",
    );
    check(
        "<p aria-label=\"a\">b</p>",
        "error: 2:4: unknown attribute `aria-label` on `<p>` (hint: only `<a>` and `<svg>` have one; write it where it is read, or as an alt of `<img>`)\n",
    );
    check(
        "<p><a aria-label=\"a\">b</a></p>",
        "error: 2:19: `aria-label` on an `<a>` without href: nothing says it\n",
    );
    for alt in ["   ", "&nbsp;"] {
        check(
            &format!("<img src=\"a.png\" alt=\"{alt}\">"),
            "error: 2:23: `alt` has no words: say what is there (hint: alt=\"\" for a picture that only decorates)\n",
        );
    }
    check(
        "<p><a href=\"https://a.example\" aria-label=\" \">b</a></p>",
        "error: 2:44: `aria-label` has no words: say what is there (hint: leave it out where there is nothing to say)\n",
    );
    check("<p href=\"#a\">b</p>", "error: 2:4: unknown attribute `href` on `<p>`\n");
    check("<p class=\"a\" class=\"b\">c</p>", "error: 2:14: `<p>` has an attribute twice\n");
    // what is filled in, or stands in a block, hides no attribute
    check(
        "<p class=\"{{#if (eq lang \"fr\")}}a > b{{/if}}\"\n  id = x {{#if team}}clas='c'{{/if}} stile>b</p>",
        "error: 3:22: unknown attribute `clas` on `<p>` (hint: did you mean `class`?)\n\
         error: 3:38: unknown attribute `stile` on `<p>` (hint: did you mean `style`?)\n",
    );
    check(
        "<table><tr><td colspan=\"two\">a</table>",
        "error: 2:25: `colspan=\"two\"`: expected a whole number from 1 to 1000\n",
    );
    check(
        "<table><tr><th scope=\"line\">a</table>",
        "error: 2:23: `scope=\"line\"`: expected col, row, colgroup, rowgroup\n",
    );
    check("<p translate=\"never\">a</p>", "error: 2:15: `translate=\"never\"`: expected yes, no\n");
    check(
        "<p lang=\"french\">a</p>",
        "error: 2:10: `lang=\"french\"` is no language: expected one like fr, en or en-US\n",
    );
    check("<ol type=\"x\"><li>a</ol>", "error: 2:11: `type=\"x\"`: expected 1, a, A, i, I\n");
    check(
        "<img src=\"a.png\" alt=\"\" width=\"3cm\">",
        "error: 2:32: `width=\"3cm\"`: expected a whole number from 0 to 100000\n",
    );
    check(
        "<td headers=\"x\">a</td>",
        "error: 2:1: `<td>` cannot stand in `<body>`\nerror: 2:14: `headers`: `x` is the id of no `<th>`\n",
    );
}

#[test]
fn nesting() {
    check("<p>a</div>", "error: 2:5: `</div>` closes nothing\n");
    check("</p>", "error: 2:1: `</p>` closes nothing\n");
    check("<section>a", "error: 3:1: `</body>` stands before `<section>`, opened at 2:1, is closed\n");
    check(
        "<div><span>a</div>",
        "error: 2:13: `</div>` stands before `<span>`, opened at 2:6, is closed\n",
    );
    check(
        "<em><strong>a</em></strong>",
        "error: 2:14: `</em>` stands before `<strong>`, opened at 2:5, is closed\nerror: 2:19: `</strong>` closes nothing\n",
    );
    check(
        "<p>a<div>b</div></p>",
        "error: 2:17: `</p>` closes nothing (hint: `<div>` cannot stand in `<p>` and ended it: \
         HTML with blocks goes into a <div>)\n",
    );
    check("<span><div>a</div></span>", "error: 2:7: `<div>` cannot stand in `<span>`\n");
    check("<h1><h2>a</h2></h1>", "error: 2:5: `<h2>` cannot stand in `<h1>`\n");
    check("<ul><p>a</p></ul>", "error: 2:5: `<p>` cannot stand in `<ul>` (hint: it holds <li>)\n");
    check("<ul>a</ul>", "error: 2:1: text cannot stand directly in `<ul>`: `a`\n");
    check("<li>a</li>", "error: 2:1: `<li>` cannot stand in `<body>`\n");
    check("<div><dt>a</dt></div>", "error: 2:6: `<dt>` cannot stand in `<div>`\n");
    check(
        "<table><div>a</div></table>",
        "error: 2:8: `<div>` cannot stand in `<table>` (hint: it holds <caption>, <thead>, <tbody>, <tfoot>)\n",
    );
    check("<table><tr>a</tr></table>", "error: 2:8: text cannot stand directly in `<tr>`: `a`\n");
    check(
        "<div/>",
        "error: 2:1: `<div/>` does not close itself: expected `<div>…</div>`\nerror: 3:1: `</body>` stands before `<div>`, opened at 2:1, is closed\n",
    );
    check("<p>a</br>b</p>", "error: 2:5: `<br>` has no end tag\n");
    check("<p>a</p class=\"b\">", "error: 2:5: `</p>` has attributes: an end tag takes none\n");
    check(
        "<p>&foo;</p>",
        "error: 2:1: a character reference after this tag is unknown or lacks its `;` (hint: a plain & is written &amp;)\n",
    );
}

#[test]
fn the_document_itself() {
    let faults = |html: &str| faults_of(sources(html, &[])).replace("page.html.hbs:", "");
    let none = "error: 1:1: expected a whole HTML document: <html> with <head> and <body>\n";
    assert_eq!(faults(""), none);
    assert_eq!(
        faults("<p>a</p>"),
        "error: 1:1: expected `<html>`, found `<p>`\nerror: 1:1: `<p>` stands outside `<body>`\nerror: 1:1: the document has no `<title>`\nerror: 1:1: `<html>` has no lang (hint: write <html lang=\"{{lang}}\">)\n"
    );
    assert_eq!(
        faults("<html lang=\"fr\"><head><title>a</title></head></html>"),
        "error: 1:1: `<html>` has no `<body>`\n"
    );
    assert_eq!(
        faults("<html lang=\"fr\"><head></head><body></body></html>"),
        "error: 1:1: the document has no `<title>`\n"
    );
    assert_eq!(
        faults("<html><head><title>a</title><body></body></html>"),
        "error: 1:1: `<html>` has no lang (hint: write <html lang=\"{{lang}}\">)\n"
    );
    assert_eq!(
        faults("<html lang=\"fr\"><head><title>a <b>b</b></title></head><body></body></html>"),
        "error: 1:32: `<title>` holds text alone, no element\nerror: 1:36: `<title>` holds text alone, no element\n"
    );
    assert_eq!(
        faults(
            "<html lang=\"fr\"><head><title>a</title><meta name=\"max-page\" content=\"5\">\
             <meta name=\"max-pages\" content=\"five\"><meta charset=\"latin1\"></head><body></body></html>"
        ),
        "error: 1:51: unknown meta name `max-page` (hint: did you mean `max-pages`?)\n\
         error: 1:105: max-pages is a number of pages, found `five`\n\
         error: 1:126: the charset is utf-8, found `latin1`\n"
    );
    assert_eq!(
        faults("<html lang=\"fr\"><head><title>a</title></head>b<body></body><body></body></html>"),
        "error: 1:1: text cannot stand directly in `<html>`: `b`\nerror: 1:60: `<body>` stands here a second time\n"
    );
}

#[test]
fn links_and_pictures() {
    check(
        "<img src=\"a.png\">",
        "error: 2:1: `<img>` has no alt: say what the picture shows (hint: alt=\"\" for one that only decorates)\n",
    );
    check("<img alt=\"\">", "error: 2:1: `<img>` has no src\n");
    check(
        "<img src=\"https://a.example/b.png\" alt=\"\">",
        "error: 2:11: `src=\"https://a.example/b.png\"` is remote: nothing is fetched while building \
         (hint: put the picture into the workspace)\n",
    );
    check(
        "<img src=\"//a.example/b.png\" alt=\"\">",
        "error: 2:11: `src=\"//a.example/b.png\"` is remote: nothing is fetched while building \
         (hint: put the picture into the workspace)\n",
    );
    check(
        "<img src=\"data:image/png;base64,AAAA\" alt=\"\">",
        "error: 2:11: `src` is a data: URI (hint: put the picture into a file of the workspace)\n",
    );
    check(
        "<a href=\"javascript:a()\">b</a>",
        "error: 2:10: `href=\"javascript:a()\"` is no link of a printed page \
         (hint: expected https:, http:, mailto:, tel: or #id)\n",
    );
    check(
        "<a href=\"/brand/a.pdf\">b</a>",
        "error: 2:10: `href=\"/brand/a.pdf\"` is no link of a printed page \
         (hint: expected https:, http:, mailto:, tel: or #id)\n",
    );
    check(
        "<p id=\"part\">a</p><a href=\"#prat\">b</a>",
        "error: 2:28: `href=\"#prat\"` leads to no id (hint: did you mean `#part`?)\n",
    );
    check("<a href=\"mailto:\">b</a>", "error: 2:10: `href=\"mailto:\"` has nothing after `mailto:`\n");
    check(
        "<a href=\"tel:04 99 99\">b</a>",
        "error: 2:10: `href=\"tel:04 99 99\"` holds white space \
         (hint: in a link a space is written %20; use {{telephone …}} for a number)\n",
    );
    check("<p id=\"a\">b</p>\n<p id=\"a\">c</p>", "error: 3:8: the id `a` stands twice, first at 2:1\n");
    // the specimens have two elements in every list
    check(
        "{{#each team}}<p id=\"member\">a</p>{{/each}}",
        "error: 2:22: the id `member` stands twice, first at 2:15\n",
    );
    check("<p id=\"a b\">c</p>", "error: 2:8: an id is one word, found `a b`\n");
}

/// A fault in a part that one client may lack shows before any client is filled in.
#[test]
fn parts_are_rehearsed() {
    check(
        "{{#if team}}<p>{{#each team}}<div>{{name}}</div>{{/each}}</p>{{/if}}",
        "error: 2:58: `</p>` closes nothing (hint: `<div>` cannot stand in `<p>` and ended it: \
         HTML with blocks goes into a <div>)\n",
    );
    // an item's text may have blocks of its own
    check(
        "{{#each reasons.items}}<p>{{{text}}}</p>{{/each}}",
        "error: 2:37: `</p>` closes nothing (hint: `<p>` cannot stand in `<p>` and ended it: \
         HTML with blocks goes into a <div>)\n",
    );
    // the barest view has no team
    check(
        "{{#if team}}<p>a</p>{{else}}<p><img src=\"a.png\"></p>{{/if}}",
        "error: 2:32: `<img>` has no alt: say what the picture shows (hint: alt=\"\" for one that only decorates)\n",
    );
}

#[test]
fn drawings() {
    let keep = |svg: &str| {
        let document = fill(svg, &view()).unwrap();
        let element = document.element(document.node(document.body).children[1]).unwrap().clone();
        (element.svg.unwrap(), element.attributes)
    };
    let (markup, attributes) = keep(
        "<svg viewBox=\"0 0 9 9\" width=\"9mm\" class=\"a\"><defs><linearGradient id=\"g\" gradientUnits=\"userSpaceOnUse\">\
         <stop offset=\"0\" stop-color=\"red\"/></linearGradient></defs><title>{{client.name}} &amp; co</title>\
         <path d=\"M0 0h9\" fill=\"url(#g)\"/></svg>",
    );
    assert_eq!(
        markup,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 9 9\" \
         width=\"9mm\" class=\"a\"><defs><linearGradient id=\"g\" gradientUnits=\"userSpaceOnUse\">\
         <stop offset=\"0\" stop-color=\"red\"/></linearGradient></defs><title>Nova Santé &amp; co</title>\
         <path d=\"M0 0h9\" fill=\"url(#g)\"/></svg>"
    );
    let names: Vec<_> = attributes.iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(names, ["viewbox=0 0 9 9", "width=9mm", "class=a"]);

    check(
        "<svg><text>a</text></svg>",
        "error: 2:6: unknown element `<text>` in `<svg>` (hint: convert it to outlines in the drawing program)\n",
    );
    check(
        "<svg><foreignObject><p>a</p></foreignObject></svg>",
        "error: 2:6: unknown element `<foreignobject>` in `<svg>` (hint: HTML does not stand in an <svg>)\n",
    );
    check(
        "<svg><use href=\"https://a.example/b.svg#c\"/></svg>",
        "error: 2:17: `href=\"https://a.example/b.svg#c\"` leads out of the drawing \
         (hint: an inline <svg> refers only to its own parts (#id))\n",
    );
    check(
        "<svg><path style=\"fill: url( 'https://a.example' )\"/></svg>",
        "error: 2:19: `style=\"fill: url( 'https://a.example' )\"` leads out of the drawing \
         (hint: an inline <svg> refers only to its own parts (url(#id)))\n",
    );
    check("<svg><path onload=\"a()\"/></svg>", "error: 2:12: unknown attribute `onload` on `<path>`\n");
    check("<svg><g><path/></svg>", "error: 2:16: `</svg>` in `<svg>`: expected `</g>`\n");
}

/// FORMATS: levels that skip are a warning, for the client whose page has them.
#[test]
fn headings() {
    let warnings = |body: &str| {
        let mut diagnostics = Diagnostics::new();
        let layout =
            Layout::prepare("page", sources(&page(body), &[]), &schema(), &mut diagnostics).unwrap();
        assert!(diagnostics.is_empty());
        let filled = layout.fill(&serde_json::to_value(view()).unwrap(), Locale::Fr, &mut diagnostics);
        assert!(filled.is_some());
        diagnostics.one_lines().replace("page.html.hbs:", "")
    };
    assert_eq!(warnings("<h1>a</h1><h2>b</h2><h3>c</h3><h2>d</h2><h1>e</h1>"), "");
    assert_eq!(
        warnings("<h2>a</h2><h4>b</h4>"),
        "warning: 2:1: the first heading is `<h2>`: expected `<h1>` (hint: headings are tagged consecutively from H1)\n\
         warning: 2:11: `<h4>` follows `<h2>`: expected `<h3>` (hint: headings are tagged consecutively from H1)\n"
    );
}
