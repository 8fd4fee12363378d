//! The words of the forms, in every language of the room. Words that the room
//! has too are in its own catalogue or in `pages/catalogue.rs`.

use crate::desk::SignKind;
use crate::pages::catalogue::{catalogue, counted};
use crate::pages::language::Language;
use crate::pages::language::Language::{English, Russian};

counted! {
    more_groups: "more group waits; it comes up as these are answered" "more groups wait; they come up as these are answered", "группа ждёт ещё; она появится, когда ответите на эти" "группы ждут ещё; они появятся, когда ответите на эти" "групп ждут ещё; они появятся, когда ответите на эти";
    discarded_counted: "reply was discarded since the archive began" "replies were discarded since the archive began", "отклик отброшен с начала архива" "отклика отброшены с начала архива" "откликов отброшено с начала архива";
    errors_counted: "thing has to be mended before this can be sent" "things have to be mended before this can be sent", "место надо исправить, прежде чем отправить" "места надо исправить, прежде чем отправить" "мест надо исправить, прежде чем отправить";
}

catalogue! {
    error_title: "Not sent yet", "Ещё не отправлено";
    required: "required", "обязательно";
    optional_why: "Only what you say is required. Everything else may stay empty.", "Обязательно только то, что вы говорите. Остальное можно не заполнять.";
    reply_to: "Reply to", "Отклик на";
    at_label: "Place in the archive", "Место в архиве";
    at_hint: "As the page of a passage names it: M@2:164-170. Empty: the words below are looked for in every text.", "Как его называет страница места: M@2:164-170. Если пусто, слова ниже ищутся во всех текстах.";
    quote_hint: "The words that you answer, as they stand there. Shorten them to the ones that matter.", "Слова, на которые вы отвечаете, как они там стоят. Сократите до тех, о которых речь.";
    gap_label: "Something is missing after these words", "После этих слов что-то пропущено";
    sort_unsaid: "told from what I wrote", "по написанному";
    grounds_label: "In your own words", "Своими словами";
    more_about_you: "Who you are", "Кто вы";
    name_hint: "A pseudonym is as welcome. Without one your reply stands there without a name.", "Псевдоним так же хорош. Без имени отклик будет безымянным.";
    hide_name_hint: "Then it is kept for the editor alone, apart from the archive.", "Тогда его хранят только для редактора, отдельно от архива.";
    contact_hint: "Kept apart from the archive, for the editor alone.", "Хранится отдельно от архива, только для редактора.";
    reply_language: "Language of your reply", "Язык отклика";
    language_hint: "A tag like en, ru, vi.", "Метка вроде en, ru, vi.";
    promised_hint: "One a line.", "По одному в строке.";
    leave_empty: "Leave this field empty", "Оставьте это поле пустым";
    files_kept: "These files came already and need not be chosen again:", "Эти файлы уже получены, выбирать их снова не надо:";
    others_title: "Others have said something about these words", "Об этих словах уже говорили другие";
    others_why: "Nothing has been sent yet. Look whether one of these says what you would say; your own words are as welcome.", "Пока ничего не отправлено. Посмотрите, не сказано ли уже то, что хотите сказать вы; ваши слова так же нужны.";
    proposes_same: "proposes the same words", "предлагает те же слова";
    proposes_near: "proposes nearly the same words", "предлагает почти те же слова";
    send_mine: "Send mine all the same, as a reply of its own", "Всё равно отправить мой, отдельным откликом";
    send_as: "Send mine as support of", "Отправить мой в поддержку";
    your_choice: "What is to become of your reply", "Как поступить с вашим откликом";
    change_mine: "Change what I wrote", "Изменить написанное";
    sent_title: "Received", "Получено";
    sent_why: "Your reply is in the archive for good. Nobody, not even the archive, can change or drop it unseen.", "Ваш отклик навсегда в архиве. Никто, даже сам архив, не сможет незаметно изменить или убрать его.";
    get_receipt: "Save the receipt", "Сохранить расписку";
    check_receipt: "This checks it, with a copy of the archive or without any:", "Так её проверить, с копией архива или без неё:";
    what_recorded: "What was recorded", "Что записано";
    next_steps: "What happens now", "Что будет дальше";
    next_steps_why: "An editor answers it with a reason, and the answer is published with it. You can answer the answer.", "Редактор ответит и назовёт причину; ответ публикуется вместе с откликом. На ответ можно ответить.";
    to_passage: "To the passage", "К этому месту";
    reply_page: "The page of your reply", "Страница вашего отклика";
    held_title: "Kept for a look", "Отложено для просмотра";
    held_back_why: "Your reply has reached us, and an editor looks at it before it enters the archive. It is not in the archive yet, so there is no receipt for it yet.", "Ваш отклик дошёл до нас, и редактор посмотрит его, прежде чем он войдёт в архив. Пока его в архиве нет, поэтому нет и расписки.";
    held_signs: "It was set aside for these signs, which may well be wrong:", "Он отложен по этим приметам, которые могут и обманывать:";
    held_all: "Every reply is looked at first here.", "Здесь сначала просматривают каждый отклик.";
    held_keep: "Keep a copy of your words. If you gave an address, the receipt can be sent to it.", "Сохраните копию своих слов. Если вы указали адрес, расписку смогут прислать.";
    login_title: "Editors’ desk", "Стол редактора";
    login_why: "Only for the editors of this archive. To reply to a text, no login is needed.", "Только для редакторов этого архива. Чтобы откликнуться на текст, входить не надо.";
    login_name: "Name", "Имя";
    password: "Password", "Пароль";
    log_in: "Log in", "Войти";
    log_out: "Log out", "Выйти";
    by_password: "With a password", "По паролю";
    by_key: "With your SSH key", "По ключу SSH";
    by_key_why: "Run this where your key is, with the path of the key in place of KEY, and paste what it prints. The line holds for ten minutes and once.", "Выполните это там, где лежит ключ, поставив вместо KEY путь к нему, и вставьте то, что будет напечатано. Строка действует десять минут и один раз.";
    the_seal: "What ssh-keygen printed", "Что напечатал ssh-keygen";
    desk_title: "Desk", "Стол";
    at_the_desk: "at the desk", "за столом";
    waiting: "waiting", "ждут";
    waiting_title: "Waiting for an answer", "Ждут ответа";
    held_count: "held back", "отложено";
    answered_count: "answered", "отвечено";
    with_evidence: "with evidence", "с доказательствами";
    keys_title: "Keys", "Клавиши";
    keys_why: "j and k go to the next and the last group; a, l, d, s, q choose adopt, alongside, decline, same as, ask; the field for the reason comes next (for s the reply that says the same, then Enter); Ctrl+Enter sends; Escape leaves the field; u goes to your last answers; ? shows this. Without the script, Tab and Enter do.", "j и k — к следующей и прежней группе; a, l, d, s, q — принять, поставить рядом, отклонить, то же самое, спросить; затем поле причины (для s сначала отклик, где сказано то же, и Enter); Ctrl+Enter отправляет; Escape выходит из поля; u — к вашим последним ответам; ? показывает это. Без скрипта хватит Tab и Enter.";
    nothing_waits: "Nothing waits.", "Ничего не ждёт.";
    decide: "Decide", "Решить";
    verdict_label: "Answer", "Ответ";
    reason_hint: "Published with the reply.", "Публикуется вместе с откликом.";
    adopt_text: "The words to put there, where they are not the proposed ones (adopt in part)", "Какие слова поставить, если не предложенные (принять отчасти)";
    same_as_label: "The reply that says the same: C-…", "Отклик, где сказано то же: C-…";
    nature_label: "Whose words the new revision holds", "Чьи слова содержит новая редакция";
    to_text_label: "Your relation to the text", "Ваше отношение к тексту";
    to_replier_label: "Your relation to the replier", "Ваше отношение к откликнувшемуся";
    not_chosen: "as usual", "как обычно";
    more_choices: "Further choices", "Ещё";
    also_these: "The others of this group get “same as” with the same reason:", "Остальные в этой группе получат «то же самое» с той же причиной:";
    now_at: "now at", "теперь в";
    contact_of: "Contact", "Связь";
    hidden_name: "name not to be shown", "имя не показывать";
    promised: "promised, not here", "обещано, здесь нет";
    bytes: "bytes", "байт";
    last_answers: "Your last answers", "Ваши последние ответы";
    undo: "Take back", "Взять назад";
    undo_reason: "Why it is taken back", "Почему взято назад";
    undo_why: "Nothing is removed: that it was taken back is recorded, and the reply waits again.", "Ничего не удаляется: записывается, что ответ взят назад, и отклик снова ждёт.";
    undo_stays: "The revision that it made stays:", "Созданная им редакция остаётся:";
    no_longer_holds: "a later decision holds", "действует более позднее решение";
    held_queue: "Held back", "Отложенные";
    held_queue_why: "Not in the archive, and without a receipt. Released, a reply is recorded like any other; discarded, it is gone, and only the number is kept.", "Не в архиве и без расписки. Пропущенный отклик записывается, как любой другой; отброшенный исчезает, хранится только число.";
    release: "Release", "Пропустить";
    discard: "Discard", "Отбросить";
    discard_sure: "Yes, discard it for good", "Да, отбросить навсегда";
    together: "together", "вместе";
    recorded_now: "Recorded:", "Записано:";
    enter_question: "Enter a question", "Записать вопрос";
    enter_claim: "Enter a claim", "Записать утверждение";
    question_why: "A question in words of yours. It asserts nothing, and its wording can be corrected like any text.", "Вопрос вашими словами. Он ничего не утверждает, и его слова можно поправить, как любой текст.";
    claim_why: "What a text says to a question. Select the words that say it: the place is narrowed down to their lines.", "Что текст говорит на вопрос. Выделите слова, которые это говорят: место сузится до их строк.";
    asked_of: "Asked of the words at", "Вопрос к словам в";
    wording_label: "The question in words", "Вопрос словами";
    facet_label: "What it asks for", "О чём он";
    event_label: "About which event", "О каком событии";
    short_name: "Short name for addresses", "Краткое имя для адресов";
    short_name_hint: "Lower-case letters, digits and hyphens; empty: made from the words.", "Строчные латинские буквы, цифры и дефисы; если пусто, составится из слов.";
    question_label: "To which question", "На какой вопрос";
    stance_label: "How the text stands to the value", "Как текст относится к значению";
    value_sort: "What sort of value", "Какого рода значение";
    value_label: "The value, as the text gives it", "Значение, как его даёт текст";
    value_hint: "A date in EDTF (1994-05-09) or as told.", "Дата по EDTF (1994-05-09) или как сказано.";
    as_text: "words", "слова";
    as_date: "date", "дата";
    as_number: "number", "число";
    as_place: "place", "место";
    as_yes: "yes", "да";
    as_no: "no", "нет";
    as_none: "none", "нет значения";
    teller_label: "Who tells it", "Кто это говорит";
    voice_label: "In whose voice", "Чьим голосом";
    reported_by: "By whom reported", "Кем передано";
    how_teller_knows: "How he or she knows", "Откуда это известно говорящему";
    told_label: "When it was told", "Когда сказано";
    note_label_form: "Note, in a line", "Примечание, одной строкой";
    words_selected: "The words that say it", "Слова, которые это говорят";
    record: "Record", "Записать";
    direct: "direct", "прямо";
    via_document: "via document", "через документ";
    voice_reported: "reported by another", "в передаче другого";
    nothing_said: "Your reply says nothing yet.", "Ваш отклик пока ничего не говорит.";
    quote_missing: "These words are not found at this place. Copy them as they stand in the text; line breaks and hyphens do not matter.", "Этих слов в этом месте нет. Скопируйте их, как они стоят в тексте; переносы строк и дефисы не важны.";
    quote_several: "These words stand in several places. Quote more of them, or name the place.", "Эти слова стоят в нескольких местах. Приведите больше слов или укажите место.";
    no_subject: "Say what you answer: the words, or the place.", "Укажите, на что отвечаете: слова или место.";
    too_long: "This is too long for a form.", "Для формы это слишком длинно.";
    closed: "This archive takes no replies at present.", "Сейчас архив не принимает откликов.";
    full: "Too many replies wait already. Keep your words, and try again tomorrow.", "Ждёт уже слишком много откликов. Сохраните свои слова и попробуйте завтра.";
    bad_contact: "This is no address in one line.", "Это не адрес в одну строку.";
    bad_language: "This is no tag of a language.", "Это не метка языка.";
    bad_login: "The name or the password is not right.", "Имя или пароль неверны.";
    bad_seal: "This seal does not open the desk. Seal the line that stands here now.", "Эта печать не открывает стол. Запечатайте строку, которая стоит здесь теперь.";
    answered_meanwhile: "Another answer was recorded meanwhile. Look at it before you answer anew.", "Тем временем записан другой ответ. Посмотрите его, прежде чем отвечать снова.";
    no_reason: "A decision needs a reason: it is published with the reply.", "Решению нужна причина: она публикуется вместе с откликом.";
}

