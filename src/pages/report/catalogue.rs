//! The words of a report, in every language. Words that other pages have too
//! are in `pages/catalogue.rs`, the closed words of records in `pages/closed.rs`.

use crate::audit::question::{DoesNotShow, PlaceCheck, Shows};
use crate::desk::Facet;
use crate::pages::catalogue::{catalogue, counted, phrases};
use crate::pages::language::Language;
use crate::pages::language::Language::{English, Russian};

counted! {
    entries_in_all: "entries" "entries", "запись" "записи" "записей";
    bytes_counted: "bytes" "bytes", "байт" "байта" "байт";
    audit_of_questions: "questions" "questions", "вопроса" "вопросов" "вопросов";
    pairs_not_comparable: "pair of values is not comparable by computing." "pairs of values are not comparable by computing.", "пару значений сравнить вычислением нельзя." "пары значений сравнить вычислением нельзя." "пар значений сравнить вычислением нельзя.";
    items_below: "items, listed below" "items, listed below", "пункт, перечислен ниже" "пункта, перечислены ниже" "пунктов, перечислены ниже";
    times: "time" "times", "раз" "раза" "раз";
    with_values: "value" "values", "значением" "разными значениями" "разными значениями";
}

catalogue! {
    quote_opens: "“", "«";
    quote_closes: "”", "»";
    audit_of_a_question: "Audit of a question", "Проверка вопроса";
    proof_not_whole: "Part of the proof does not hold; it is said at the question.", "Подтверждение отчасти нарушено; об этом сказано при вопросе.";
    asked_for: "Asked for", "Запрошено";
    made_on: "Made", "Составлено";
    state_label: "State", "Состояние";
    facet_head: "Facet", "О чём";
    it_asks: ": it asks ", ": спрашивается, ";
    answer_is: ". An answer is ", ". Ответ на него — ";
    interpretation: "interpretation", "толкование";
    not_like_a_fact: ", and cannot be checked like a fact", "; проверить его, как факт, нельзя";
    event_head: "Event", "Событие";
    about_head: "About", "Касается";
    wording_head: "Wording", "Формулировка";
    address_head: "Address", "Адрес";
    worded_by: "of ", "";
    recorded_by: ", recorded by ", "; записано: ";
    worded_by_nobody: "of nobody named", "чья она, не названо";
    never_reworded: "; never reworded", "; не менялась";

    part_not_held: "Not held", "Не хранится";
    part_told: "What is told", "Что рассказано";
    part_compared: "Compared", "Сравнение";
    part_origins: "Origins", "Истоки";
    part_searched: "Looked for", "Что искали";
    part_custody: "Custody", "Хранение текстов";
    part_provenance: "Provenance", "Происхождение";
    part_by_hand: "Check by hand", "Проверка вручную";
    part_shows: "What this is", "Что это такое";
    part_broken: "Broken", "Нарушено";

    printed_from: "Printed from the log at ", "По журналу, в котором ";
    printed_on: " on ", ", ";
    printed_by: " by variorum. This page is one file; it holds no script and asks nothing of any network.", ", напечатано программой variorum. Эта страница — один файл: в ней нет скрипта, и она ничего не запрашивает по сети.";

    no_claim_to_check: "There is no claim to check.", "Проверять нечего: утверждений нет.";
    by_hand_in: "In the archive as plain files (", "В архиве, выгруженном обычными файлами (";
    by_hand_how: " or a clone of it). The first claim is taken as example; every other is checked alike, by the digests that stand with it. A record’s file is named by its sha256.", ", или в его клоне). Для примера взято первое утверждение; всякое другое проверяется так же, по хешам, которые при нём стоят. Файл записи назван по её SHA-256.";

    two_values_missing: "There are no two values to compare.", "Двух значений, которые можно сравнить, нет.";
    pairs_caption: "The program says that values differ; a person says how.", "Что значения расходятся, говорит программа; в чём расходятся, говорит человек.";
    one_says: "One says", "Одни говорят";
    other_says: "The other says", "Другие говорят";
    computed: "Computed", "Вычислено";
    nobody_said: "nobody said", "никто не сказал";
    and_not_examined: "; not examined: ", "; не исследовано: ";
    no_items: "none", "нет";
    dependence_found: "Dependence found", "Найденная зависимость";
    not_examined_label: "Not examined", "Не исследовано";
    one_origin: "A person who tells it five times is one origin, and so is a text with its copies. ", "Рассказавший об этом пять раз — один исток; так же и текст со своими копиями. ";
    told_by: "Told by: ", "Рассказывают: ";

    proof_broken: "The proof does not hold.", "Подтверждение нарушено.";
    proof_but_here: " What follows stands as recorded, except here:", " Всё дальнейшее стоит так, как записано, кроме одного:";
    nothing_missing: "Of what this question rests on, nothing is recorded as missing here.", "Из того, на чём основан этот вопрос, ничего не записано как отсутствующее.";
    of_evidence: " (evidence)", " (доказательство)";
    copy_at_hand: "a copy was at hand for this audit; its bytes were read and have the recorded digest", "для этой проверки была копия; её байты прочитаны, и хеш у них тот, что записан";
    not_at_hand: "its bytes were not at hand: places are known by digest, the words are not shown", "байтов текста не было: места известны по хешам, слова не показаны";
    no_text_cited: "No text is cited.", "Ни один текст не приведён.";
    text_head: "Text", "Текст";
    bytes_match: "bytes read and hashed for this audit: they match", "байты прочитаны для этой проверки, хеш сошёлся";
    bytes_absent: "bytes not at hand for this audit", "байтов для этой проверки не было";
    sha256_head: "Sha256", "SHA-256";
    not_published: "not published", "не публикуется";
    not_stated: "not stated", "не указано";
    since_head: "Since", "С тех пор";
    not_changed: "not changed since", "текст не менялся";

    no_search: "No search is recorded: that something is not here was not looked into.", "Поиск не записан: нет ли здесь чего-либо, не проверяли.";
    looked_in: " in ", " в ";
    in_reading: ", in the reading text", ", в тексте для чтения";
    in_bytes: ", in the bytes as stored", ", в байтах, как они хранятся";
    looked_by: ", by ", ", искали ";
    hits_none: "not found", "не найдено";
    missed: ". May have been missed: ", ". Могло быть упущено: ";
    no_judgement: "Nobody has judged this question or its claims.", "Этот вопрос и его утверждения никто не оценивал.";
    judged_by: ", by ", ", оценка: ";
    judged_of: "Of ", "О чём: ";

    words_absent: "The words are not supplied here.", "Самих слов здесь нет.";
    within_part: ", in ", ", в ";
    passage_sha256: "Passage sha256", "SHA-256 отрывка";
    passage_unpublished: "Passage digest not published", "Хеш отрывка не публикуется";

    provenance_why: "From the question to the claims, to the words they stand on, to the texts that hold these, and to the log that dates it all.", "От вопроса к утверждениям, к словам, на которых они стоят, к текстам с этими словами и к журналу, который всё это датирует.";
    list_says_same: " The list below says the same as the drawing.", " Список под схемой говорит то же, что она.";
    sha256_of: ", sha256 ", ", SHA-256 ";
    digest_unpublished: "digest not published", "хеш не публикуется";
    in_passage: "In the passage with sha256 ", "В отрывке с SHA-256 ";
    in_passage_unpublished: "In a passage whose digest is not published", "В отрывке, хеш которого не публикуется";
    in_text: ", in the text ", ", в тексте ";
    root_of: ", root ", ", корень ";
    root_after: "; root ", "; корень ";
    signed_head: ". Its signed head:", ". Его подписанная голова:";

    question_word: "Question", "Вопрос";
    column_claims: "Claims", "Утверждения";
    column_words: "Words", "Слова";
    column_texts: "Texts", "Тексты";
    node_read: "read", "прочитан";
    node_absent: "not supplied", "текста нет";
    node_broken: "BROKEN: not there", "НАРУШЕНО: не там";
    node_unpublished: "passage not published", "хеш не публикуется";
    node_signed: "signed", "подписан";
    and_between: " and ", " и ";
    drawing_lines: "Every claim is an entry of the log, too. A broken line leads to a claim that speaks against its value, a dotted one to a claim that leaves the question open.", "Каждое утверждение — тоже запись журнала. Штриховая линия ведёт к утверждению, которое говорит против своего значения, пунктирная — к тому, которое оставляет вопрос открытым.";
    lines_from_question: "From the question lines lead to its claims. ", "От вопроса линии ведут к его утверждениям. ";

    nobody_tells: "No text here says anything to this question. What was looked for stands below.", "Ни один из здешних текстов на этот вопрос не отвечает. Что искали, сказано ниже.";
    told_order: "Values stand in the order in which each was first told, and so do the claims under them; numbers follow that order and rank nothing. What a claim says is its recorder’s reading of the words beside it. A quotation gives whole lines, and may begin or end within a sentence. Dates stand as told, then in brackets as EDTF (ISO 8601-2): ", "Значения стоят в том порядке, в каком каждое впервые рассказано, и так же стоят под ними утверждения; номера следуют этому порядку и никого не ставят выше. Утверждение — это слова, стоящие рядом, как их прочёл тот, кто его записал. Цитата состоит из целых строк и может начаться или оборваться посреди предложения. Даты даны так, как рассказаны, затем в скобках по EDTF (ISO 8601-2): ";
    edtf_about: " about, ", " — около, ";
    edtf_uncertain: " uncertain, ", " — под сомнением, ";
    edtf_not_told: " a digit not told, ", " — цифра не названа, ";
    edtf_from_to: " from and to.", " — от и до.";
    as_modality: ", as ", ", как ";
    asked_claim: "This is the claim that was asked for.", "Это то утверждение, о котором спрашивали.";
    telling_undated: "; when it was told is not recorded", "; когда рассказано, не записано";
    known_by_own_word: ". How known, by the teller’s own word: ", ". Откуда известно, по словам самого рассказчика: ";
    rests_on: "Rests on", "Опирается на";
    came_down: "Came down", "Как дошло";
    words_head: "Words", "Слова";
    questioned: "Questioned", "Под вопросом";
    record_head: "Record", "Запись";
    dated: ", dated ", ", дата ";
    record_sha256: "; sha256 ", "; SHA-256 ";
    cite_as: "Cite as", "Ссылаться так";
    says_that: " says that ", " передаёт, что это сказал(а) ";
    said_it: " said it", "";
    way_not_said: " (by what way is not said)", " (каким путём, не сказано)";
    ink: "Ink", "Подпись";
    in_capacity: ", as ", ", в качестве: ";
    reservation: "; reservation: ", "; оговорка: ";
    attribution_unread: "not told: the text was not read", "не сказано: текст не прочитан";
    came_with: "came with ", "появились в ";
    first_by_comparison: "by comparison first in ", "по сравнению, впервые в ";
    later_in: "; in ", "; в ";
    by_comparison: ", by comparison", ", по сравнению";

    told_by_nobody: "Nobody tells it here.", "Здесь об этом никто не рассказывает.";
    told_once: "Told once.", "Рассказано один раз.";
    in_own_words: "in own words", "своими словами";
    by_document: "by way of a document", "через документ";
}

