//! Whole documents as text: look at the difference before accepting one.

use super::kit::*;
use crate::golden;

#[test]
fn whole_documents() {
    for (file, css, body) in DOCUMENTS {
        golden::check(file, &lay(css, body).dump());
    }
}

const DOCUMENTS: [(&str, &str, &str); 3] = [
    (
        "layout/proposal.txt",
        "
@page { margin: 40px 50px 50px; @bottom-left { content: 'Atome'; } @bottom-right { content: counter(page) ' / ' counter(pages); } }
@page cover { margin: 0; @bottom-left { content: none } @bottom-right { content: none } }
h1 { font-size: 30px; line-height: 40px; } h2 { margin: 20px 0 10px; }
.cover { page: cover; position: relative; height: 300px; padding: 60px; box-sizing: border-box; background: #14324f; color: #ffffff; }
.cover .foot { position: absolute; left: 60px; right: 60px; bottom: 30px; display: flex; justify-content: space-between; }
.cards { display: grid; grid-template-columns: 1fr 1fr; gap: 10px; }
.card { border: 1px solid #e5e7eb; border-radius: 4px; padding: 8px; break-inside: avoid; }
table { width: 100%; border-collapse: collapse; } td, th { padding: 3px 0; text-align: left; }
tbody tr { border-top: 0.75px solid #d1d5db; } .figure { text-align: right; }
tfoot tr { border-top: 1.5px solid #14324f; }
",
        "
<section class=cover><h1>Structurer la croissance</h1><p>Nova Santé</p>
<div class=foot><span>22 novembre 2026</span><span>Camille Roux</span></div></section>
<main>
<h2 id=raisons>Pourquoi maintenant ?</h2>
<div class=cards>
<div class=card><p><strong>Gain de temps.</strong> Déléguer, c’est avancer sur ce qui compte.</p></div>
<div class=card><p><strong>Regard extérieur.</strong> Un avis sans enjeu interne.</p></div>
<div class=card><p><strong>Méthode.</strong> Des étapes connues, un rythme tenu.</p></div>
</div>
<h2>Ce que nous ferons</h2>
<ul><li>Un diagnostic, avec <a href='https://atome.example'>dix entretiens</a>.</li><li>Un plan, avec trois priorités.</li></ul>
<h2>Investissement</h2>
<table><thead><tr><th>Prestation</th><th class=figure>Montant</th></tr></thead>
<tbody><tr><td>Diagnostic</td><td class=figure>4 500,00 €</td></tr><tr><td>Mise en place</td><td class=figure>9 000,00 €</td></tr></tbody>
<tfoot><tr><td>Total HT</td><td class=figure>13 500,00 €</td></tr></tfoot></table>
</main>",
    ),
    (
        "layout/lists.txt",
        "ol, ul { padding-left: 20px } li { margin-bottom: 5px } .s { list-style-type: square } li::marker { color: #e4572e } dl { display: grid; grid-template-columns: 60px 1fr; gap: 4px } dt { font-weight: 600 }",
        "
<ol><li>Un premier point.</li><li>Un deuxième :<ul class=s><li>avec un détail</li><li>et un autre.</li></ul></li><li value=7>Un septième.</li></ol>
<dl><dt>Début</dt><dd>Décembre</dd><dt>Durée</dt><dd>Six semaines, dont une pour convenir de ce qui suit.</dd></dl>
<blockquote>« Une citation. »</blockquote>",
    ),
    (
        "layout/flow.txt",
        "p { margin-bottom: 10px; text-align: justify } .aside { padding: 10px; border-left: 3px solid #e4572e; background: #f3f4f6 } .two { display: flex; gap: 20px } .two > * { flex: 1 } img { width: 60px; border-radius: 30px }",
        "
<p>Ce texte est assez long pour que la page soit pleine avant sa fin, et que ses dernières lignes passent à la suivante ; rien n’en est perdu, rien n’en est répété.</p>
<div class=aside><p>Un encadré, que la page peut couper : son filet et son fond vont jusqu’au bas de la page, et reprennent en haut de la suivante, sans bord entre les deux.</p><p>Son second paragraphe.</p></div>
<div class=two><div><img src=80x80.png alt=portrait><p>Camille Roux dirige la maison depuis dix ans.</p></div><div><p>Une colonne de texte à côté d’un portrait.</p></div></div>
<p>Une dernière phrase.</p>",
    ),
];
