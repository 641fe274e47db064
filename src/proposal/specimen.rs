//! Views that nobody is sent: together they fill every field, and leave out everything that may be
//! left out. The schema that layouts are checked against is read off them, and every layout is
//! rehearsed on them.

use super::view::*;
use crate::locale::Locale;

impl View {
    /// The fullest view there can be, and the barest. Every list has a full element and a bare one.
    pub fn specimens() -> [View; 2] {
        [full(), bare()]
    }
}

fn text(text: &str) -> String {
    text.to_owned()
}

fn some(value: &str) -> Option<String> {
    Some(value.to_owned())
}

fn name(text: &str) -> Verbatim {
    Verbatim::from(text)
}

fn html(markup: &str) -> Html {
    Html(markup.to_owned())
}

fn letter() -> LetterView {
    LetterView {
        greeting: text("Bonjour Madame,"),
        opening: text("Madame,"),
        addressee: Some(name("Whitlock")),
        closing: text("Recevez, Madame, mes salutations."),
    }
}

fn full() -> View {
    View {
        lang: text("fr"),
        words: Locale::Fr.words(),
        house: HouseView {
            name: name("Atome"),
            legal_name: name("Camille Roux"),
            signatory: Some(name("Camille Roux")),
            address: Some(vec![text("1 rue du Test"), text("69001 Lyon")]),
            email: Some(name("camille@atome.example")),
            phone: some("+33 4 99 99 99 99"),
            site: Some(name("atome.example")),
            site_url: some("https://atome.example"),
            logo: some("/brand/atome.svg"),
            identity: Some(html("Camille Roux EI · SIREN 999 999 998")),
        },
        client: ClientView {
            name: name("Nova Santé"),
            address: Some(vec![text("12 rue des Lilas"), text("69003 Lyon")]),
            siren: Some(name("999 999 998")),
            vat_number: Some(name("FR 99 999 999 998")),
            logo: some("/clients/nova.svg"),
            sector: some("e-santé"),
        },
        contact: Some(ContactView {
            name: Some(name("Claire Dumont")),
            civility: some("Mme"),
            full_name: some("Mme Claire Dumont"),
            role: some("directrice générale"),
            email: Some(name("claire.dumont@nova-sante.example")),
        }),
        proposal: ProposalView {
            title: text("Structurer la croissance"),
            title_lang: some("en"),
            number: Some(name("N-2026-014")),
            revision: Some(2),
            date: text("2026-11-22"),
            valid_until: text("2026-12-22"),
            valid_days: 30,
        },
        offer: OfferView {
            title: text("chief of staff externe"),
            lang: some("en"),
            lede: Some(html("Pourquoi <em>travailler</em> ainsi ?")),
            introduction: Some(html("<p>Une démarche en trois temps.</p>")),
            summary: Some(html("<em>En résumé</em>, on avance.")),
            sections: Some(vec![section("autre", Fill::Full), section("reste", Fill::Bare)]),
        },
        situation: Some(SituationView {
            summary: Some(html("Vous avez <strong>grandi</strong> vite.")),
            needs: Some(vec![text("structurer une croissance rapide")]),
            needs_lang: some("en"),
        }),
        services: Some(section("services", Fill::Full)),
        reasons: Some(section("raisons", Fill::Full)),
        benefits: Some(section("avantages", Fill::Full)),
        method: Some(vec![step(Fill::Full), step(Fill::Bare)]),
        deliverables: Some(vec![step(Fill::Full), step(Fill::Bare)]),
        scope: Some(ScopeView {
            included: Some(vec![text("deux ateliers")]),
            excluded: Some(vec![text("la paie")]),
        }),
        timeline: Some(TimelineView {
            phases: vec![phase("Diagnostic", "0.5", "40.5"), phase("Mise en place", "40.5", "59.5")],
            start: text("2026-12-01"),
            end: text("2027-01-11"),
            weeks: 6,
        }),
        pricing: Some(PricingView {
            currency: text("EUR"),
            lines: Some(vec![line(Fill::Full), line(Fill::Bare)]),
            optional_lines: Some(vec![line(Fill::Full), line(Fill::Bare)]),
            packages: Some(vec![package(Fill::Full), package(Fill::Bare)]),
            totals: Some(totals(Fill::Full)),
            expenses: some("au réel, sur justificatifs"),
            deposit: Some(instalment(Fill::Full)),
            balance: Some(instalment(Fill::Full)),
            schedule: Some(vec![instalment(Fill::Full), instalment(Fill::Bare)]),
            payment_days: 30,
            end_of_month: true,
            public_buyer: true,
            has_discounts: true,
            has_rates: true,
        }),
        team: Some(vec![
            MemberView {
                name: name("Camille Roux"),
                lang: some("en"),
                role: some("fondatrice"),
                bio: Some(html("Dix ans de <em>terrain</em>.")),
                portrait: some("/brand/camille.jpg"),
            },
            MemberView { name: name("Noé Petit"), lang: None, role: None, bio: None, portrait: None },
        ]),
        references: Some(vec![
            ReferenceView {
                client: name("Brasserie du Parc"),
                lang: some("en"),
                what: some("une réorganisation"),
                result: Some(html("Deux sites ouverts.")),
                quote: some("Enfin du temps"),
                author: some("la direction"),
            },
            ReferenceView {
                client: name("Studio Vague"),
                lang: None,
                what: None,
                result: None,
                quote: None,
                author: None,
            },
        ]),
        next_step: Some(NextStepView {
            text: Some(html("Parlons-en <strong>mardi</strong>.")),
            accept_url: some("mailto:camille@atome.example?subject=N-2026-014"),
        }),
        letter: letter(),
        mentions: Some(vec![MentionView { key: text("vat"), text: html("TVA non applicable.") }]),
        terms: Some(TermsView {
            title: some("Conditions générales"),
            lang: some("fr"),
            text: html("<h3>Objet</h3><p>Ces conditions.</p><h4>Durée</h4><ul><li>un an</li></ul>"),
        }),
    }
}

