//! What a client or an author may be called, and what a document may say, without breaking the file.

use propale::diagnostic::Diagnostics;
use propale::pdf::{Metadata, Streams};
use usvg::roxmltree;

use super::kit;
use super::reader::{Reader, faults};

const NAMES: &[(&str, &str)] = &[
    ("Nova Santé", "Nova Santé"),
    ("L’œuvre « d’Émile »", "L’œuvre « d’Émile »"),
    ("O'Brien \"& Sons\" <x@y.example>", "O'Brien \"& Sons\" <x@y.example>"),
    ("(unbalanced \\ ) )) ((", "(unbalanced \\ ) )) (("),
    ("]]> <?xpacket end=\"w\"?> &amp; &#0;", "]]> <?xpacket end=\"w\"?> &amp; &#0;"),
    ("أتوم \u{202E}evil\u{202C} עטום", "أتوم \u{202E}evil\u{202C} עטום"),
    ("👩🏽‍💻 𝒜tome 🇫🇷", "👩🏽‍💻 𝒜tome 🇫🇷"),
    ("tab\tline\nreturn\rnull\0bell\u{7}end", "tab line return null bell end"),
    ("\u{FEFF}mark \u{FFFE}\u{FFFF}", "\u{FEFF}mark \u{FFFE}\u{FFFF}"),
    ("12\u{A0}500\u{202F}€", "12\u{A0}500\u{202F}€"),
    ("soft\u{AD}hyphen", "softhyphen"),
    ("{{client}} %s ${HOME} --", "{{client}} %s ${HOME} --"),
];

/// The one text of an XMP property, its containers looked through.
fn xmp(packet: &str, namespace: &str, name: &str) -> String {
    let xml = roxmltree::Document::parse(packet).unwrap();
    let node = xml.descendants().find(|n| n.has_tag_name((namespace, name)));
    let texts = node.unwrap().descendants().filter(|n| n.is_text()).filter_map(|n| n.text());
    texts.collect::<String>()
}

#[test]
fn info_and_xmp_agree_on_every_name() {
    const DC: &str = "http://purl.org/dc/elements/1.1/";
    const PDF: &str = "http://ns.adobe.com/pdf/1.3/";
    let mut document = kit::document("fr", "t", "<h1>text</h1>");
    let pages = kit::pages(&document, &Default::default());
    for (index, (name, printed)) in NAMES.iter().enumerate() {
        document.title = name.to_string();
        let metadata = Metadata {
            author: name.to_string(),
            subject: Some(name.to_string()),
            keywords: vec![name.to_string()],
            ..kit::metadata()
        };
        let bytes = propale::pdf::write(
            &document,
            &kit::styles(&document),
            &pages,
            &kit::FACES,
            &metadata,
            &Streams::default(),
            &mut Diagnostics::new(),
        );
        kit::keep(&format!("name-{index}.pdf"), &bytes);
        let reader = Reader::open(&bytes);
        let info = reader.pdf.trailer.get_deref(b"Info", &reader.pdf).unwrap().as_dict().unwrap();
        let packet = reader.pdf.catalog().unwrap().get_deref(b"Metadata", &reader.pdf).unwrap();
        let packet = String::from_utf8(packet.as_stream().unwrap().content.clone()).unwrap();
        // XML has no sign for these two.
        let in_xml = printed.replace(['\u{FFFE}', '\u{FFFF}'], "\u{FFFD}");
        for (key, namespace, property) in [
            ("Title", DC, "title"),
            ("Author", DC, "creator"),
            ("Subject", DC, "description"),
            ("Keywords", PDF, "Keywords"),
        ] {
            assert_eq!(reader.string(info, key).unwrap(), *printed, "{key}");
            assert_eq!(xmp(&packet, namespace, property), in_xml, "{property} of {name:?}");
        }
        assert_eq!(faults(&reader), Vec::<String>::new());
    }
}

#[test]
fn without_author_or_subject() {
    let document = kit::document("fr", "t", "<h1>text</h1>");
    let pages = kit::pages(&document, &Default::default());
    let metadata =
        Metadata { author: String::new(), subject: None, keywords: vec![], ..kit::metadata() };
    let bytes = propale::pdf::write(
        &document,
        &kit::styles(&document),
        &pages,
        &kit::FACES,
        &metadata,
        &Streams::default(),
        &mut Diagnostics::new(),
    );
    kit::keep("nameless.pdf", &bytes);
    let reader = Reader::open(&bytes);
    let info = reader.pdf.trailer.get_deref(b"Info", &reader.pdf).unwrap().as_dict().unwrap();
    let keys: Vec<String> =
        info.iter().map(|(key, _)| String::from_utf8_lossy(key).to_string()).collect();
    assert_eq!(keys, ["Title", "Producer", "CreationDate", "ModDate"]);
}