impl Language {
    /// What speaks against a reply, in words.
    pub(super) fn sign(self, kind: SignKind) -> &'static str {
        match (self, kind) {
            (English, kind) => kind.word(),
            (Russian, SignKind::Trap) => "заполнено поле, которого люди не видят",
            (Russian, SignKind::Fast) => "отправлено быстрее, чем можно заполнить форму",
            (Russian, SignKind::NoForm) => "отправлено не с формы, недавно показанной здесь",
            (Russian, SignKind::NoCookie) => {
                "отправлено без cookie формы: этот браузер их не хранит или не отправляет"
            }
            (Russian, SignKind::Links) => "содержит ссылки",
            (Russian, SignKind::Markup) => "содержит разметку других сайтов",
            (Russian, SignKind::SameWords) => "те же слова уже приходили",
            (Russian, SignKind::ManyToday) => "много откликов с одного адреса за сегодня",
            (Russian, SignKind::Capitals) => "почти одни прописные",
            (Russian, SignKind::Repeated) => "один знак раз за разом",
            (Russian, SignKind::OtherScript) => "иное письмо, чем у текста и языка отклика",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::catalogue::said_in_every_language;

    #[test]
    fn every_word_is_said_in_every_language() {
        said_in_every_language(ALL, &[]);
        for kind in SignKind::ALL {
            assert_ne!(English.sign(*kind), Russian.sign(*kind));
        }
    }
}
