//! The typographic rules in the tree: blocks, languages, code.

use super::*;

#[test]
fn blocks_languages_and_code() {
    let cases = [
        ("<p>C'est <em>possible</em>!</p>", "C’est possible·!"),
        ("<p>\"<em>oui</em>\"</p>", "«⍽oui⍽»"),
        // a block ends the text
        ("<div>Oui<p>!</p></div>", "Oui!"),
        ("<ul><li>\"a<li>b\"</ul>", "\"ab\""),
        ("<p>Oui<br>! non</p>", "Oui! non"),
        ("<p>Oui\n  ?</p>", "Oui·?"),
        ("<p>l'<code>a ? 'b'</code> ?</p><pre>c ? 'd'</pre>", "l’a ? 'b'·?c ? 'd'"),
        ("<p translate=\"no\">l'a ? <b translate=\"yes\">l'b ?</b></p>", "l'a ? l’b·?"),
        ("<p>a <code translate=\"yes\">l'b ?</code></p>", "a l'b ?"),
        ("<p lang=\"en\">Why us? \"It's\" <i lang=\"fr\">l'a ?</i></p>", "Why us? “It’s” l’a·?"),
        ("<p lang=\"de\">wie geht's ? \"gut\"</p>", "wie geht's ? \"gut\""),
        ("<p lang=\"fr-CH\">l'a ?</p>", "l’a·?"),
        ("<p><img src=\"a.png\" alt=\"l'a ?\"> ?</p>", "·?"),
        ("<table><tr><td>5 %<td>l'a</table>", "5⍽%l’a"),
    ];
    for (body, expected) in cases {
        let document = fill(body, &view()).unwrap();
        let text = document.text_content(document.body).trim_matches('\n').to_owned();
        assert_eq!(text.replace('\u{A0}', "⍽").replace('\u{202F}', "·"), expected, "{body}");
    }
}

#[test]
fn an_english_document_is_english_throughout() {
    let mut view = view();
    view.lang = "en-GB".into();
    view.proposal.title = "Why \"us\"?".into();
    let document = fill("<p>{{proposal.title}} 20% \"yes\"</p>", &view).unwrap();
    assert_eq!(document.title, "Why “us”?");
    assert_eq!(document.text_content(document.body).trim(), "Why “us”? 20% “yes”");
}
