//! `propale` turns what we sell (an offer note), who it is for (a client profile) and who we are (the
//! house) into a branded PDF.
//!
//! The pipeline is [`build`]: proposal → document → styles → pages → bytes, plain values between.

pub mod cli;
pub mod commands;
pub mod diagnostic;
pub mod document;
pub mod font;
pub mod image;
pub mod layout;
pub mod locale;
pub mod mail;
pub mod names;
pub mod origins;
pub mod output;
pub mod pdf;
pub mod prepared;
pub mod proposal;
pub mod readiness;
pub mod style;
pub mod workspace;
pub mod written;

use chrono::NaiveDate;

use diagnostic::Diagnostics;
use document::tree::Document;
use layout::Pictures;
use layout::pages::Pages;
use prepared::{DressedLayout, Prepared};
use proposal::client::Client;
use proposal::compose::{self, Proposal};
use style::values::Styles;
use written::Written;

/// A filled layout with the style and the pictures of its nodes.
pub struct Dressed<'a> {
    pub layout: &'a DressedLayout,
    pub document: Document,
    pub styles: Styles,
    pub pictures: Pictures,
    pub date: NaiveDate,
    /// The clients of the references that are printed.
    pub references: Vec<String>,
}

/// One client's PDF. None where its offer, layout or profile keeps it from being made; there may be
/// errors in `diagnostics` all the same, and then it must not be written.
pub fn build(
    prepared: &Prepared,
    client: &Client,
    day: NaiveDate,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<u8>> {
    let Some(dressed) = dressed(prepared, client, day, diagnostics) else {
        prepared.check_named(client, diagnostics);
        return None;
    };
    let mut found = Diagnostics::new();
    readiness::check(prepared, client, &dressed, &mut found);
    let pages = pages(prepared, &dressed, &mut found);
    let pdf = pdf(prepared, &dressed, &pages, &mut found);
    diagnostics.extend(Written::of(prepared, client).place(found));
    Some(pdf)
}

/// WHAT WE SAY.
pub fn proposal(
    prepared: &Prepared,
    client: &Client,
    day: NaiveDate,
    diagnostics: &mut Diagnostics,
) -> Option<Proposal> {
    let book = prepared.offer(client, diagnostics)?;
    let offer = book.in_language(compose::locale_of(client, &book.note, &prepared.house));
    compose::compose(&prepared.house, &prepared.terms, offer, client, day, diagnostics)
}

/// IN WHAT ORDER, and IN WHAT DRESS.
pub fn dressed<'a>(
    prepared: &'a Prepared,
    client: &Client,
    day: NaiveDate,
    diagnostics: &mut Diagnostics,
) -> Option<Dressed<'a>> {
    let layout = prepared.layout(client, diagnostics);
    let proposal = proposal(prepared, client, day, diagnostics)?;
    let layout = layout?;
    let view = serde_json::to_value(&proposal.view).expect("a view has only strings, numbers and lists");
    let document = layout.layout.fill(&view, proposal.locale, diagnostics)?;
    let styles = style::compute(&document, &layout.sheets, &prepared.brand, diagnostics);
    let pictures = prepared.pictures(&document, &styles, layout, client, diagnostics);
    let references = proposal.view.references.into_iter().flatten().map(|r| r.client.0).collect();
    Some(Dressed { layout, document, styles, pictures, date: proposal.date, references })
}

/// WHERE.
pub fn pages(prepared: &Prepared, dressed: &Dressed, diagnostics: &mut Diagnostics) -> Pages {
    let Dressed { document, styles, pictures, .. } = dressed;
    layout::paginate(document, styles, &prepared.faces, pictures, diagnostics)
}

/// IN WHICH BYTES.
pub fn pdf(
    prepared: &Prepared,
    dressed: &Dressed,
    pages: &Pages,
    diagnostics: &mut Diagnostics,
) -> Vec<u8> {
    let metadata = pdf::Metadata {
        author: prepared.house.name.value.clone(),
        subject: None,
        keywords: vec![],
        date: dressed.date,
    };
    pdf::write(
        &dressed.document,
        &dressed.styles,
        pages,
        &prepared.faces,
        &metadata,
        &prepared.streams,
        diagnostics,
    )
}
