//! Handlebars: syntax, paths, helpers, guards, partials. Lines count from 2: line 1 is the head.

use super::*;

#[test]
fn syntax() {
    check("<p>{{proposal.title</p>", "error: 2:4: this `{{` is never closed with `}}`\n");
    check("{{#if contact}}<p>a</p>", "error: 2:1: the block `{{#if}}` is never closed\n");
    check("<p>a</p>{{/if}}", "error: 2:9: `{{/if}}` closes no block\n");
    check(
        "{{#if contact}}<p>a</p>{{/with}}",
        "error: 2:24: `{{/with}}` closes `{{#if}}`, opened at 2:1: expected `{{/if}}`\n",
    );
    check("<p>{{else}}</p>", "error: 2:4: `{{else}}` stands outside any block\n");
    check("{{! never", "error: 2:1: this comment is never closed with `}}`\n");
    check(
        "<p>{{}}</p>",
        "error: 2:6: this is not a Handlebars expression (hint: an expression is {{path}}, {{helper argument …}}, \
         {{#block argument}}…{{/block}} or {{> partial}})\n",
    );
    check(
        "<p>{{date proposal..date}}</p>",
        "error: 2:20: this is not a Handlebars expression (hint: an expression is {{path}}, {{helper argument …}}, \
         {{#block argument}}…{{/block}} or {{> partial}})\n",
    );
    check(
        "{{{{raw}}}}<p>{{{{/raw}}}}",
        "error: 2:1: raw blocks `{{{{…}}}}` are not supported\nerror: 2:15: raw blocks `{{{{…}}}}` are not supported\n",
    );
    check(
        "{{#*inline \"a\"}}b{{/inline}}",
        "error: 2:1: decorators `{{#* …}}` are not supported\nerror: 2:18: `{{/inline}}` closes no block\n",
    );
    check(
        "{{#> a}}b{{/a}}",
        "error: 2:1: block partials `{{#> …}}` are not supported\nerror: 2:10: `{{/a}}` closes no block\n",
    );
    check("<p>\u{7}</p>", "error: 2:4: the control character U+0007\n");
}

#[test]
fn an_unknown_path_is_met_with_what_was_meant() {
    for (path, meant) in [
        ("clint.name", "client.name"),
        ("client.nam", "client.name"),
        ("@root.clint.name", "@root.client.name"),
        ("client.contact.role", "contact.role"),
        ("valid_until", "proposal.valid_until"),
        ("prposal.titel", "proposal"),
    ] {
        let found = faults_of(sources(&page(&format!("<p>{{{{{path}}}}}</p>")), &[]));
        assert!(found.contains(&format!("did you mean `{meant}`?")), "{path}: {found}");
    }
    let found = faults_of(sources(&page("{{#each client.address}}<p>{{name}}</p>{{/each}}"), &[]));
    assert!(found.contains("`this` is text (hint: print it as it is: {{this}})"), "{found}");
}

