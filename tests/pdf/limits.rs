//! What goes beyond the limits of PDF/A (ISO 19005-2 §6.1.13) is shortened where that is honest, laid out
//! another way, or refused. The reader's `faults` look for such things in every file.

use std::collections::{BTreeMap, BTreeSet};

use propale::diagnostic::Diagnostics;
use propale::document::tree::{Document, NodeId};
use propale::image::read_inline_svg;
use propale::layout::pages::{
    Artifact, Glyph, GlyphRun, Group, Item, LinkArea, Outline, Owner, Pages, Paint, Rect,
};
use propale::pdf::Streams;
use propale::style::values::Matrix;

use super::kit;
use super::reader::{Kid, Reader, faults};

fn written(document: &Document, pages: &Pages) -> (Vec<u8>, String) {
    let mut diagnostics = Diagnostics::new();
    let styles = kit::styles(document);
    let streams = Streams::default();
    let metadata = kit::metadata();
    let bytes = propale::pdf::write(
        document,
        &styles,
        pages,
        &kit::FACES,
        &metadata,
        &streams,
        &mut diagnostics,
    );
    (bytes, diagnostics.one_lines())
}

fn set(title: &str, body: &str) -> (Reader, String) {
    let document = kit::document("fr", title, body);
    let (bytes, said) = written(&document, &kit::pages(&document, &BTreeMap::new()));
    (Reader::open(&bytes), said)
}

fn beyond(reader: &Reader) -> Vec<String> {
    faults(reader)
        .into_iter()
        .filter(|fault| fault.contains("string") || fault.contains("saved"))
        .collect()
}

/// Texts that only repeat what stands on the page end at a whole character and an ellipsis.
#[test]
fn outline_and_link_descriptions_are_shortened() {
    // In UTF-16 there is room for 16 382 units, in ASCII for 32 767: `a` fits so often, and not once more.
    for (word, times) in [("né ", 5_500), ("👩🏽‍💻", 2_400), ("a", 32_768)] {
        let words = word.repeat(times);
        let body = format!("<h1>{words}</h1><p><a href='https://x.example'>{words}</a></p>");
        let (reader, said) = set("t", &body);
        assert_eq!((said.as_str(), faults(&reader)), ("", vec![]), "{word}");
        let mut found = BTreeSet::new();
        for object in reader.pdf.objects.values() {
            let Ok(dict) = object.as_dict() else { continue };
            for key in ["Title", "Contents"] {
                let Some(text) = reader.string(dict, key).filter(|text| text.len() > 1000) else {
                    continue;
                };
                let kept =
                    text.strip_suffix('…').unwrap_or_else(|| panic!("{key} of {word} is not cut"));
                assert!(words.starts_with(kept), "{key} of {word}");
                let units = kept.encode_utf16().count();
                assert!((16_370..=16_381).contains(&units), "{key} of {word}: {units}");
                let split = word.starts_with('👩') && kept.len() % word.len() != 0;
                assert!(!split, "{key} of {word} ends within a character");
                found.insert(key);
            }
        }
        assert_eq!(found.len(), 2, "{word}");
    }
}

#[test]
fn titles_alternatives_and_addresses_are_refused() {
    let long = "é".repeat(16_400);
    let svg = format!("<svg viewBox='0 0 4 3' aria-label='{long}'><path d='M0 0h4v3z'/></svg>");
    let address = format!("https://x.example/{}", "a".repeat(32_767));
    let body = format!("<p>a {svg}<a href='{address}'>b</a></p>");
    let (reader, said) = set(&long, &body);
    let lines: Vec<&str> = said.lines().map(|line| line.split(" (hint").next().unwrap()).collect();
    assert_eq!(
        lines,
        [
            "error: the document's title is too long: PDF/A has at most 32767 bytes for it",
            "error: templates/page.html.hbs:3:12: the picture's alternative text is too long: PDF/A has at most 32767 bytes for it",
            "error: templates/page.html.hbs:3:16476: the link's address is too long: PDF/A has at most 32767 bytes for it",
        ]
    );
    assert_eq!(beyond(&reader), Vec::<String>::new());
    let (_, said) = set(&"é".repeat(16_382), "<p>a</p>");
    assert_eq!(said, "", "the longest title there may be");
}

