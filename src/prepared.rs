//! What all clients of a run share, made once: house, offers, layouts, style sheets, faces, pictures.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use crate::diagnostic::{Diagnostic, Diagnostics, Place, Source, excerpt};
use crate::document::attributes;
use crate::document::layout::{Around, Layout, LayoutSources};
use crate::document::schema::Schema;
use crate::document::tree::Document;
use crate::font::{Face, Faces};
use crate::image::{self, Picture};
use crate::layout::Pictures;
use crate::locale::Locale;
use crate::pdf::Streams;
use crate::proposal::client::Client;
use crate::proposal::house::House;
use crate::proposal::offer::Offer;
use crate::proposal::placed::Text;
use crate::proposal::terms::Terms;
use crate::proposal::view::View;
use crate::style::StyleSheets;
use crate::style::values::Styles;
use crate::workspace::{Origin, Workspace, relative_to, stem_of};

/// The layout used where neither profile nor house names one.
pub const DEFAULT_LAYOUT: &str = "proposal";

/// Where shared things have faults, they are kept beside them: only clients that need a broken thing
/// are stopped by it.
#[derive(Debug)]
pub struct Shared<T> {
    pub value: Option<T>,
    pub diagnostics: Diagnostics,
}

/// An offer note with its translations.
#[derive(Debug)]
pub struct OfferBook {
    pub note: Offer,
    /// By primary language (`en`).
    pub translations: BTreeMap<String, Offer>,
}

/// A layout with its style sheets.
#[derive(Debug)]
pub struct DressedLayout {
    pub layout: Layout,
    pub sheets: StyleSheets,
    /// Every file it is made of, and whose it is.
    pub origins: Vec<(String, Origin)>,
}

/// Pictures, or why they cannot be had, by path; each file is read once a run.
#[derive(Debug, Default)]
struct PictureFiles(Mutex<BTreeMap<String, Result<Arc<Picture>, Diagnostic>>>);

/// Immutable but for its caches, which change no byte of the output.
#[derive(Debug)]
pub struct Prepared {
    pub workspace: Workspace,
    pub house: House,
    pub terms: Terms,
    pub faces: Faces,
    pub face_origins: Vec<(String, Origin)>,
    /// Custom properties for style sheets: the house's brand over the program's.
    pub brand: BTreeMap<String, String>,
    /// Faults of the house and of its faces.
    pub diagnostics: Diagnostics,
    /// Every profile of the workspace that can be read: its path, and its client's name.
    pub names: Vec<(String, String)>,
    pub streams: Streams,
    /// What layouts and e-mails may name.
    pub schema: Schema,
    /// Stems of all notes in offers/, names of all layouts.
    known_offers: Vec<String>,
    known_layouts: Vec<String>,
    offers: BTreeMap<String, Shared<OfferBook>>,
    layouts: BTreeMap<String, Shared<DressedLayout>>,
    pictures: PictureFiles,
}

/// Which offers and layouts of the workspace are prepared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Those that the clients at hand need.
    Needed,
    /// All there are: `check` without a name.
    Everything,
}