#[test]
fn sound_expressions() {
    for body in [
        "<p>{{proposal.title}} {{this.proposal.title}} {{@root.proposal.title}} {{words.date}}</p>",
        "{{! a }}{{!-- b {{c}} --}}<p>\\{{d}}</p>",
        "{{#if contact}}<p>{{#if contact.role}}{{contact.role}}{{/if}}</p>{{/if}}",
        "{{#with contact}}{{#if role}}<p>{{role}} {{../client.name}}</p>{{/if}}{{/with}}",
        "{{#with contact as |c|}}{{#if c.role}}<p>{{c.role}}</p>{{/if}}{{/with}}",
        "{{#if (and contact.role contact.name)}}<p>{{contact.role}}{{contact.name}}</p>{{/if}}",
        "{{#unless contact.role}}<p>–</p>{{else}}<p>{{contact.role}}</p>{{/unless}}",
        "{{#if (not contact.role)}}<p>–</p>{{else}}<p>{{contact.role}}</p>{{/if}}",
        "{{#if (or contact house.email)}}<p>a</p>{{/if}}",
        "{{#if contact.role}}<p>{{contact.role}}</p>{{else if contact.name}}<p>{{contact.name}}</p>{{else}}<p>–</p>{{/if}}",
        "{{#each reasons.items}}<div>{{@index}}{{#unless @last}},{{/unless}} {{{text}}} {{../client.name}}</div>{{/each}}",
        "{{#each reasons.items as |item n|}}<div id=\"{{item.id}}\">{{n}} {{{item.text}}}</div>{{else}}<p>none</p>{{/each}}",
        "{{#each reasons.items}}{{#if title}}<h2>{{{title}}}</h2>{{/if}}{{/each}}",
        "{{#each client.address}}<p>{{this}}</p>{{/each}}",
        "<p>{{date proposal.date}} {{number proposal.valid_days}} {{plural proposal.valid_days words.day words.days}}</p>",
        "<p>{{money 12.5 \"EUR\"}} {{number \"5.5\"}} {{date \"2026-11-22\"}} {{percent 5}}</p>",
        "{{#if (gt (len client.address) 1)}}<p>a</p>{{/if}}",
        "{{#if (eq lang \"fr\")}}<p>a</p>{{/if}}",
        "<p class=\"a{{#if contact}} b{{/if}}\"{{#if offer.lang}} lang=\"{{offer.lang}}\"{{/if}}>a</p>",
        "{{#if house.phone}}<a href=\"{{telephone house.phone}}\">{{house.phone}}</a>{{/if}}",
        "{{#with proposal}}<p>{{this.date}} {{date date}}</p>{{/with}}",
        "{{#if scope.in}}<ul>{{#each scope.in}}<li>{{this}}</li>{{/each}}</ul>{{/if}}",
    ] {
        // headings may skip here: that is a warning
        let faults = faults_of(sources(&page(body), &[]));
        assert_eq!(faults, "", "{body}");
    }
}

#[test]
fn unknown_paths() {
    check(
        "<p>{{client.nmae}}</p>",
        "error: 2:6: unknown path `client.nmae`: `client` has no `nmae` (hint: did you mean `client.name`?)\n",
    );
    check(
        "<p>{{clients.name}}</p>",
        "error: 2:6: unknown path `clients.name` (hint: did you mean `client.name`?)\n",
    );
    check(
        "<p>{{words.proposl}}</p>",
        "error: 2:6: unknown path `words.proposl`: `words` has no `proposl` (hint: did you mean `words.proposal`?)\n",
    );
    // silent in Handlebars' strict mode
    check(
        "{{#if contcat}}<p>a</p>{{/if}}",
        "error: 2:7: unknown path `contcat` (hint: did you mean `contact`?)\n",
    );
    check(
        "{{#unless contcat}}<p>a</p>{{/unless}}",
        "error: 2:11: unknown path `contcat` (hint: did you mean `contact`?)\n",
    );
    check(
        "{{#each reasons.itmes}}<p>a</p>{{/each}}",
        "error: 2:9: unknown path `reasons.itmes`: `reasons` has no `itmes` (hint: did you mean `reasons.items`?)\n",
    );
    check(
        "{{#with contcat}}<p>{{whatever}}</p>{{/with}}",
        "error: 2:9: unknown path `contcat` (hint: did you mean `contact`?)\n",
    );
    check(
        "{{#if contact}}<p>a</p>{{else if offr.lede}}<p>b</p>{{/if}}",
        "error: 2:34: unknown path `offr.lede` (hint: did you mean `offer.lede`?)\n",
    );
    check(
        "{{#each reasons.items}}<p>{{client.name}}</p>{{/each}}",
        "error: 2:29: unknown path `client.name` (hint: from here it is `../client`)\n",
    );
    check(
        "{{#each reasons.items as |item|}}<p>{{item.titel}}</p>{{/each}}",
        "error: 2:39: unknown path `item.titel` (hint: did you mean `item.title`?)\n",
    );
    check(
        "<p>{{client.name.first}}</p>",
        "error: 2:6: unknown path `client.name.first`: `client.name` is text (hint: print it as it is: {{client.name}})\n",
    );
    check(
        "{{#if reasons}}<p>{{reasons.items.id}}</p>{{/if}}",
        "error: 2:21: unknown path `reasons.items.id`: `reasons.items` is a list \
         (hint: go through it: {{#each reasons.items}}…{{/each}})\n",
    );
    check(
        "<p>{{../client.name}}</p>",
        "error: 2:6: `../client.name` leads out of the layout: it has too many `../`\n",
    );
    check("<p>{{@index}}</p>", "error: 2:6: `@index` is known only inside {{#each}}\n");
    check(
        "{{#with contact}}<p>{{@first}}</p>{{/with}}",
        "error: 2:23: `@first` is known only inside {{#each}}\n",
    );
    check(
        "{{#each client.address}}<p>{{@key}}</p>{{/each}}",
        "error: 2:30: unknown variable `@key` (hint: lists have an @index)\n",
    );
    check(
        "{{#each client.address}}<p>{{@indx}}</p>{{/each}}",
        "error: 2:30: unknown variable `@indx` (hint: did you mean `@index`?)\n",
    );
}