phrases! {
    title_of_audit(title): "{title} – audit", "{title} — проверка";
    questions_about(address): "Questions about {address}", "Вопросы по адресу {address}";
    audit_of(questions): "Audit of {questions}", "Проверка {questions}";
    question_of(n, of): "Question {n} of {of}", "Вопрос {n} из {of}";
    entry_of_log(n): "entry {n} of the log", "запись {n} журнала";
    entry(n): "entry {n}", "запись {n}";
    claim_numbered(n): "Claim {n}", "Утверждение {n}";
    claim_inline(n): "claim {n}", "утверждение {n}";
    bytes_from_to(a, b): "bytes {a}–{b}", "байты {a}–{b}";
    one_line(n): "line {n}", "строка {n}";
    several_lines(a, b): "lines {a}–{b}", "строки {a}–{b}";
    printed_page(n): "printed page {n}", "печатная страница {n}";
    at_most(n): "At most {n}; dependence found: ", "Не более {n}; найденная зависимость: ";
    prints(digest): "prints {digest}", "печатает {digest}";
    lines_as_cited(revision): "the lines of {revision} as cited", "строки {revision}, как приведены";
    in_passage_with(digest): "in the passage with sha256 {digest}", "в отрывке с SHA-256 {digest}";
    provenance_of(first, last): "Provenance of claims {first} to {last}", "Происхождение утверждений с {first} по {last}";
    drawing_of(n, of): "Drawing {n} of {of}. ", "Схема {n} из {of}. ";
    claim_stands_on(n, teller, places): "Claim {n}, {teller}, stands on {places}. ", "Утверждение {n}, {teller}, стоит на {places}. ";
    places_stand_in(texts): "These places stand in {texts}, ", "Эти места стоят в {texts}; ";
    recorded_in_log(entries): "recorded in the log of {entries}.", "всё записано в журнале, в котором {entries}.";
    node_passage(digest): "passage {digest}…", "отрывок {digest}…";
    told_same(times): "Told {times}, always with the same value.", "Рассказано {times}, всегда с одним и тем же значением.";
    told_together(times, values): "Told {times} with {values}; all of it can be so together.", "Рассказано {times}, с {values}; всё это может быть верно вместе.";
    told_differing(times, values): "Told {times} with {values}, of which some cannot both be so.", "Рассказано {times}, с {values}; некоторые из них не могут быть верны вместе.";
    told_not_comparable(times, values): "Told {times} with {values}, which cannot be compared by computing.", "Рассказано {times}, с {values}; сравнить их вычислением нельзя.";
    state_assessed(told, outcomes): "{told} Assessed: {outcomes}.", "{told} Оценено: {outcomes}.";
    value_against(value): "Not: {value}", "Не: {value}";
    value_open(value): "Left open: {value}", "Оставлено открытым: {value}";
    side_against(value): "not: {value}", "не: {value}";
    side_open(value): "open: {value}", "открыто: {value}";
    by_document_through(by): "by way of a document, through {by}", "через документ, в передаче: {by}";
    as_reported_by(by): "as reported by {by}", "в передаче: {by}";
    told_when(when): "told {when}", "рассказано: {when}";
    told_as_part(when): "told {when} (date of the part)", "рассказано: {when} (дата части)";
    told_as_source(when): "told {when} (date of the source)", "рассказано: {when} (дата источника)";
    retold(teller, times): "{teller} tells it {times}: one witness", "{teller} рассказывает об этом {times}: один свидетель";
    known_as_reported(teller, by): "{teller} is known here only as {by} reports", "{teller}: слова известны здесь только в передаче ({by})";
    two_tellers(a, b): "{a} and {b}", "{a} и {b}";
    wording_known(known): "which wording it bears: known: {known}", "известно ли, какой на нём текст: {known}";
}

