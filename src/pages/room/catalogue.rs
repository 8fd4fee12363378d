//! Every word that the reading room says of itself, in every language. Words
//! that other pages have too are in `pages/catalogue.rs`, the closed words of
//! records in `pages/closed.rs`.

use crate::desk::Speaker;
use crate::pages::catalogue::{catalogue, counted};
use crate::pages::language::Language;
use crate::pages::language::Language::{English, Russian};

counted! {
    replies: "reply" "replies", "отклик" "отклика" "откликов";
    entries: "entry" "entries", "запись" "записи" "записей";
    questions_counted: "question" "questions", "вопрос" "вопроса" "вопросов";
    revisions_counted: "revision" "revisions", "редакция" "редакции" "редакций";
    evidence_counted: "piece of evidence" "pieces of evidence", "доказательство" "доказательства" "доказательств";
}

catalogue! {
    skip: "Skip to the text", "К тексту";
    site_navigation: "Parts of this archive", "Разделы архива";
    home: "Archive", "Архив";
    texts: "Texts", "Тексты";
    events: "Events", "События";
    questions: "Questions", "Вопросы";
    timeline: "Timeline", "Хронология";
    people: "People", "Лица";
    search: "Search", "Поиск";
    word_index: "Index", "Указатель";
    checkpoint: "Checkpoint", "Контрольная запись";
    feed: "Feed (Atom)", "Лента (Atom)";
    invited: "The author asks for corrections, even challenging ones. Open a text, choose a passage, and say what you know.", "Автор просит о поправках, в том числе спорящих с ним. Откройте текст, выберите место и расскажите, что знаете.";
    not_held: "Not held here", "Здесь не хранится";
    not_held_why: "What is missing comes before what is here. Of these the archive knows, but has no words that you could read.", "Отсутствующее названо прежде имеющегося. Об этих текстах архиву известно, но читать здесь нечего.";
    held: "Held here", "Хранится здесь";
    newest_replies: "Last replies", "Последние отклики";
    no_replies: "Nobody has replied yet.", "Откликов пока нет.";
    no_replies_here: "Nobody has replied to these words.", "На эти слова никто не откликнулся.";
    none_here: "There is nothing of this kind in this archive.", "В этом архиве такого нет.";
    date: "Date", "Дата";
    language: "Language", "Язык";
    kind: "Kind", "Вид";
    siglum: "Siglum", "Сигл";
    editions: "Revisions", "Редакции";
    edition: "Revision", "Редакция";
    editions_why: "None of these is the right one by default. Each stays readable and can be cited for ever.", "Ни одна из них не считается верной сама по себе. Каждая остаётся доступной, и на каждую можно ссылаться.";
    read_newest: "Read the newest revision", "Читать новейшую редакцию";
    read_this: "Read this revision", "Читать эту редакцию";
    what_changed: "What was changed, by whom, and why", "Что изменено, кем и почему";
    compare_editions: "Word by word", "Слово за словом";
    compare_all: "All whole editions side by side", "Все полные редакции рядом";
    lines: "lines", "строки";
    pages: "pages", "страницы";
    page: "page", "страница";
    chapter: "Chapter", "Глава";
    previous: "Before", "Назад";
    next: "Next", "Далее";
    shown_as: "Show", "Показать";
    text_only: "text only", "только текст";
    with_notes: "with notes", "с примечаниями";
    all_revisions: "all wordings", "все редакции слов";
    formerly: "formerly", "прежде";
    passage: "Passage", "Место";
    in_context: "In its chapter", "В главе";
    reply_here: "Reply to this passage", "Откликнуться на это место";
    reply_short: "Reply", "Отклик";
    cite_why: "Whoever has these bytes can check it with sha256sum.", "Кто имеет эти байты, может проверить ссылку программой sha256sum.";
    who_wrote: "Who wrote these words", "Кто написал эти слова";
    recorded_why: "Recorded: the change itself is in the archive.", "Записано: само изменение хранится в архиве.";
    words_history: "What stood here before", "Что стояло здесь раньше";
    words_history_why: "Changes that revisions made to these words, the newest first. What is gone with the words around it is told on the pages of the revisions only.", "Изменения этих слов по редакциям, сначала новейшие. О том, что исчезло вместе с окружением, говорят только страницы редакций.";
    never_changed: "No change to these words is known; they stand so since", "Изменений этих слов не известно; так они стоят с редакции";
    first_text_here: "The first text: what stands before all these changes.", "Первый текст: то, что стояло до всех этих изменений.";
    not_compared: "Not compared with the one before, since the words are not supplied", "Не сравнивались с предыдущей, так как слова не предоставлены";
    inferred_why: "Inferred: two whole texts were compared.", "Выведено: сравнены два целых текста.";
    written_in: "written in", "написано в";
    first_present: "first present in", "впервые есть в";
    proposed_in: "proposed in", "предложено в";
    said_about: "What others say about it", "Что об этом говорят другие";
    asked_about: "Asked about it", "Вопросы об этом";
    text_says: "What the text says", "Что сказано в тексте";
    you_say: "What you say", "Что скажете вы";
    you_say_hint: "What is wrong or missing, and what happened instead. A sentence is enough.", "Что неверно или пропущено и как было на самом деле. Довольно одной фразы.";
    should_read: "The words that should stand there instead, if you propose any", "Слова, которые должны там стоять, если вы их предлагаете";
    how_you_know: "How you know", "Откуда вы это знаете";
    how_hint: "For instance: I sat at the table that evening.", "Например: я сидел в тот вечер за столом.";
    evidence: "Evidence", "Доказательства";
    evidence_hint: "Files that show it. They are kept as they are, and given out as downloads only.", "Файлы, которые это показывают. Хранятся как есть и выдаются только для загрузки.";
    evidence_later: "What you could show or send, in words", "Что вы могли бы показать или прислать — словами";
    your_name: "Your name or a pseudonym, as it is to be shown", "Ваше имя или псевдоним для показа";
    hide_name: "Keep my name from being shown", "Не показывать моё имя";
    your_contact: "E-mail, for questions only; never published", "Электронная почта, только для вопросов; не публикуется";
    what_sort: "What it is", "Что это";
    reply_why: "Your words will stand beside the text, under your name if you wish. They are never changed. Whether the text is changed is decided apart, and the reason is published.", "Ваши слова встанут рядом с текстом, под вашим именем, если пожелаете. Их никогда не изменят. Менять ли текст, решается отдельно, и причина публикуется.";
    send: "Send", "Отправить";
    for_editors: "For editors", "Редакторам";
    ask_of_words: "ask a question about these words", "задать вопрос об этих словах";
    claim_of_words: "enter what they claim", "записать, что они утверждают";
    select_words: "Select words above first, if not all of them are meant.", "Если речь не обо всех словах, сначала выделите нужные выше.";
    send_mail: "Write it as an e-mail", "Написать письмом";
    send_file: "Save it as a text file", "Сохранить текстовым файлом";
    no_server: "This page was not sent by a server, so it cannot take your reply itself.", "Эта страница не с сервера и сама принять отклик не может.";
    no_server_how: "Fill in the form below in an e-mail or a text file, and send it to the editor. You get a receipt that proves that you said it.", "Заполните форму ниже в письме или текстовом файле и пришлите редактору. Вы получите расписку, доказывающую, что вы это сказали.";
    the_form: "The form", "Форма";
    copy: "Copy", "Скопировать";
    copied: "Copied", "Скопировано";
    waits: "waits for an answer", "ждёт ответа";
    answer: "Answer", "Ответ";
    reason: "Reason", "Причина";
    receipt: "Receipt", "Расписка";
    receipt_why: "Keep this file: it proves that the archive received these words at this time, without the archive’s help.", "Сохраните этот файл: он и без архива доказывает, что архив получил эти слова в это время.";
    written_to: "Written to", "Написано к";
    no_name: "without a name", "без имени";
    says: "Says", "Говорит";
    proposes: "Proposes", "Предлагает";
    was: "was", "было";
    now: "now", "стало";
    why: "why", "почему";
    who: "who", "кто";
    since: "since", "с";
    moved_here: "moved here", "перенесено сюда";
    restored: "restored", "восстановлено";
    only_layout: "layout only", "только вид";
    nothing: "(nothing)", "(ничего)";
    came_whole: "This revision came as a whole text; what differs was found by comparing.", "Эта редакция поступила целым текстом; различия найдены сравнением.";
    first_text: "The first text; nothing was changed in it.", "Первый текст; в нём ничего не изменено.";
    has_no_place: "Its words do not stand in this revision.", "Этих слов в данной редакции нет.";
    to_the_whole: "To the text as a whole", "К тексту в целом";
    withheld_words: "These words were withheld.", "Эти слова изъяты.";
    accounts: "Accounts", "Рассказы";
    side_by_side: "Side by side", "Рядом";
    silent_are: "Silent", "Молчат";
    how_you_know_of: "how known", "откуда известно";
    told: "told", "рассказано";
    event_why: "An event is a name under which accounts are kept together. It says nothing by itself, not even that it happened.", "Событие — имя, под которым собраны рассказы. Само оно ничего не утверждает, даже того, что оно было.";
    also_called: "Also called", "Иначе";
    within_event: "Part of", "Часть";
    not_dated: "Without a date that can be put in order", "Без даты, которую можно поставить в ряд";
    bars_from_to: "The bars run over", "Полосы охватывают";
    timeline_why: "Dates as texts tell them, in the order of what they tell; a bar is as wide as what is left open. Nothing is decided.", "Даты, как их называют тексты, по порядку названного; полоса тем шире, чем больше оставлено открытым. Ничего не решается.";
    inbox_why: "Every reply that was received, with its answer. None is left out; a decline is published with its reason.", "Все полученные отклики с ответами. Ни один не опущен; отказ публикуется вместе с причиной.";
    log_why: "Every change, the newest first. Nothing is ever taken out of this list; who holds an older checkpoint can prove it.", "Все изменения, новейшие сверху. Из списка ничего не удаляют; у кого есть старая контрольная запись, тот может это доказать.";
    older: "Older", "Раньше";
    newer: "Newer", "Позже";
    people_why: "Names as recorded. Whether two names mean one person is a question like any other.", "Имена, как они записаны. Одно ли лицо скрыто за двумя именами — такой же вопрос, как другие.";
    editor: "editor", "редактор";
    search_why: "Words or a whole phrase; accents and capitals do not matter.", "Слова или целая фраза; ударения и прописные не важны.";
    search_what: "Words to look for", "Искомые слова";
    search_no_script: "Searching needs the page’s own script, which is not running. The index lists names and where they stand.", "Для поиска нужен скрипт этой страницы, а он не работает. В указателе есть имена и места.";
    search_none: "Not found in the newest revisions of the texts held here.", "Не найдено в новейших редакциях хранимых здесь текстов.";
    search_more: "and more; add words", "и ещё; добавьте слов";
    index_why: "Names in the newest revision of each text: words with a capital inside a sentence.", "Имена в новейшей редакции каждого текста: слова с прописной буквы внутри предложения.";
    checkpoint_why: "The head of the log, signed by the archive. Who keeps it can detect later whether anything was rewritten, dropped or rolled back.", "Голова журнала, подписанная архивом. Сохранивший её заметит потом, если что-либо переписали, убрали или откатили.";
    does_not_show_what: "That the text agrees with print, that a document is genuine, or that a statement is true, where nobody examined it.", "Что текст верен печатному, что документ подлинный или что утверждение истинно, если этого никто не проверял.";
    shows_what: "That exactly these bytes were received, when, and what was done with them.", "Что получены именно эти байты, когда, и что с ними сделано.";
    made_from: "Made from the log at", "Составлено по журналу из";
    no_outside: "This site asks nothing of any other.", "Этот сайт ни к кому не обращается.";
    private_text: "A private text: its words are not published.", "Частный текст: слова не публикуются.";
    not_supplied: "The text is not supplied with this archive; who owns it can attach it.", "Текст с этим архивом не поставляется; владелец может присоединить его.";
    several_newest: "It has several newest revisions.", "У него несколько новейших редакций.";
    not_found_title: "There is no such page", "Такой страницы нет";
    not_found: "The address names nothing in this archive. It may have been copied in part.", "Адрес ничего в этом архиве не называет. Возможно, он скопирован не целиком.";
    score: "words found again", "слов найдено";
    changed_since: "its words were changed since", "слова с тех пор изменены";
    moved_edition: "found by its words in this edition", "найдено по словам в этой редакции";
    damaged: "less than half of its words are left", "осталось меньше половины слов";
    replies_to_it: "Replies to this reply", "Отклики на этот отклик";
}

impl Language {
    /// Who speaks, and in whose voice.
    pub(super) fn speaker(self, s: &Speaker) -> String {
        match (self, s.voice.as_str(), &s.by) {
            (English, ..) => s.to_string(),
            (Russian, "direct", _) => s.teller.clone(),
            (Russian, "via document", Some(by)) => {
                format!("{}, через документ, в передаче: {by}", s.teller)
            }
            (Russian, "via document", None) => format!("{}, через документ", s.teller),
            (Russian, _, Some(by)) => format!("{}, в передаче: {by}", s.teller),
            (Russian, _, None) => format!("{}, в чужой передаче", s.teller),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::catalogue::said_in_every_language;

    #[test]
    fn every_word_is_said_in_every_language() {
        said_in_every_language(ALL, &["other_language"]);
    }
}