#[test]
fn values_that_may_be_absent() {
    check(
        "<p>{{contact.role}}</p>",
        "error: 2:6: `contact.role` may be absent (hint: print it only inside {{#if contact}}…{{/if}})\n",
    );
    check(
        "{{#if contact}}<p>{{contact.role}}</p>{{/if}}",
        "error: 2:21: `contact.role` may be absent (hint: print it only inside {{#if contact.role}}…{{/if}})\n",
    );
    check(
        "{{#if contact.name}}<p>a</p>{{else}}<p>{{contact.name}}</p>{{/if}}",
        "error: 2:42: `contact.name` may be absent (hint: print it only inside {{#if contact}}…{{/if}})\n",
    );
    check(
        "{{#if (or contact.name contact.role)}}<p>{{contact.name}}</p>{{/if}}",
        "error: 2:44: `contact.name` may be absent (hint: print it only inside {{#if contact}}…{{/if}})\n",
    );
    // a guard of one element says nothing of another
    check(
        "{{#each reasons.items}}{{#if title}}{{#each ../reasons.items}}{{{title}}}{{/each}}{{/if}}{{/each}}",
        "error: 2:66: `title` may be absent (hint: print it only inside {{#if title}}…{{/if}})\n",
    );
    check(
        "<p>{{money pricing.totals.total pricing.currency}}</p>",
        "error: 2:12: `pricing.totals.total` may be absent (hint: print it only inside {{#if pricing}}…{{/if}})\n\
         error: 2:33: `pricing.currency` may be absent (hint: print it only inside {{#if pricing}}…{{/if}})\n",
    );
    check(
        "<p class=\"{{offer.lang}}\">a</p>",
        "error: 2:13: `offer.lang` may be absent (hint: print it only inside {{#if offer.lang}}…{{/if}})\n",
    );
}

#[test]
fn what_prints() {
    check(
        "<p>{{offer.lede}}</p>",
        "error: 2:6: `offer.lede` may be absent (hint: print it only inside {{#if offer.lede}}…{{/if}})\n\
         error: 2:6: `offer.lede` is HTML: its tags would be printed (hint: write {{{offer.lede}}})\n",
    );
    check(
        "<p>{{{client.name}}}</p>",
        "error: 2:7: `client.name` is text, not HTML: it must be escaped (hint: write {{client.name}})\n",
    );
    check(
        "<p>{{&client.name}}</p>",
        "error: 2:7: `client.name` is text, not HTML: it must be escaped (hint: write {{client.name}})\n",
    );
    check(
        "{{#if offer.lede}}<p class=\"{{{offer.lede}}}\">a</p>{{/if}}",
        "error: 2:32: `offer.lede` is HTML: it cannot stand in an attribute or a title\n",
    );
    check(
        "<p>{{client}}</p>",
        "error: 2:6: `client` is a group of values: it cannot be printed \
         (hint: print one of its values, or enter it: {{#with client}}…{{/with}})\n",
    );
    check(
        "{{#if team}}<p>{{team}}</p>{{/if}}",
        "error: 2:18: `team` is a list: it cannot be printed (hint: go through it: {{#each team}}…{{/each}})\n",
    );
    check(
        "{{#with pricing}}<p>{{end_of_month}}</p>{{/with}}",
        "error: 2:23: `end_of_month` is true or false: it cannot be printed \
         (hint: ask for it: {{#if end_of_month}}…{{/if}})\n",
    );
    check(
        "<p>{{eq lang \"fr\"}}</p>",
        "error: 2:6: `eq` gives true or false: it cannot be printed (hint: ask: {{#if (eq …)}})\n",
    );
    check(
        "<p>{{{date proposal.date}}}</p>",
        "error: 2:7: `date` gives text, not HTML: it must be escaped (hint: write {{date …}})\n",
    );
    check(
        "<p>{{(len team)}}</p>",
        "error: 2:4: expected a path or a helper, found an expression in parentheses\n",
    );
    // a helper hides the value of its name
    check(
        "{{#with proposal}}<p>{{date}}</p>{{/with}}",
        "error: 2:24: `date` is a helper here, not the value of that name (hint: write {{this.date}})\n",
    );
}