impl Prepared {
    /// Reads the house and all that `clients` need; of their `neighbours`, the other profiles, only the
    /// offers, whose languages name their files. None where propale.toml cannot be read at all.
    pub fn read(
        workspace: Workspace,
        clients: &[Client],
        neighbours: &[Client],
        extent: Extent,
        diagnostics: &mut Diagnostics,
    ) -> Option<Prepared> {
        let source = diagnostics.keep(workspace.text("propale.toml"))?;
        let mut own = Diagnostics::new();
        let Some(house) = House::read(&source, &mut own) else {
            diagnostics.extend(own);
            return None;
        };
        let named = |client: &Client| (client.source.path.clone(), client.company.name.value.clone());
        let names = clients.iter().chain(neighbours).map(named).collect();
        let mut offers = BTreeSet::new();
        let mut layouts = BTreeSet::new();
        let known_offers = offer_stems(&workspace);
        let known_layouts = layout_names(&workspace);
        offers.extend(
            clients.iter().chain(neighbours).filter_map(|client| offer_of(client, &known_offers)),
        );
        layouts.extend(clients.iter().map(|client| layout_of(client, &house)));
        if extent == Extent::Everything {
            offers.extend(known_offers.iter().cloned());
            layouts.extend(known_layouts.iter().cloned());
        }
        let (faces, face_origins) = read_faces(&workspace, &mut own);
        let brand = brand(&house, &faces, &mut own);
        let terms = read_terms(&workspace, &house, &mut own);
        let schema = Schema::of(&View::specimens());
        let pictures = PictureFiles::default();
        let mut prepared = Prepared {
            offers: offers
                .into_iter()
                .map(|stem| (stem.clone(), read_offer(&workspace, &stem)))
                .collect(),
            layouts: layouts
                .into_iter()
                .map(|name| (name.clone(), read_layout(&workspace, &name, &schema, &faces, &pictures)))
                .collect(),
            diagnostics: own,
            names,
            streams: Streams::default(),
            schema,
            pictures,
            known_offers,
            known_layouts,
            workspace,
            house,
            terms,
            faces,
            face_origins,
            brand,
        };
        prepared.check_sheets();
        Some(prepared)
    }

    /// Reads the pictures that the layouts' sheets name: one that cannot be read is a fault of the layout,
    /// said once, whether or not a client comes to show it.
    fn check_sheets(&mut self) {
        let mut layouts = std::mem::take(&mut self.layouts);
        for Shared { value, diagnostics } in layouts.values_mut() {
            for file in value.iter().flat_map(|layout| layout.sheets.files()) {
                if let Err(fault) = self.picture_file(&file.path) {
                    diagnostics.push(fault.maybe_at(file.place));
                }
            }
        }
        self.layouts = layouts;
    }

    fn picture_file(&self, path: &str) -> Result<Arc<Picture>, Diagnostic> {
        self.pictures.file(&self.workspace, path)
    }

    /// The offer a client's profile asks for; its faults, and that of naming none or an unknown one,
    /// go to `diagnostics`.
    pub fn offer(&self, client: &Client, diagnostics: &mut Diagnostics) -> Option<&OfferBook> {
        let known = &self.known_offers;
        let Some(stem) = offer_of(client, known) else {
            let error =
                no_offer(known, "missing key `offer`", |first| format!("add `offer = \"{first}\"`"));
            diagnostics.push(error.at(client.place()));
            return None;
        };
        let place = client.offer.as_ref().map(|offer| offer.place.clone());
        if !known.contains(&stem) {
            diagnostics.push(unknown_offer(&stem, known).maybe_at(place));
            return None;
        }
        let shared = self.offers.get(&stem)?;
        diagnostics.extend(shared.diagnostics.iter().cloned());
        shared.value.as_ref()
    }

    /// The layout a client is printed with; its faults, and an unknown name, go to `diagnostics`.
    pub fn layout(&self, client: &Client, diagnostics: &mut Diagnostics) -> Option<&DressedLayout> {
        let name = layout_of(client, &self.house);
        let said = client.layout.as_ref().or(self.house.defaults.layout.as_ref());
        let known = &self.known_layouts;
        if !known.contains(&name) {
            let error =
                Diagnostic::error(format!("unknown layout `{name}`: no file templates/{name}.html.hbs"));
            let error = error.maybe_at(said.map(|s| s.place.clone()));
            diagnostics.push(error.nearest(&name, known.iter().map(String::as_str)));
            return None;
        }
        let shared = self.layouts.get(&name)?;
        diagnostics.extend(shared.diagnostics.iter().cloned());
        shared.value.as_ref()
    }

