//! Content streams, as text: what is painted, with which operators, inside which marks.

use std::sync::Arc;

use lopdf::content::Content;
use lopdf::{Dictionary, Object, StringFormat};
use propale::document::tree::NodeId;
use propale::image::{Picture, read, read_inline_svg};
use propale::layout::pages::{
    Artifact, Fill, Group, Item, Outline, Owner, Page, Pages, Paint, Rect, Segment, Shape, Stroke,
};
use propale::style::values::{Color, Matrix};

use super::kit;
use super::reader::{Reader, faults};
use crate::golden;
use crate::image::{jpeg, with_exif};

const RED: Color = Color { r: 228, g: 87, b: 46, a: 1.0 };
const BLUE: Color = Color { r: 20, g: 50, b: 79, a: 1.0 };
const CLEAR: Color = Color { r: 20, g: 50, b: 79, a: 0.0 };
const LAYOUT: Owner = Owner::Artifact(Artifact::Layout);

fn rect(x: f32, y: f32, width: f32, height: f32) -> Rect {
    Rect { x, y, width, height }
}

fn rounded() -> Outline {
    use Segment::*;
    let segments = vec![
        Move(110.0, 200.0),
        Line(190.0, 200.0),
        Cubic(195.5, 200.0, 200.0, 204.5, 200.0, 210.0),
        Line(200.0, 240.0),
        Line(100.0, 240.0),
        Line(100.0, 210.0),
        Cubic(100.0, 204.5, 104.5, 200.0, 110.0, 200.0),
        Close,
    ];
    Outline { segments }
}

fn shape(outline: Outline, fill: Option<Fill>, stroke: Option<Stroke>) -> Item {
    Item { owner: LAYOUT, paint: Paint::Shape(Shape { outline, fill, stroke }) }
}

fn linear(from: Color, to: Color) -> Fill {
    Fill::Linear {
        from: (100.0, 0.0),
        to: (200.0, 0.0),
        stops: vec![(0.0, from), (0.25, to), (1.0, to)],
    }
}

fn picture(picture: &Arc<Picture>, rect: Rect, clip: Option<Rect>) -> Item {
    Item { owner: LAYOUT, paint: Paint::Picture { picture: picture.clone(), rect, clip } }
}

fn begin(clip: Option<Outline>, opacity: Option<f32>) -> Item {
    Item { owner: LAYOUT, paint: Paint::BeginGroup(Group { clip, opacity, ..Group::default() }) }
}

fn turn(matrix: [f32; 6], opacity: Option<f32>) -> Item {
    let group = Group { transform: Some(Matrix(matrix)), opacity, clip: None };
    Item { owner: LAYOUT, paint: Paint::BeginGroup(group) }
}

fn end() -> Item {
    Item { owner: LAYOUT, paint: Paint::EndGroup }
}

/// A page with one node, `text`, whose owner the case may use.
struct Case {
    name: &'static str,
    items: Vec<Item>,
}