#[test]
fn helpers() {
    check(
        "<p>{{monney 1 \"EUR\"}}</p>",
        "error: 2:6: unknown helper `monney` (hint: did you mean `money`?)\n",
    );
    check("<p>{{date}}</p>", "error: 2:6: `date` takes 1 argument (date), found 0\n");
    check("<p>{{money 1}}</p>", "error: 2:6: `money` takes 2 arguments (amount, currency), found 1\n");
    check(
        "<p>{{date client.name}}</p>",
        "error: 2:11: `date` expects a date as its date, found `client.name`, text\n",
    );
    check(
        "<p>{{date \"22/11/2026\"}}</p>",
        "error: 2:11: `date` expects a date as its date, found `\"22/11/2026\"`, text\n",
    );
    check(
        "<p>{{number client.name}}</p>",
        "error: 2:13: `number` expects an amount as its number, found `client.name`, text\n",
    );
    check("<p>{{date proposal.date long=1}}</p>", "error: 2:25: `date` takes no `long=`\n");
    check(
        "{{#if (gt client.name 1)}}<p>a</p>{{/if}}",
        "error: 2:11: `gt` expects a number as its a, found `client.name`, text\n",
    );
    check("{{#if (has contact)}}<p>a</p>{{/if}}", "error: 2:8: unknown helper `has`\n");
    check("<p>{{if contact}}</p>", "error: 2:6: `if` is a block: expected {{#if …}}…{{/if}}\n");
    check("{{#money 1}}a{{/money}}", "error: 2:4: unknown block `money`\n");
    check("{{#iff contact}}a{{/iff}}", "error: 2:4: unknown block `iff` (hint: did you mean `if`?)\n");
    check(
        "{{#contact}}a{{/contact}}",
        "error: 2:4: unknown block `contact` (hint: write {{#with contact}}…{{/with}})\n",
    );
    check("{{#if}}a{{/if}}", "error: 2:4: `if` takes 1 argument, found 0\n");
    check(
        "{{#each client.name}}a{{/each}}",
        "error: 2:9: `each` expects a list, found `client.name`, text\n",
    );
    check(
        "{{#with contact as |a b|}}<p>a</p>{{/with}}",
        "error: 2:4: `with` gives 1 block parameters at most, found 2\n",
    );
    check("<p>{{lookup client \"name\"}}</p>", "error: 2:6: unknown helper `lookup`\n");
}

#[test]
fn where_expressions_stand() {
    check("<{{lang}}>a</p>", "error: 2:2: the name of an HTML tag cannot be filled in\n");
    check("<h{{lang}}>a</h1>", "error: 2:3: the name of an HTML tag cannot be filled in\n");
    check(
        "<p {{lang}}>a</p>",
        "error: 2:4: an attribute's name cannot be filled in: expected name=\"{{…}}\"\n",
    );
    check(
        "<p class={{lang}}>a</p>",
        "error: 2:10: a value that is filled in needs quotes: expected name=\"{{…}}\"\n",
    );
    check(
        "{{#if contact}}<p class=\"a{{/if}}\">a</p>",
        "error: 2:27: this branch ends in another part of an HTML tag than it began in \
         (hint: put whole tags, whole attributes or parts of one quoted value into a block)\n",
    );
    check("<p class=\"a>a</p>", "error: 2:1: this tag is never closed with `>`\n");
    check("<p <b>a</b>", "error: 2:1: this tag is never closed with `>`\n");
    check("<!-- a", "error: 2:1: this comment is never closed with `-->`\n");
}

