//! What the file says of itself, twice: the information dictionary (ISO 32000-1 §14.3.3) and XMP
//! (§14.3.2), which must agree (ISO 19005-2 §6.6.2.3, ISO 14289-1 §7.1).

use std::fmt::Write;

use lopdf::{Dictionary, Stream, dictionary};

use super::Metadata;
use super::strings::{date, plain, text};
use crate::document::tree::Document;

const PRODUCER: &str = concat!("propale ", env!("CARGO_PKG_VERSION"));

/// The values, as both say them.
pub(super) struct Statement<'a> {
    metadata: &'a Metadata,
    title: String,
    /// Where it is not the document's.
    title_lang: Option<&'a str>,
    author: String,
    subject: String,
    keywords: String,
    lang: &'a str,
}

impl<'a> Statement<'a> {
    pub(super) fn new(metadata: &'a Metadata, document: &'a Document) -> Statement<'a> {
        let lang = document.lang.as_str();
        Statement {
            metadata,
            title: plain(&document.title),
            title_lang: document.title_lang.as_deref().filter(|own| *own != lang),
            author: plain(&metadata.author),
            subject: plain(metadata.subject.as_deref().unwrap_or("")),
            keywords: plain(&metadata.keywords.join(", ")),
            lang,
        }
    }

    pub(super) fn info(&self) -> Dictionary {
        let mut info = dictionary! {};
        let values = [
            ("Title", &self.title),
            ("Author", &self.author),
            ("Subject", &self.subject),
            ("Keywords", &self.keywords),
        ];
        for (key, value) in values {
            if !value.is_empty() {
                info.set(key, text(value));
            }
        }
        info.set("Producer", text(PRODUCER));
        info.set("CreationDate", date(self.metadata.date));
        info.set("ModDate", date(self.metadata.date));
        info
    }

    /// Left uncompressed, so that tools which know XMP but no PDF find it (XMP Specification part 3
    /// §1.1.4).
    pub(super) fn xmp(&self) -> Stream {
        let mut properties = String::new();
        let mut say = |name: &str, value: &str| {
            if !value.is_empty() {
                // Writing to a string cannot fail.
                let _ = writeln!(properties, "<{name}>{value}</{name}>");
            }
        };
        let escaped = |value: &str| escape(value);
        let one_of = |kind: &str, item: &str, value: &str| match value.is_empty() {
            true => String::new(),
            false => format!("<rdf:{kind}><rdf:{item}>{}</rdf:li></rdf:{kind}>", escape(value)),
        };
        let default = "li xml:lang=\"x-default\"";
        let day = self.metadata.date.format("%Y-%m-%dT00:00:00Z").to_string();
        say("dc:format", "application/pdf");
        // the default, and where its language is another than the document's, itself in that language (XMP
        // Specification part 1 §8.2.2.4)
        let mut title = one_of("Alt", default, &self.title);
        if let Some(lang) = self.title_lang {
            let own = format!("<rdf:li xml:lang=\"{lang}\">{}</rdf:li></rdf:Alt>", escape(&self.title));
            title = title.replace("</rdf:Alt>", &own);
        }
        say("dc:title", &title);
        say("dc:creator", &one_of("Seq", "li", &self.author));
        say("dc:description", &one_of("Alt", default, &self.subject));
        say("dc:language", &one_of("Bag", "li", self.lang));
        say("pdf:Keywords", &escaped(&self.keywords));
        say("pdf:Producer", &escaped(PRODUCER));
        say("xmp:CreateDate", &day);
        say("xmp:ModifyDate", &day);
        say("xmp:MetadataDate", &day);
        // ISO 19005-2 §6.6.4, ISO 14289-1 §5.
        say("pdfaid:part", "2");
        say("pdfaid:conformance", "A");
        say("pdfuaid:part", "1");
        let packet = format!("{HEAD}{properties}{EXTENSION}{TAIL}");
        Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, packet.into_bytes())
    }
}

const HEAD: &str = r#"<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
"#;

/// PDF/A knows no pdfuaid: its one property is described (ISO 19005-2 §6.6.2.3.2).
const EXTENSION: &str = r#"<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
"#;

const TAIL: &str = r#"</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"#;

/// Character data (XML 1.0 §2.4); what XML cannot say at all (§2.2) becomes the replacement character.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}