fn cases(text: NodeId) -> Vec<Case> {
    let owner = Owner::Node(text);
    let words = |y| Item { owner, paint: Paint::Glyphs(kit::run(kit::BODY, 12.0, 96.0, y, "text").0) };
    let line = |dashes: &[f32], round_cap| Stroke {
        width: 2.0,
        color: RED,
        dashes: dashes.to_vec(),
        round_cap,
    };
    let svg = read_inline_svg(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 40 30'>\
         <clipPath id='c'><circle cx='20' cy='15' r='10'/></clipPath>\
         <radialGradient id='r'><stop offset='0' stop-color='#fff'/><stop offset='1' stop-color='#e4572e' stop-opacity='.5'/></radialGradient>\
         <linearGradient id='l'><stop offset='0' stop-color='#fff'/><stop offset='1' stop-color='#e4572e'/></linearGradient>\
         <path d='M0 0h40v30z' fill='#14324f' fill-rule='evenodd'/>\
         <g transform='translate(2 3) scale(2)' clip-path='url(#c)'><path d='M0 0q5 5 10 0' fill='url(#r)' stroke='#000' stroke-linejoin='round'/></g>\
         <g opacity='.5'><path d='M0 0h9v9z'/><path d='M1 1h9v9z' fill='none' stroke='url(#l)' stroke-width='3'/></g>\
         <path d='M0 0h1' visibility='hidden'/></svg>",
    )
    .unwrap();
    let turned = with_exif(&jpeg(4, 2, image::ExtendedColorType::L8, &[7; 8]), 6);
    let jpeg = read("turned.jpg", &Arc::from(turned)).unwrap();
    vec![
        Case {
            name: "tiles",
            items: vec![
                Item {
                    owner: Owner::Artifact(Artifact::Background),
                    paint: Paint::Tiles {
                        tile: Box::new(kit::rectangle(rect(10.0, 20.0, 2.0, 2.0), RED)),
                        cell: rect(10.0, 20.0, 4.0, 4.0),
                        count: (40, 3),
                    },
                },
                turn([0.0, 1.0, -1.0, 0.0, 400.0, 0.0], Some(0.5)),
                turn([2.0, 0.0, 0.0, 2.0, 0.0, 0.0], None),
                Item {
                    owner: LAYOUT,
                    paint: Paint::Tiles {
                        tile: Box::new(Paint::Picture {
                            picture: jpeg.clone(),
                            rect: rect(10.0, 20.0, 4.0, 4.0),
                            clip: None,
                        }),
                        cell: rect(10.0, 20.0, 4.0, 4.0),
                        count: (2, 2),
                    },
                },
                end(),
                end(),
            ],
        },
        Case {
            name: "shapes",
            items: vec![
                Item {
                    owner: Owner::Artifact(Artifact::Background),
                    paint: kit::rectangle(rect(0.0, 0.0, 794.0, 100.0), BLUE),
                },
                shape(Outline::rect(rect(10.5, 20.0, 30.0, 40.0)), Some(Fill::Color(RED)), None),
                shape(rounded(), Some(Fill::Color(Color { a: 0.25, ..RED })), Some(line(&[], false))),
                shape(rounded(), None, Some(line(&[6.0, 3.0], true))),
                shape(
                    Outline { segments: vec![Segment::Move(0.0, 0.0), Segment::Line(40.0, 0.0)] },
                    None,
                    Some(line(&[0.0], false)),
                ),
                shape(Outline::default(), Some(Fill::Color(RED)), Some(line(&[], false))),
                shape(
                    Outline::rect(rect(f32::NAN, f32::INFINITY, 1e30, -5.0)),
                    Some(Fill::Color(RED)),
                    None,
                ),
            ],
        },
        Case {
            name: "gradients",
            items: vec![
                shape(rounded(), Some(linear(RED, BLUE)), None),
                shape(rounded(), Some(linear(RED, CLEAR)), None),
                shape(rounded(), Some(linear(Color { a: 0.5, ..RED }, Color { a: 0.5, ..BLUE })), None),
            ],
        },
        Case {
            name: "groups",
            items: vec![
                words(100.0),
                begin(Some(Outline::rect(rect(90.0, 90.0, 60.0, 60.0))), None),
                words(120.0),
                begin(None, Some(0.5)),
                words(140.0),
                begin(Some(rounded()), Some(0.25)),
                words(160.0),
                end(),
                end(),
                end(),
                begin(None, Some(1.0)),
                words(180.0),
                end(),
                begin(Some(Outline::default()), None),
                end(),
            ],
        },
        Case {
            name: "transforms and radial gradients",
            items: vec![
                turn([0.0, 1.0, -1.0, 0.0, 200.0, 0.0], None),
                Item {
                    owner: Owner::Artifact(Artifact::Background),
                    paint: Paint::Shape(Shape {
                        outline: Outline::rect(rect(100.0, 20.0, 80.0, 40.0)),
                        fill: Some(Fill::Radial {
                            center: (140.0, 40.0),
                            radii: (40.0, 20.0),
                            stops: vec![(0.0, RED), (1.0, BLUE)],
                        }),
                        stroke: None,
                    }),
                },
                words(100.0),
                turn([2.0, 0.0, 0.0, 2.0, 0.0, 0.0], Some(0.5)),
                words(20.0),
                end(),
                end(),
            ],
        },
        Case {
            name: "groups that do not balance",
            items: vec![end(), begin(None, Some(0.5)), words(100.0)],
        },
        Case {
            name: "pictures, each embedded once",
            items: vec![
                picture(&svg, rect(100.0, 100.0, 80.0, 60.0), None),
                picture(&svg, rect(300.0, 100.0, 40.0, 30.0), None),
                picture(&jpeg, rect(100.0, 300.0, 20.0, 40.0), Some(rect(100.0, 310.0, 20.0, 20.0))),
            ],
        },
    ]
}

/// An operand as a person can read it: strings of codes in hexadecimal.
fn operand(object: Object) -> String {
    match object {
        Object::String(codes, _) => format!("{:?}", Object::String(codes, StringFormat::Hexadecimal)),
        Object::Array(items) => {
            format!("[{}]", items.into_iter().map(operand).collect::<Vec<_>>().join(" "))
        }
        other => format!("{other:?}"),
    }
}