    /// Every offer and layout's faults, for `check`.
    pub fn all_diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        let offers = self.offers.values().flat_map(|shared| shared.diagnostics.iter());
        let layouts = self.layouts.values().flat_map(|shared| shared.diagnostics.iter());
        self.diagnostics.iter().chain(offers).chain(layouts)
    }

    /// The picture of every `img` and inline `svg` of a document, and of every background; each file is
    /// read once a run.
    /// A fault is shown where the profile, the house or the note names the file, else where the template does.
    pub fn pictures(
        &self,
        document: &Document,
        styles: &Styles,
        layout: &DressedLayout,
        client: &Client,
        diagnostics: &mut Diagnostics,
    ) -> Pictures {
        let mut pictures = Pictures::new();
        for id in document.ids() {
            let Some(element) = document.element(id) else { continue };
            let mut said = None;
            let read = if let Some(markup) = &element.svg {
                self.pictures.read(&format!("svg {markup}"), || image::read_inline_svg(markup))
            } else if element.name == "img" {
                let Some(path) = self.image_path(document, id) else { continue };
                said = self.named_at(client, &path);
                self.picture_file(&path)
            } else {
                continue;
            };
            match read {
                Ok(picture) => {
                    pictures.insert(id, picture);
                }
                Err(fault) => {
                    let tag = document.node(id).place.as_ref();
                    let place = said.or_else(|| tag.map(|tag| attributes::value_place(tag, "src")));
                    let place = place.filter(|_| fault.place.is_none());
                    diagnostics.push(fault.maybe_at(place));
                }
            }
        }
        let said = layout.sheets.files();
        for file in styles.files() {
            match self.picture_file(&file.path) {
                Ok(picture) => pictures.insert_file(file.path.clone(), picture),
                // `check_sheets` has said so.
                Err(_) if said.contains(&file) => {}
                Err(fault) => diagnostics.push(fault.maybe_at(file.place)),
            }
        }
        pictures
    }

    /// The root-relative path of an `img`'s file: `src` is from the folder of the template that says
    /// it, or with a leading `/` from the root.
    pub fn image_path(&self, document: &Document, id: crate::document::tree::NodeId) -> Option<String> {
        let src = document.element(id)?.attribute("src")?;
        let said_in = document.node(id).place.as_ref().map_or("", |place| place.source.path.as_str());
        Some(relative_to(said_in, src))
    }

    /// Where the profile, the house or the note says a picture's path.
    pub fn named_at(&self, client: &Client, path: &str) -> Option<Place> {
        self.named(client)
            .find(|said| relative_to("", &said.value) == path)
            .map(|said| said.place.clone())
    }

    /// Reads every picture that the profile, the house or the note names, where no page shows it: a fault of one
    /// would else be said only once all else is mended.
    pub fn check_named(&self, client: &Client, diagnostics: &mut Diagnostics) {
        for said in self.named(client) {
            if let Err(fault) = self.picture_file(&relative_to("", &said.value)) {
                let place = Some(said.place.clone()).filter(|_| fault.place.is_none());
                diagnostics.push(fault.maybe_at(place));
            }
        }
    }

    fn named<'a>(&'a self, client: &'a Client) -> impl Iterator<Item = &'a Text> {
        let book = self.offer(client, &mut Diagnostics::new());
        let notes = book
            .into_iter()
            .flat_map(|book| std::iter::once(&book.note).chain(book.translations.values()));
        let portraits = self.house.team.iter().map(|member| &member.portrait);
        [&client.company.logo, &self.house.brand.logo]
            .into_iter()
            .chain(portraits)
            .flatten()
            .chain(notes.flat_map(|note| &note.pictures))
            .chain(&self.terms.pictures)
    }
}

impl PictureFiles {
    /// The picture in a file of the workspace.
    fn file(&self, workspace: &Workspace, path: &str) -> Result<Arc<Picture>, Diagnostic> {
        self.read(path, || image::read(path, &workspace.bytes(path)?))
    }