/// A line that never breaks: one piece of text, whose codes and whose ActualText take several strings.
#[test]
fn long_runs_are_several_strings() {
    let document = kit::document("fr", "t", "<p>text</p>");
    let node = (0..document.nodes.len() as u32).map(NodeId).find(|n| document.text(*n) == Some("text"));
    for (shown, says) in [('i', "i"), ('C', "\u{E000}"), ('i', "👩🏽‍💻")] {
        // As large as the face's own units, and narrow: no width is rounded, so no kern cuts the string.
        let (run, _) = kit::run(kit::BODY, 1000.0, 90.0, 100.0, &shown.to_string().repeat(17_000));
        let glyphs = run.glyphs.iter().enumerate().map(|(index, glyph)| {
            let start = (index * says.len()) as u32;
            Glyph { start, end: start + says.len() as u32, ..*glyph }
        });
        let text = says.repeat(17_000);
        let run = GlyphRun { glyphs: glyphs.collect(), text: text.as_str().into(), ..run.clone() };
        let item = Item { owner: Owner::Node(node.unwrap()), paint: Paint::Glyphs(run) };
        let pages = Pages { pages: vec![kit::page(vec![item])], ..Pages::default() };
        let reader = Reader::open(&kit::write(&document, &pages));
        assert_eq!(faults(&reader), Vec::<String>::new());
        let mut read = String::new();
        reader.root.walk(&mut |element| {
            for kid in &element.kids {
                if let Kid::Content(stream, mcid) = kid {
                    read.push_str(reader.text(*stream, *mcid));
                }
            }
        });
        assert!(read == text, "{} of {} bytes", read.len(), text.len());
    }
}

/// Boxes that clip within boxes that clip, and groups within groups of a picture: the graphics state is not
/// saved too often, and everything is still there.
#[test]
fn deep_groups_are_streams_of_their_own() {
    let document = kit::document("fr", "t", "<p>text <a href='https://x.example'>b</a></p>");
    let owner = |text: &str| {
        let nodes = (0..document.nodes.len() as u32).map(NodeId);
        Owner::Node(
            nodes.into_iter().find(|n| document.text(*n).is_some_and(|t| t.trim() == text)).unwrap(),
        )
    };
    let artifact = Owner::Artifact(Artifact::Layout);
    let begin = |depth: usize| {
        let clip = Some(Outline::rect(Rect { x: 0.0, y: 0.0, width: 700.0, height: 900.0 }));
        let transform = depth.is_multiple_of(2).then_some(Matrix([1.0, 0.0, 0.0, 1.0, 0.5, 0.5]));
        Item { owner: artifact, paint: Paint::BeginGroup(Group { clip, transform, ..Group::default() }) }
    };
    let open = "<g transform='translate(0.1 0)'>".repeat(60);
    let svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 30'>{open}<path d='M0 0h40v30z'/>{}</svg>",
        "</g>".repeat(60)
    );
    let picture = read_inline_svg(&svg).unwrap();
    let rect = Rect { x: 90.0, y: 200.0, width: 40.0, height: 30.0 };
    let words = |text: &str, y| Item {
        owner: owner(text),
        paint: Paint::Glyphs(kit::run(kit::BODY, 12.0, 90.0, y, text).0),
    };
    let mut items: Vec<Item> = (0..90).map(begin).collect();
    items.push(words("text", 100.0));
    items.push(words("b", 120.0));
    items.push(Item { owner: artifact, paint: Paint::Picture { picture, rect, clip: Some(rect) } });
    items.extend((0..90).map(|_| Item { owner: artifact, paint: Paint::EndGroup }));
    let mut page = kit::page(items);
    let Owner::Node(b) = owner("b") else { panic!() };
    page.links.push(LinkArea { owner: document.node(b).parent.unwrap(), rect });
    let pages = Pages { pages: vec![page], ..Pages::default() };
    let bytes = kit::write(&document, &pages);
    kit::keep("deep.pdf", &bytes);
    let reader = Reader::open(&bytes);
    assert_eq!(faults(&reader), Vec::<String>::new());
    assert_eq!(reader.marked.texts.values().map(String::as_str).collect::<String>(), "textb");
}

#[test]
fn pages_too_large_to_keep_are_refused() {
    let document = kit::document("fr", "t", "<p>text</p>");
    let mut pages = kit::pages(&document, &BTreeMap::new());
    pages.pages[0].width = 20_000.0;
    let (_, said) = written(&document, &pages);
    assert_eq!(
        said,
        "error: a page of 5292 × 297 mm cannot be kept: PDF/A has pages from 1.1 to 5080 mm (hint: give another `size` in @page)\n"
    );
}