/// Sentences whose number or word decides how they are said.
impl Language {
    /// What a question of this facet asks.
    pub(super) fn asks(self, facet: &str) -> &'static str {
        let Some(facet) = Facet::ALL.iter().find(|f| f.word() == facet) else {
            return match self {
                English => "as worded",
                Russian => "как сказано в нём самом",
            };
        };
        let (english, russian) = match facet {
            Facet::Existence => ("whether there was such a thing", "было ли это"),
            Facet::Identity => {
                ("whether two things or persons are one", "одно ли это лицо или одна ли вещь")
            }
            Facet::Date => ("when", "когда"),
            Facet::Place => ("where", "где"),
            Facet::Actor => ("who", "кто"),
            Facet::Number => ("how many", "сколько"),
            Facet::Wording => ("what the words were", "какими были слова"),
            Facet::Said => ("whether somebody said so", "говорил ли это кто-либо"),
            Facet::Signature => ("whether and how it was signed", "подписано ли и как"),
            Facet::Capacity => ("in what capacity somebody acted", "в каком качестве действовали"),
            Facet::Authorship => ("who wrote it", "кто это написал"),
            Facet::Transmission => ("how it came down", "каким путём это дошло"),
            Facet::Effect => ("what force or effect it had", "какую силу или действие это имело"),
            Facet::Blame => ("whose fault it was", "чья это вина"),
            Facet::Motive => ("why somebody did it", "почему так поступили"),
            Facet::Meaning => ("what it meant", "что это значило"),
        };
        match self {
            English => english,
            Russian => russian,
        }
    }

    /// How often it is told.
    pub(super) fn told_times(self, n: usize) -> String {
        match (self, n) {
            (English, 1) => "once".into(),
            (English, 2) => "twice".into(),
            (_, n) => self.times(n),
        }
    }

    /// How often a question was worded anew.
    pub(super) fn reworded(self, n: usize) -> String {
        match (self, n) {
            (_, 0) => self.never_reworded().into(),
            (English, 1) => "; reworded once".into(),
            (English, n) => format!("; reworded {n} times"),
            (Russian, n) => format!("; изменена {}", self.times(n)),
        }
    }

    /// How often a text was changed since.
    pub(super) fn changed_since_then(self, n: usize) -> String {
        match (self, n) {
            (_, 0) => self.not_changed().into(),
            (English, 1) => "changed once since; the newer text stands beside this one".into(),
            (English, n) => {
                format!("changed {n} times since; the newer texts stand beside this one")
            }
            (Russian, 1) => "текст изменён 1 раз; новый стоит рядом с этим".into(),
            (Russian, n) => {
                format!("текст изменён {}; новые стоят рядом с этим", self.times(n))
            }
        }
    }

    /// How often something was found.
    pub(super) fn hits(self, n: u64) -> String {
        match (self, n) {
            (_, 0) => self.hits_none().into(),
            (English, 1) => "found once".into(),
            (English, n) => format!("found {n} times"),
            (Russian, n) => {
                format!("найдено {}", self.times(usize::try_from(n).unwrap_or(usize::MAX)))
            }
        }
    }

    /// Pairs that are left out of the table.
    pub(super) fn pairs_left(self, n: usize) -> String {
        match (self, n) {
            (English, 1) => "One pair of values is not comparable by computing.".into(),
            _ => self.pairs_not_comparable(n),
        }
    }

    /// What was checked of a place.
    pub(super) fn checked(self, check: PlaceCheck) -> &'static str {
        match (self, check) {
            (English, PlaceCheck::Matches) => "read and hashed for this audit: it stands there",
            (English, PlaceCheck::NotSupplied) => {
                "not read: the text is not supplied here, its digests are"
            }
            (English, PlaceCheck::Broken) => "BROKEN: it does not stand where the record says",
            (Russian, PlaceCheck::Matches) => {
                "прочитано для этой проверки, хеш сошёлся: слова стоят там"
            }
            (Russian, PlaceCheck::NotSupplied) => {
                "не прочитано: самого текста здесь нет, есть его хеши"
            }
            (Russian, PlaceCheck::Broken) => "НАРУШЕНО: слова стоят не там, где сказано в записи",
        }
    }

    /// The same in short.
    pub(super) fn found(self, check: PlaceCheck) -> &'static str {
        match (self, check) {
            (English, PlaceCheck::Matches) => "read, it stands there",
            (English, PlaceCheck::NotSupplied) => "not read",
            (English, PlaceCheck::Broken) => "BROKEN, not there",
            (Russian, PlaceCheck::Matches) => "прочитаны, стоят там",
            (Russian, PlaceCheck::NotSupplied) => "не прочитаны",
            (Russian, PlaceCheck::Broken) => "НАРУШЕНО, не там",
        }
    }

    /// What an audit shows.
    pub(super) fn audit_shows(self, shows: Shows) -> String {
        match (self, shows) {
            (English, shows) => shows.to_string(),
            (Russian, Shows::NoClaim) => "что на этот вопрос здесь не записано ни одного утверждения".into(),
            (Russian, Shows::Broken) => {
                "что подтверждение нарушено там, где это сказано; остальное стоит, как записано".into()
            }
            (Russian, Shows::Read) => {
                "кто, что, где и когда говорит, как это записано в журнале; приведённые слова стоят в текстах, байты которых сейчас прочитаны и сверены с хешами".into()
            }
            (Russian, Shows::Digests) => {
                "кто, что, где и когда говорит, как это записано в журнале; приведённые слова стоят на указанных местах текстов, известных по хешам".into()
            }
        }
    }

    /// What it does not show.
    pub(super) fn audit_does_not_show(self, not: DoesNotShow) -> String {
        let words = match not.words {
            true => "; каковы сами слова там, где текста здесь нет",
            false => "",
        };
        match self {
            English => not.to_string(),
            Russian => format!(
                "что сказанное истинно; что документы подлинны; что тексты верны печатным; что больше никто ничего не говорил{words}"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::catalogue::said_in_every_language;

    #[test]
    fn every_word_is_said_in_every_language() {
        // Pieces of a sentence that Russian says with another piece, and marks.
        let others =
            ["worded_by", "said_it", "printed_on", "sha256_head", "quote_opens", "quote_closes"];
        let hashes = ["sha256_of", "record_sha256"];
        said_in_every_language(ALL.iter().chain(PHRASES), &[&others[..], &hashes].concat());
        for facet in Facet::ALL {
            assert_ne!(English.asks(facet.word()), Russian.asks(facet.word()));
        }
    }
}