    fn read(
        &self,
        key: &str,
        read: impl FnOnce() -> Result<Arc<Picture>, Diagnostic>,
    ) -> Result<Arc<Picture>, Diagnostic> {
        if let Some(known) = self.0.lock().expect("no reader panics").get(key) {
            return known.clone();
        }
        let picture = read();
        self.0.lock().expect("no reader panics").insert(key.to_string(), picture.clone());
        picture
    }
}

impl OfferBook {
    /// The offer in the document's language where there is one, else the note itself.
    pub fn in_language(&self, locale: Locale) -> &Offer {
        if self.note.lang.is_some_and(|lang| lang.language() == locale.language()) {
            return &self.note;
        }
        self.translations.get(locale.language()).unwrap_or(&self.note)
    }
}

/// Stems of the notes in offers/, translations (`STEM.en.md` beside `STEM.md`) left out.
pub fn offer_stems(workspace: &Workspace) -> Vec<String> {
    let files = workspace.list("offers", ".md");
    let stems: Vec<&str> = files.iter().map(|path| stem_of(path)).collect();
    let is_translation =
        |stem: &str| translation_of(stem).is_some_and(|(base, _)| stems.contains(&base));
    stems.iter().filter(|stem| !is_translation(stem)).map(|stem| stem.to_string()).collect()
}

/// The note and the language that a translation's stem names: `note.en`.
pub fn translation_of(stem: &str) -> Option<(&str, &str)> {
    stem.rsplit_once('.').filter(|(_, lang)| is_language(lang))
}

/// That no note of offers/ is named so; `known` are those there are.
pub fn unknown_offer(said: &str, known: &[String]) -> Diagnostic {
    let error = Diagnostic::error(format!("unknown offer `{said}`: no file offers/{said}.md"))
        .nearest(said, known.iter().map(String::as_str));
    if error.hints.is_empty() && !known.is_empty() {
        return error.hint(format!("offers/ has {}", known.join(", ")));
    }
    error
}

/// That an offer must be named, or that there is none.
pub fn no_offer(known: &[String], missing: &str, hint: impl Fn(&str) -> String) -> Diagnostic {
    match known.first() {
        None => Diagnostic::error("no offer: offers/ has no note")
            .hint("write one in Markdown, for example offers/my-offer.md"),
        Some(first) => Diagnostic::error(format!("{missing}: the workspace has several offers"))
            .hint(format!("{}; offers/ has {}", hint(first), known.join(", "))),
    }
}

/// Names of the layouts: the workspace's and the shipped ones.
pub fn layout_names(workspace: &Workspace) -> Vec<String> {
    let files = workspace.list_or_shipped("templates", ".html.hbs");
    files
        .iter()
        .filter_map(|path| path.strip_prefix("templates/")?.strip_suffix(".html.hbs"))
        .map(str::to_string)
        .collect()
}

fn is_language(tag: &str) -> bool {
    Locale::from_tag(tag).is_some()
}

fn offer_of(client: &Client, known: &[String]) -> Option<String> {
    match &client.offer {
        Some(said) => Some(said.value.clone()),
        None if known.len() == 1 => Some(known[0].clone()),
        None => None,
    }
}

fn layout_of(client: &Client, house: &House) -> String {
    let said = client.layout.as_ref().or(house.defaults.layout.as_ref());
    said.map_or(DEFAULT_LAYOUT, |name| name.value.as_str()).to_string()
}

