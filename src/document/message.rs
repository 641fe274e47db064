//! An e-mail's templates: subject, plain text and HTML, checked like a layout and filled from the same
//! view, so that the message and the PDF never disagree.

use std::fmt;
use std::sync::Arc;

use serde_json::Value;

use super::mail_html;
use super::schema::{Kind, Schema};
use super::template::{self, Dialect, Filling, Partials, Rehearsal};
use crate::diagnostic::{Diagnostic, Diagnostics, Place, Source};
use crate::locale::Locale;
use crate::locale::typography::{Names, Segment, Treatment, set_around};

/// The three files of templates/mail/.
#[derive(Clone, Debug)]
pub struct MessageSources {
    /// subject.txt.hbs.
    pub subject: Arc<Source>,
    /// message.txt.hbs.
    pub text: Arc<Source>,
    /// message.html.hbs.
    pub html: Arc<Source>,
}

/// Templates whose every path, helper and guard has been checked; shared by all clients of a run.
pub struct MessageTemplates {
    sources: MessageSources,
    /// In the order of [`MessageSources`].
    filling: [Filling; 3],
    schema: Schema,
}

impl fmt::Debug for MessageTemplates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MessageTemplates").finish_non_exhaustive()
    }
}

/// What the templates say to one client, the typographic rules applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageText {
    /// One line.
    pub subject: String,
    /// Paragraphs as lines, ending in a line feed.
    pub text: String,
    /// A whole HTML document.
    pub html: String,
}

impl MessageText {
    /// What the HTML says, a line a block.
    pub fn html_as_text(&self) -> String {
        mail_html::plain(&self.html)
    }
}

impl MessageTemplates {
    /// Compiles the templates, checks them against `schema`, which says what a view may hold, and
    /// rehearses them on its specimens. Reports every problem; None where there is an error.
    pub fn prepare(
        sources: MessageSources,
        schema: &Schema,
        diagnostics: &mut Diagnostics,
    ) -> Option<MessageTemplates> {
        let mut found = Diagnostics::new();
        let mut compile = |source: &Arc<Source>, dialect| {
            let templates = template::read(source, &Partials::default(), dialect, &mut found)?;
            let rehearsal = template::check(&templates, schema, &mut found);
            (rehearsal == Rehearsal::Fit).then(|| Filling::compile(templates, dialect).0)
        };
        let subject = compile(&sources.subject, Dialect::Text);
        let text = compile(&sources.text, Dialect::Text);
        let html = compile(&sources.html, Dialect::Mail);
        let sound = !found.has_errors();
        diagnostics.extend(found);
        let filling = [subject?, text?, html?];
        let templates = MessageTemplates { sources, filling, schema: schema.clone() };
        if !sound {
            return None;
        }
        let mut found = Diagnostics::new();
        for (specimen, locale) in schema.specimens.iter().zip(Locale::ALL) {
            templates.fill(specimen, locale, &mut found);
        }
        let sound = !found.has_errors();
        diagnostics.extend(found);
        sound.then_some(templates)
    }

    /// The files that they are.
    pub fn sources(&self) -> &MessageSources {
        &self.sources
    }

    /// Fills the templates with one client's view (a [`View`](crate::proposal::view::View) as JSON).
    /// None where there is an error.
    pub fn fill(
        &self,
        view: &Value,
        locale: Locale,
        diagnostics: &mut Diagnostics,
    ) -> Option<MessageText> {
        let [subject, text, html] = &self.filling;
        let plain = without_markup(view, &self.schema.root);
        let names = self.schema.root.names(view);
        let subject = subject.text(&plain, locale, diagnostics);
        let text = text.text(&plain, locale, diagnostics);
        let html = html.text(view, locale, diagnostics);
        let html = html.and_then(|html| {
            let place = Place::new(&self.sources.html, 0..0);
            mail_html::typeset(&html, locale, &names, &place, diagnostics)
        });
        let (subject, text, html) = (subject?, text?, html?);
        let subject = typeset(&one_line(&subject), locale, &names);
        let text = typeset(&paragraphs(&text), locale, &names);
        for (written, source) in [(&subject, &self.sources.subject), (&text, &self.sources.text)] {
            if written.trim().is_empty() {
                let error = Diagnostic::error("this template prints nothing");
                diagnostics.push(error.at(Place::new(source, 0..0)));
                return None;
            }
        }
        Some(MessageText { subject, text, html })
    }
}

/// The view with its HTML as plain text.
fn without_markup(value: &Value, kind: &Kind) -> Value {
    match (kind, value) {
        (Kind::Html, Value::String(html)) => Value::String(mail_html::plain(html)),
        (Kind::List(element), Value::Array(list)) => {
            list.iter().map(|value| without_markup(value, element)).collect()
        }
        (Kind::Object(fields), Value::Object(entries)) => {
            let entry = |(key, value): (&String, &Value)| {
                let value = fields.get(key).map(|field| without_markup(value, &field.kind));
                (key.clone(), value.unwrap_or(Value::Null))
            };
            Value::Object(entries.iter().map(entry).collect())
        }
        _ => value.clone(),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without spaces at the ends of lines, and with one empty line at most between two paragraphs.
fn paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() && (out.is_empty() || out.ends_with("\n\n")) {
            continue;
        }
        out.push_str(line);
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// Each line by the rules of `locale`, the names in it kept.
fn typeset(text: &str, locale: Locale, names: &Names) -> String {
    let line = |line: &str| {
        let segment = Segment { text: line, treatment: Treatment::Prose(locale) };
        set_around(names, &[segment]).pop().flatten().unwrap_or_else(|| line.to_owned())
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}