#[test]
fn partials() {
    let known = [("cover", "<p>{{client.nam}}</p>"), ("closing", "<div>{{> cover}}</div>")];
    let faults = |body: &str, partials: &[(&str, &str)]| {
        faults_of(sources(&page(body), partials)).replace("templates/partials/", "")
    };
    assert_eq!(
        faults("{{> covre}}", &known),
        "error: page.html.hbs:2:1: no partial `covre` (hint: did you mean `cover`?) \
         (hint: expected covre.html.hbs)\n"
    );
    // in the partial, however often it is included
    assert_eq!(
        faults("{{> cover}}{{> closing}}{{> cover}}", &known),
        "error: cover.html.hbs:1:6: unknown path `client.nam`: `client` has no `nam` (hint: did you mean `client.name`?)\n"
    );
    // a partial that is not included may be anything
    assert_eq!(faults("<p>a</p>", &[("other", "{{#if")]), "");
    // what a partial sees is its context, with what is named
    let item = [("item", "<p>{{label}} {{client.name}} {{{text}}}</p>")];
    assert_eq!(
        faults("{{#each method}}{{> item label=label client=../client}}{{/each}}", &item),
        "error: item.html.hbs:1:33: `text` may be absent (hint: print it only inside {{#if text}}…{{/if}})\n"
    );
    let item = [("item", "<p>{{label}}{{#if text}}{{{text}}}{{/if}}{{@index}}</p>")];
    assert_eq!(faults("{{#each method}}{{> item}}{{/each}}", &item), "");
    assert_eq!(faults("{{#each method}}{{> item this}}{{/each}}", &item), "");
    assert_eq!(
        faults("{{> item contact}}", &[("item", "<p>a</p>")]),
        "error: page.html.hbs:2:10: `contact` may be absent (hint: print it only inside {{#if contact}}…{{/if}})\n"
    );
    assert_eq!(
        faults("<p class=\"{{> item}}\">a</p>", &[("item", "<p>a</p>")]),
        "error: page.html.hbs:2:11: the partial `item` cannot stand in an attribute or a title\n"
    );
    // a cycle would overflow the stack
    let cycle = [("a", "<p>a</p>{{> b}}"), ("b", "{{#if contact}}{{> a}}{{/if}}")];
    assert_eq!(
        faults("{{> a}}", &cycle),
        "error: b.html.hbs:1:16: partials that include each other: a → b → a\n"
    );
    assert_eq!(
        faults("{{> a}}", &[("a", "{{> a}}")]),
        "error: a.html.hbs:1:1: partials that include each other: a → a\n"
    );
    assert_eq!(
        faults("{{> a}}", &[("a", "<p>{{x</p>")]),
        "error: a.html.hbs:1:4: this `{{` is never closed with `}}`\n"
    );
}

/// All the problems of a layout at once, each with its place.
#[test]
fn every_problem_is_reported() {
    check(
        "<p>{{clint.name}}</p>\n<p>{{dat proposal.date}}</p>\n{{#if contct}}\n<p>{{{client.name}}}</p>\n{{/if}}\n<dvi>a</dvi>",
        "error: 2:6: unknown path `clint.name` (hint: did you mean `client.name`?)\n\
         error: 3:6: unknown helper `dat` (hint: did you mean `date`?)\n\
         error: 4:7: unknown path `contct` (hint: did you mean `contact`?)\n\
         error: 5:7: `client.name` is text, not HTML: it must be escaped (hint: write {{client.name}})\n\
         error: 7:1: unknown element `<dvi>` (hint: did you mean `div`?)\n",
    );
}