/// An offer note and its translations; no value where there is no such note.
pub fn read_offer(workspace: &Workspace, stem: &str) -> Shared<OfferBook> {
    let mut diagnostics = Diagnostics::new();
    let path = format!("offers/{stem}.md");
    let value = if workspace.list("offers", ".md").contains(&path) {
        diagnostics.keep(workspace.text(&path)).and_then(|source| {
            let note = Offer::read(&source, stem, &mut diagnostics)?;
            for section in note.sections.iter().filter(|section| section.is_empty()) {
                let heading = excerpt(&section.heading.plain);
                let message = format!("nothing stands under the heading “{heading}”: it is not printed");
                diagnostics.push(Diagnostic::warning(message).at(section.place.clone()));
            }
            if note.is_empty() && !diagnostics.has_errors() {
                let end = source.text.len();
                let error = "this note says nothing: expected a paragraph, a list or a section";
                diagnostics.push(Diagnostic::error(error).at(Place::new(&source, end..end)));
            }
            let translations = read_translations(workspace, stem, &note, &mut diagnostics);
            let note = note.hearing(translations.values());
            Some(OfferBook { note, translations })
        })
    } else {
        None
    };
    Shared { value, diagnostics }
}

/// The house's annex, and its translations beside it (`cgv.en.md` beside `cgv.md`).
fn read_terms(workspace: &Workspace, house: &House, diagnostics: &mut Diagnostics) -> Terms {
    let mut terms = Terms::default();
    let Some(said) = &house.terms else { return terms };
    let lang = house.defaults.lang.as_ref().map_or(Locale::Fr, |lang| lang.value);
    match workspace.text(&said.value) {
        Ok(source) => terms.read(&source, lang, diagnostics),
        Err(fault) => {
            let place = Some(said.place.clone()).filter(|_| fault.place.is_none());
            diagnostics.push(fault.maybe_at(place));
        }
    }
    let (folder, file) = said.value.rsplit_once('/').unwrap_or(("", &said.value));
    let stem = file.strip_suffix(".md").unwrap_or(file);
    for path in workspace.list(folder, ".md") {
        let tag = stem_of(&path).strip_prefix(stem).and_then(|rest| rest.strip_prefix('.'));
        let Some(locale) = tag.and_then(Locale::from_tag) else { continue };
        // In the root itself the list's paths begin with a stroke.
        if let Some(source) = diagnostics.keep(workspace.text(path.trim_start_matches('/'))) {
            terms.read(&source, locale, diagnostics);
        }
    }
    terms
}