fn bare() -> View {
    View {
        lang: text("en-GB"),
        words: Locale::EnGb.words(),
        house: HouseView {
            name: name("Atome"),
            legal_name: name("Atome"),
            signatory: None,
            address: None,
            email: None,
            phone: None,
            site: None,
            site_url: None,
            logo: None,
            identity: None,
        },
        client: ClientView {
            name: name("Nova"),
            address: None,
            siren: None,
            vat_number: None,
            logo: None,
            sector: None,
        },
        contact: None,
        proposal: ProposalView {
            title: text("Growth"),
            title_lang: None,
            number: None,
            revision: None,
            date: text("2026-11-22"),
            valid_until: text("2026-12-22"),
            valid_days: 30,
        },
        offer: OfferView {
            title: text("growth"),
            lang: None,
            lede: None,
            introduction: None,
            summary: None,
            sections: None,
        },
        situation: None,
        services: None,
        reasons: None,
        benefits: None,
        method: None,
        deliverables: None,
        scope: None,
        timeline: None,
        pricing: None,
        team: None,
        references: None,
        next_step: None,
        letter: letter(),
        mentions: None,
        terms: None,
    }
}

/// How much of an element is there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fill {
    Full,
    Bare,
}

impl Fill {
    fn of<T>(self, value: T) -> Option<T> {
        match self {
            Fill::Full => Some(value),
            Fill::Bare => None,
        }
    }
}

fn section(slug: &str, fill: Fill) -> SectionView {
    SectionView {
        slug: text(slug),
        heading: html("Les <em>avantages</em> concrets"),
        lang: fill.of(text("en")),
        prose: fill.of(html("<p>Un mot <a href=\"https://atome.example\">de plus</a>.</p>")),
        after: fill.of(html("<p>Pour en savoir plus.</p><blockquote>Enfin.</blockquote>")),
        items: fill.of(vec![
            ItemView {
                id: format!("{slug}-gain"),
                title: Some(html("Gain de <em>temps</em>")),
                // an item with blocks of its own: a layout must have room for them
                text: html("<p>Déléguer, c’est avancer.</p><ul><li>un</li><li>deux</li></ul>"),
            },
            ItemView { id: format!("{slug}-recul"), title: None, text: html("Prendre du recul.") },
        ]),
    }
}

fn step(fill: Fill) -> StepView {
    StepView { label: text("Diagnostic"), text: fill.of(html("Dix <em>entretiens</em>.")) }
}

fn phase(label: &str, offset: &str, width: &str) -> PhaseView {
    PhaseView {
        label: text(label),
        start: text("2026-12-01"),
        end: text("2026-12-21"),
        weeks: 3,
        offset_percent: text(offset),
        width_percent: text(width),
    }
}

fn line(fill: Fill) -> LineView {
    LineView {
        label: text("Diagnostic d’organisation"),
        quantity: text("5 jours"),
        unit_price: text("900.00"),
        discount: fill.of(text("5")),
        net: text("4275.00"),
        vat: fill.of(text("20")),
    }
}

fn package(fill: Fill) -> PackageView {
    PackageView {
        name: text("Essentiel"),
        lines: vec![line(Fill::Full), line(Fill::Bare)],
        optional_lines: fill.of(vec![line(Fill::Full), line(Fill::Bare)]),
        totals: totals(fill),
        deposit: fill.of(instalment(fill)),
        balance: fill.of(instalment(fill)),
        schedule: fill.of(vec![instalment(Fill::Full), instalment(Fill::Bare)]),
    }
}

fn totals(fill: Fill) -> TotalsView {
    TotalsView {
        before_discount: fill.of(text("4500.00")),
        discount_percent: fill.of(text("5")),
        discount: fill.of(text("-225.00")),
        net: text("4275.00"),
        vat: fill.of(vec![VatView { rate: text("20"), base: text("4275.00"), amount: text("855.00") }]),
        total: text("5130.00"),
    }
}

fn instalment(fill: Fill) -> InstalmentView {
    InstalmentView {
        label: text("À la commande"),
        percent: text("30"),
        when: fill.of(text("à la signature")),
        amount: text("1539.00"),
    }
}