/// Streams a page reaches, by resource name, with their dictionaries.
fn dump(reader: &Reader, resources: &Dictionary, content: &[u8], out: &mut String) {
    for operation in Content::decode(content).unwrap().operations {
        let operands: Vec<String> = operation.operands.into_iter().map(operand).collect();
        out.push_str(&format!("  {} {}\n", operands.join(" "), operation.operator));
    }
    for kind in ["ExtGState", "Shading", "XObject"] {
        let Some(named) = reader.dict(resources, kind) else { continue };
        for (name, value) in named.iter() {
            let name = String::from_utf8_lossy(name);
            let value = reader.pdf.dereference(value).unwrap().1;
            let stream = match value {
                Object::Stream(stream) => stream,
                Object::Dictionary(dict) => {
                    out.push_str(&format!("/{name} {}\n", shown(dict)));
                    let mask = reader.dict(dict, "SMask");
                    let Some(mask) = mask.and_then(|mask| mask.get_deref(b"G", &reader.pdf).ok()) else {
                        continue;
                    };
                    mask.as_stream().unwrap()
                }
                _ => continue,
            };
            out.push_str(&format!("/{name} {}\n", shown(&stream.dict)));
            if let Some(inside) = reader.dict(&stream.dict, "Resources") {
                dump(reader, inside, &stream.get_plain_content().unwrap(), out);
                out.push_str(&format!("(end of {name})\n"));
            }
        }
    }
}

/// Without what is shown apart, and without numbers of objects and bytes.
fn shown(dict: &Dictionary) -> String {
    let apart = ["Resources", "Length", "Filter", "Type"];
    let entries = dict.iter().filter(|(key, _)| !apart.contains(&std::str::from_utf8(key).unwrap()));
    let entries = entries.map(|(key, value)| match value {
        Object::Reference(_) => format!("/{} (…)", String::from_utf8_lossy(key)),
        Object::Dictionary(inside) => format!("/{} {}", String::from_utf8_lossy(key), shown(inside)),
        value => format!("/{} {value:?}", String::from_utf8_lossy(key)),
    });
    format!("<<{}>>", entries.collect::<Vec<_>>().join(" "))
}

#[test]
fn content_streams() {
    let document = kit::document("fr", "t", "<h1>text</h1>");
    let text = (0..document.nodes.len() as u32).map(NodeId).find(|n| document.text(*n) == Some("text"));
    let mut out = String::new();
    for case in cases(text.unwrap()) {
        let page = Page { width: 400.0, height: 400.0, items: case.items, links: vec![] };
        let bytes = kit::write(&document, &Pages { pages: vec![page], ..Pages::default() });
        kit::keep(&format!("{}.pdf", case.name.replace([' ', ','], "-")), &bytes);
        let reader = Reader::open(&bytes);
        assert_eq!(faults(&reader), Vec::<String>::new(), "{}", case.name);
        let page = reader.pdf.get_dictionary(reader.pages[0]).unwrap();
        let content = reader.pdf.get_page_content(reader.pages[0]);
        out.push_str(&format!("== {}\n", case.name));
        dump(&reader, reader.dict(page, "Resources").unwrap(), &content, &mut out);
        out.push('\n');
    }
    golden::check("pdf/painting.txt", &out);
}

/// A thinned group that a transform moves onto the page, as `left: 100%` and `translate(-100%, 0)` do: its
/// form's box is the page as the group sees it, so nothing of it is cut off.
#[test]
fn what_a_transform_brings_onto_the_page_is_seen() {
    let document = kit::document("fr", "t", "<p>text</p>");
    let node = (0..document.nodes.len() as u32).map(NodeId).find(|n| document.text(*n) == Some("text"));
    let words = Item {
        owner: Owner::Node(node.unwrap()),
        paint: Paint::Glyphs(kit::run(kit::BODY, 12.0, 900.0, 1400.0, "text").0),
    };
    let shapes = [[1.0, 0.0, 0.0, 1.0, -300.0, -400.0], [0.5, 0.0, 0.0, 0.5, 0.0, 0.0], [0.0; 6]];
    for (matrix, is_seen) in shapes.into_iter().zip([true, true, false]) {
        let items = vec![turn(matrix, Some(0.5)), words.clone(), end()];
        let pages = Pages { pages: vec![kit::page(items)], ..Pages::default() };
        let reader = Reader::open(&kit::write(&document, &pages));
        let mut forms = reader.pdf.objects.values().filter_map(|object| object.as_stream().ok());
        let form = forms.rfind(|stream| stream.dict.has(b"BBox")).expect("the group");
        let bbox = form.dict.get(b"BBox").unwrap().as_array().unwrap();
        let bbox: Vec<f32> = bbox.iter().map(|side| side.as_float().unwrap()).collect();
        // From the page's foot, pt.
        let (x, y) = (900.0 * 0.75, (1123.0 - 1400.0) * 0.75);
        let holds = bbox[0] <= x && x + 10.0 <= bbox[2] && bbox[1] <= y && y + 10.0 <= bbox[3];
        assert_eq!(holds, is_seen, "{matrix:?}: {bbox:?}");
    }
}