fn read_translations(
    workspace: &Workspace,
    stem: &str,
    note: &Offer,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<String, Offer> {
    let mut translations = BTreeMap::new();
    for path in workspace.list("offers", ".md") {
        let Some(tag) = stem_of(&path).strip_prefix(stem).and_then(|rest| rest.strip_prefix('.')) else {
            continue;
        };
        let Some(locale) = Locale::from_tag(tag) else { continue };
        let Some(source) = diagnostics.keep(workspace.text(&path)) else { continue };
        let Some(mut offer) = Offer::read(&source, stem, diagnostics) else { continue };
        offer.lang = Some(locale);
        let offer = note.in_words_of(&offer, diagnostics);
        translations.insert(locale.language().to_string(), offer);
    }
    translations
}

fn read_layout(
    workspace: &Workspace,
    name: &str,
    schema: &Schema,
    faces: &Faces,
    pictures: &PictureFiles,
) -> Shared<DressedLayout> {
    let mut diagnostics = Diagnostics::new();
    let value = read_dressed(workspace, name, schema, faces, pictures, &mut diagnostics);
    Shared { value, diagnostics }
}

fn read_dressed(
    workspace: &Workspace,
    name: &str,
    schema: &Schema,
    faces: &Faces,
    pictures: &PictureFiles,
    diagnostics: &mut Diagnostics,
) -> Option<DressedLayout> {
    if !layout_names(workspace).iter().any(|known| known == name) {
        return None;
    }
    let html_path = format!("templates/{name}.html.hbs");
    let css_path = format!("templates/{name}.css");
    let mut origins = Vec::new();
    let mut read = |path: &str, diagnostics: &mut Diagnostics| -> Option<Arc<Source>> {
        let (source, origin) = diagnostics.keep(workspace.text_or_shipped(path))?;
        origins.push((path.to_string(), origin));
        Some(source)
    };
    let html = read(&html_path, diagnostics);
    let has_css = workspace.list_or_shipped("templates", ".css").contains(&css_path);
    let css = if has_css { read(&css_path, diagnostics) } else { Some(Source::new(css_path, "")) };
    let mut partials = BTreeMap::new();
    let mut unread = BTreeMap::new();
    for path in workspace.list_or_shipped("templates/partials", ".hbs") {
        let file = path.rsplit('/').next().unwrap_or(&path);
        let name = file.strip_suffix(".hbs").unwrap_or(file);
        let name = name.strip_suffix(".html").unwrap_or(name).to_string();
        match workspace.text_or_shipped(&path) {
            Ok((source, origin)) => {
                origins.push((path, origin));
                partials.insert(name, source);
            }
            Err(fault) => {
                unread.insert(name, fault);
            }
        }
    }
    let (html, css) = (html?, css?);
    let imported = Mutex::new(Vec::new());
    let import = |path: &str| {
        let (source, origin) = workspace.text_or_shipped(path)?;
        imported.lock().expect("no reader panics").push((path.to_string(), origin));
        Ok(source)
    };
    let mut sheets = StyleSheets::prepare(&css, &import, diagnostics);
    sheets.check_families(faces, diagnostics);
    let sources = LayoutSources { html, css, partials };
    let picture = |file: &str, src: &str| pictures.file(workspace, &relative_to(file, src)).map(drop);
    let around = Around { unread: &unread, picture: &picture };
    let layout = Layout::prepare_among(name, sources, schema, &around, diagnostics)?;
    origins.extend(imported.into_inner().expect("no reader panics"));
    Some(DressedLayout { layout, sheets, origins })
}

fn read_faces(workspace: &Workspace, diagnostics: &mut Diagnostics) -> (Faces, Vec<(String, Origin)>) {
    let mut faces = Faces::default();
    let mut origins = Vec::new();
    for (path, origin, data) in workspace.faces() {
        let read = data.and_then(|data| Face::read(&path, data));
        if let Some(read) = diagnostics.keep(read) {
            origins.extend(read.iter().map(|face| (face.path.clone(), origin)));
            read.into_iter().for_each(|face| faces.add(face));
        }
    }
    (faces, origins)
}

/// The program's own look, where the house says nothing.
const BRAND: &[(&str, &str)] = &[
    ("--brand-primary", "#14324f"),
    ("--brand-accent", "#b4441f"),
    ("--brand-ink", "#1d2433"),
    ("--brand-muted", "#5b6472"),
    ("--brand-paper", "#ffffff"),
    ("--brand-heading-font", "\"Source Serif 4 Display\""),
    ("--brand-body-font", "\"Source Sans 3\""),
];

fn brand(house: &House, faces: &Faces, diagnostics: &mut Diagnostics) -> BTreeMap<String, String> {
    let mut unknown = BTreeSet::new();
    for family in [&house.brand.heading_font, &house.brand.body_font].into_iter().flatten() {
        let known = faces.families();
        if !known.iter().any(|name| name.eq_ignore_ascii_case(&family.value)) {
            let error = family.error(format!("no face in fonts/ has the family `{}`", family.value));
            let error = error.nearest(&family.value, known.iter().copied());
            diagnostics.push(error.hint(format!("fonts/ has {}", known.join(", "))));
            unknown.insert(family.value.as_str());
        }
    }
    let mut properties: BTreeMap<String, String> =
        BRAND.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    // In the place of a family that no face has stands the program's own: once said is enough.
    let known = |(name, _): &(&str, String)| {
        let said = match *name {
            "--brand-heading-font" => &house.brand.heading_font,
            "--brand-body-font" => &house.brand.body_font,
            _ => return true,
        };
        said.as_ref().is_none_or(|family| !unknown.contains(family.value.as_str()))
    };
    let said = house.brand.properties().into_iter().filter(known);
    properties.extend(said.map(|(name, value)| (name.to_string(), value)));
    properties
}
