//! What a layout sees: one serializable value, built in one place, never the domain types.
//!
//! Strings are plain text (escaped by the template); [`Html`] is Markdown already turned into safe
//! inline or block HTML, printed with `{{{ }}}`. Dates are ISO `YYYY-MM-DD` for the `date` helper,
//! amounts are decimal strings for the `money` helper. An empty list or a missing value is absent from
//! the printed page: layouts guard with `{{#if}}`.

use std::collections::BTreeMap;

use serde::Serialize;

/// Safe HTML: made by us from Markdown, raw HTML in it escaped.
///
/// Not `serde(transparent)`: the layout's schema knows HTML by the name of this type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Html(pub String);

impl Html {
    /// Plain text as HTML.
    pub fn escaped(text: &str) -> Html {
        Html(text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"))
    }
}

/// A name, an address or a number that is printed letter for letter: the typographic rules leave it alone wherever
/// it stands, and no hyphen divides it.
///
/// Not `serde(transparent)`: the layout's schema knows it by the name of this type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verbatim(pub String);

impl std::ops::Deref for Verbatim {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Verbatim {
    fn from(text: &str) -> Verbatim {
        Verbatim(text.to_owned())
    }
}

#[derive(Clone, Debug, Serialize)]
pub struct View {
    /// `fr`, `en-GB` or `en-US`: goes into `<html lang>`.
    pub lang: String,
    /// The program's printed words in that language (`words.situation`: "Votre situation").
    pub words: BTreeMap<&'static str, &'static str>,
    pub house: HouseView,
    pub client: ClientView,
    pub contact: Option<ContactView>,
    pub proposal: ProposalView,
    pub offer: OfferView,
    pub situation: Option<SituationView>,
    pub services: Option<SectionView>,
    pub reasons: Option<SectionView>,
    pub benefits: Option<SectionView>,
    /// Sections with any other role, by slug, in the note's order in `offer.sections`.
    pub method: Option<Vec<StepView>>,
    pub deliverables: Option<Vec<StepView>>,
    pub scope: Option<ScopeView>,
    pub timeline: Option<TimelineView>,
    pub pricing: Option<PricingView>,
    pub team: Option<Vec<MemberView>>,
    pub references: Option<Vec<ReferenceView>>,
    pub next_step: Option<NextStepView>,
    /// How a letter to the contact opens and closes.
    pub letter: LetterView,
    /// What the law has a priced proposal say, a paragraph each, in printing order.
    pub mentions: Option<Vec<MentionView>>,
    /// The house's terms, an annex.
    pub terms: Option<TermsView>,
}

#[derive(Clone, Debug, Serialize)]
pub struct LetterView {
    /// Of an e-mail: "Bonjour Madame," · "Dear Ms Whitlock,"
    pub greeting: String,
    /// "Madame," · "Dear Ms Whitlock,"
    pub opening: String,
    /// The reader's name as these two say it: "Whitlock". French says none.
    pub addressee: Option<Verbatim>,
    /// "Je vous prie de recevoir, Madame, mes salutations distinguées." · "Yours sincerely,"
    pub closing: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct HouseView {
    pub name: Verbatim,
    /// The person, or the company as registered: the name that the law has it say.
    pub legal_name: Verbatim,
    /// Absent where it is the house's own name.
    pub signatory: Option<Verbatim>,
    pub address: Option<Vec<String>>,
    pub email: Option<Verbatim>,
    pub phone: Option<String>,
    /// As written, and as a URL to link to.
    pub site: Option<Verbatim>,
    pub site_url: Option<String>,
    /// Path from the workspace root, with a leading `/`.
    pub logo: Option<String>,
    /// Who sends, in the terms of the law: name, form, register, numbers, address.
    pub identity: Option<Html>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ClientView {
    pub name: Verbatim,
    pub address: Option<Vec<String>>,
    pub siren: Option<Verbatim>,
    pub vat_number: Option<Verbatim>,
    pub logo: Option<String>,
    pub sector: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ContactView {
    pub name: Option<Verbatim>,
    pub civility: Option<String>,
    /// "Mme Claire Dumont", or just the name.
    pub full_name: Option<String>,
    pub role: Option<String>,
    pub email: Option<Verbatim>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ProposalView {
    /// From the profile, else the offer's title.
    pub title: String,
    /// Set where the title is the offer's and in another language than the document.
    pub title_lang: Option<String>,
    pub number: Option<Verbatim>,
    pub revision: Option<u32>,
    pub date: String,
    pub valid_until: String,
    pub valid_days: u32,
}

#[derive(Clone, Debug, Serialize)]
pub struct OfferView {
    pub title: String,
    /// Set where the offer's words are in another language than the document.
    pub lang: Option<String>,
    pub lede: Option<Html>,
    /// What else stands before the note's first section.
    pub introduction: Option<Html>,
    pub summary: Option<Html>,
    /// Sections whose role is `other`, in the note's order.
    pub sections: Option<Vec<SectionView>>,
}

#[derive(Clone, Debug, Serialize)]
pub struct SituationView {
    /// The profile's own summary.
    pub summary: Option<Html>,
    /// Without it: labels of the declared needs.
    pub needs: Option<Vec<String>>,
    /// Set where these are the offer's and in another language than the document.
    pub needs_lang: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct SectionView {
    pub slug: String,
    pub heading: Html,
    /// Set where it differs from the document's language.
    pub lang: Option<String>,
    /// What stands before the items: paragraphs and other blocks.
    pub prose: Option<Html>,
    /// What follows them, likewise.
    pub after: Option<Html>,
    pub items: Option<Vec<ItemView>>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ItemView {
    pub id: String,
    pub title: Option<Html>,
    /// Inline HTML, or several blocks where the item has lists or paragraphs of its own.
    pub text: Html,
}

#[derive(Clone, Debug, Serialize)]
pub struct StepView {
    pub label: String,
    pub text: Option<Html>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ScopeView {
    #[serde(rename = "in")]
    pub included: Option<Vec<String>>,
    #[serde(rename = "out")]
    pub excluded: Option<Vec<String>>,
}

#[derive(Clone, Debug, Serialize)]
pub struct TimelineView {
    pub phases: Vec<PhaseView>,
    pub start: String,
    pub end: String,
    /// Whole weeks from start to end.
    pub weeks: u32,
}

#[derive(Clone, Debug, Serialize)]
pub struct PhaseView {
    pub label: String,
    pub start: String,
    pub end: String,
    pub weeks: u32,
    /// For bars: percent of the whole, rounded to 0.1.
    pub offset_percent: String,
    pub width_percent: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct PricingView {
    pub currency: String,
    pub lines: Option<Vec<LineView>>,
    pub optional_lines: Option<Vec<LineView>>,
    pub packages: Option<Vec<PackageView>>,
    pub totals: Option<TotalsView>,
    pub expenses: Option<String>,
    pub deposit: Option<InstalmentView>,
    pub balance: Option<InstalmentView>,
    pub schedule: Option<Vec<InstalmentView>>,
    pub payment_days: u32,
    pub end_of_month: bool,
    /// A public buyer's days are counted from receipt of the invoice.
    pub public_buyer: bool,
    /// At least one line has a discount: a column to show.
    pub has_discounts: bool,
    /// Lines, optional ones too, are of more than one VAT rate: each says its own.
    pub has_rates: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct LineView {
    pub label: String,
    /// Ready to print with its unit and period: "5 jours", "2 jours par mois × 6 mois".
    pub quantity: String,
    pub unit_price: String,
    /// Percent, e.g. "5".
    pub discount: Option<String>,
    /// Net of its discount, before VAT.
    pub net: String,
    /// Percent, where a rate applies.
    pub vat: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct PackageView {
    pub name: String,
    pub lines: Vec<LineView>,
    pub optional_lines: Option<Vec<LineView>>,
    pub totals: TotalsView,
    pub deposit: Option<InstalmentView>,
    pub balance: Option<InstalmentView>,
    pub schedule: Option<Vec<InstalmentView>>,
}

#[derive(Clone, Debug, Serialize)]
pub struct TotalsView {
    /// Sum of lines before the overall discount; absent without one.
    pub before_discount: Option<String>,
    pub discount_percent: Option<String>,
    /// Negative amount.
    pub discount: Option<String>,
    pub net: String,
    /// One a rate; empty in franchise, reverse charge and outside the EU.
    pub vat: Option<Vec<VatView>>,
    /// With VAT; equals `net` where there is none.
    pub total: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct VatView {
    pub rate: String,
    pub base: String,
    pub amount: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct InstalmentView {
    pub label: String,
    pub percent: String,
    pub when: Option<String>,
    pub amount: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct MemberView {
    pub name: Verbatim,
    /// Set where what is said of them is known to be in another language than the document.
    pub lang: Option<String>,
    pub role: Option<String>,
    pub bio: Option<Html>,
    pub portrait: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ReferenceView {
    pub client: Verbatim,
    /// Set where its words are known to be in another language than the document.
    pub lang: Option<String>,
    pub what: Option<String>,
    pub result: Option<Html>,
    pub quote: Option<String>,
    pub author: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct NextStepView {
    pub text: Option<Html>,
    /// `mailto:` to the house with the proposal's number in its subject; absent without an e-mail.
    pub accept_url: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MentionView {
    /// What `[mentions]` calls it: `vat`, `late_penalties`, `recovery_cost`.
    pub key: String,
    pub text: Html,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TermsView {
    /// The heading that the text begins with.
    pub title: Option<String>,
    /// Set where it differs from the document's language.
    pub lang: Option<String>,
    /// Blocks; headings from `h3` on.
    pub text: Html,
}
