//! The closed words of records and answers, as people read them.

use super::language::Language;
use super::language::Language::{English, Russian};
use crate::model::{DateRole, Judgement};

macro_rules! translated {
    ($($word:literal => $russian:literal;)*) => {
        const WORDS: &[(&str, &str)] = &[$(($word, $russian)),*];
    };
}

translated! {
    "memoir" => "воспоминания";
    "article" => "статья";
    "book" => "книга";
    "agreement" => "соглашение";
    "letter" => "письмо";
    "fax" => "факс";
    "interview" => "интервью";
    "statement" => "заявление";
    "chronicle" => "хроника";
    "minutes" => "протокол";
    "page" => "страница";
    "other" => "иное";
    "held" => "хранится";
    "withheld" => "не выдаётся";
    "caption only" => "известно лишь заглавие";
    "quoted only" => "известно из цитат";
    "said to exist" => "говорят, что существует";
    "lost" => "утрачено";
    "received" => "как получено";
    "transcription fix" => "исправлены описки передачи";
    "editorial" => "редакторская";
    "authorial" => "авторская";
    "alternative" => "иная версия";
    "slip" => "описка";
    "fact" => "факт";
    "clarification" => "уточнение";
    "other account" => "иной рассказ";
    "counter-opinion" => "иное мнение";
    "evidence" => "доказательство";
    "question" => "вопрос";
    "took part" => "участвовал(а)";
    "saw" => "видел(а)";
    "holds the record" => "хранит документ";
    "was told" => "знает с чужих слов";
    "studied it" => "изучал(а)";
    "infers" => "заключает";
    "remembers" => "помнит";
    "not said" => "не сказано";
    "adopt" => "принято";
    "adopt in part" => "принято отчасти";
    "alongside" => "поставлено рядом";
    "decline" => "отклонено";
    "same as" => "то же, что";
    "ask" => "задан вопрос";
    "leave open" => "оставлено открытым";
    "author" => "автор";
    "editor" => "редактор";
    "spoken of in it" => "о нём идёт речь";
    "none" => "нет";
    "same person" => "то же лицо";
    "knows the person" => "знает это лицо";
    "submit" => "отклик";
    "decide" => "решение";
    "receive" => "получение";
    "keep" => "ведение архива";
    "withhold" => "изъятие";
    "drafted" => "проект документа";
    "carried" => "доставка";
    "translated" => "перевод";
    "issued" => "выпуск";
    "addressed" => "адресат";
    "in the name of" => "от имени";
    "person" => "лицо";
    "body" => "орган";
    "side" => "сторона";
    "program" => "программа";
    "existence" => "было ли";
    "identity" => "тождество";
    "date" => "дата";
    "place" => "место";
    "actor" => "кто";
    "number" => "число";
    "wording" => "слова";
    "said" => "сказано ли";
    "signature" => "подпись";
    "capacity" => "в каком качестве";
    "authorship" => "авторство";
    "transmission" => "передача";
    "effect" => "действие";
    "blame" => "вина";
    "motive" => "побуждение";
    "meaning" => "смысл";
    "asserts" => "утверждает";
    "denies" => "отрицает";
    "reports" => "передаёт";
    "quotes" => "цитирует";
    "implies" => "подразумевает";
    "doubts" => "сомневается";
    "disowns" => "отрекается";
    "does not know" => "не знает";
    "rejects the question" => "отвергает вопрос";
    "happened" => "произошло";
    "agreed" => "согласовано";
    "borne" => "стоит на бумаге";
    "signed" => "подписано";
    "sent" => "отправлено";
    "in force" => "вступило в силу";
    "until" => "до";
    "published" => "опубликовано";
    "told" => "рассказано";
    "year" => "год";
    "month" => "месяц";
    "day" => "день";
    "hour" => "час";
    "zone" => "пояс";
    "source" => "источник";
    "revision" => "редакция";
    "correction" => "отклик";
    "decision" => "решение";
    "agent" => "лицо";
    "key" => "ключ";
    "policy" => "правила";
    "event" => "событие";
    "account" => "рассказ";
    "claim" => "утверждение";
    "assessment" => "оценка";
    "part" => "часть";
    "copy" => "экземпляр";
    "relation" => "связь";
    "responsibility" => "ответственность";
    "saying" => "высказывание";
    "search" => "поиск";
    "history" => "история изменений";
    "import" => "перенос";
    "intake" => "приём";
    "attestation" => "удостоверение";
    "agree" => "согласуются";
    "differ" => "расходятся";
    "told-once" => "рассказано один раз";
    "untold" => "не рассказано";
    "not-comparable" => "не сравнить";
    "probable" => "вероятное";
    "certain" => "достоверное";
    "possible" => "возможное";
    "planned" => "намеченное";
    "ought" => "должное";
    "direct" => "своими словами";
    "via document" => "через документ";
    "reported by" => "в передаче";
    "in person" => "лично";
    "telephone" => "телефон";
    "press" => "печать";
    "with the reply" => "с откликом";
    "original" => "подлинник";
    "facsimile" => "снимок";
    "retyped" => "перепечатка";
    "printed" => "печатный вид";
    "photo" => "фотография";
    "shown" => "показано";
    "promised, not shown" => "обещано, не показано";
    "recorded" => "записано";
    "inferred" => "выведено";
    "chapter" => "глава";
    "speech" => "речь";
    "document" => "документ";
    "memo" => "служебная записка";
    "captions" => "подписи к снимкам";
    "endnotes" => "примечания в конце";
    "notes" => "примечания";
    "preface" => "предисловие";
    "list" => "список";
    "yes" => "да";
    "partly" => "отчасти";
    "no" => "нет";
    "refused" => "в подписи отказано";
    "name only" => "только имя";
    "acceded later" => "присоединена позже";
    "for another" => "подписано за другого";
    "withdrawn" => "подпись отозвана";
    "not signed" => "не подписано";
    "difference" => "различие";
    "dependence" => "зависимость";
    "independence" => "независимость";
    "outcome" => "итог";
    "silence" => "молчание";
    "translation" => "перевод";
    "scope" => "охват";
    "rounding" => "округление";
    "modality" => "модальность";
    "object" => "предмет";
    "naming" => "именование";
    "dependent" => "зависимы";
    "independent" => "независимы";
    "not examined" => "не исследовано";
    "undecidable" => "неразрешимо";
    "left to readers" => "оставлено читателям";
    "open" => "открыто";
    "silent" => "молчит";
    "copies" => "повторяет";
    "translates" => "переводит";
    "derives from" => "происходит из";
    "cites" => "ссылается на";
    "replies to" => "отвечает на";
    "same event" => "говорит о том же, что";
    "machine" => "программой";
    "eye" => "глазами";
    "unchanged" => "не изменены";
    "changed" => "изменены";
    "gone" => "исчезли";
    "not compared" => "не сравнивались";
    "equal" => "равны";
    "less precise" => "менее точно";
    "differs" => "расходятся";
    "not comparable" => "не сравнить";
    "left blank" => "оставлено пустым";
}

impl Language {
    /// A closed word of a record, as people read it; one that is not known is
    /// shown as it is.
    pub(in crate::pages) fn word(self, word: &str) -> &str {
        match self {
            English => word,
            Russian => WORDS.iter().find(|(w, _)| *w == word).map_or(word, |(_, r)| r),
        }
    }

    /// What a date is the date of.
    pub(in crate::pages) fn date_role(self, role: &str) -> &str {
        match self {
            Russian if role == DateRole::Received.word() => "получено",
            _ => self.word(role),
        }
    }

    /// What a person finds.
    pub(in crate::pages) fn finding(self, finding: &str) -> &str {
        match self {
            Russian if finding == Judgement::Agreed.word() => "согласуются",
            _ => self.word(finding),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        AssessmentKind, Carrier, Channel, Comparison, CopyForm, CorrectionType, Facet, Genre,
        Holding, HowKnown, InkState, Medium, Modality, Nature, RelationKind, ResponsibilityRole,
        SealRole, SearchedBy, Shown, SourceType, Stance, Verdict, Voice, WordingKnown,
    };

    /// Every word that an answer takes from a closed list and a page shows.
    #[test]
    fn the_closed_words_of_records_are_translated() {
        macro_rules! all {
            ($($list:ident),*) => {
                [$($list::ALL.iter().map(|w| w.word()).collect::<Vec<_>>()),*].concat()
            };
        }
        let mut words = all!(
            AssessmentKind,
            Carrier,
            Channel,
            CopyForm,
            CorrectionType,
            DateRole,
            Facet,
            Genre,
            Holding,
            HowKnown,
            InkState,
            Judgement,
            Medium,
            Modality,
            Nature,
            RelationKind,
            ResponsibilityRole,
            SealRole,
            SearchedBy,
            Shown,
            SourceType,
            Stance,
            Verdict,
            Voice,
            WordingKnown
        );
        words.extend(
            [
                Comparison::Equal,
                Comparison::FirstLessPrecise,
                Comparison::Differs,
                Comparison::NotComparable,
            ]
            .map(Comparison::word),
        );
        words.extend(["unchanged", "changed", "gone", "not compared", "recorded", "inferred"]);
        for word in words {
            assert_ne!(Russian.word(word), word);
            assert_eq!(English.word(word), word);
        }
    }

    #[test]
    fn no_word_stands_twice_in_the_table() {
        for (n, (word, _)) in WORDS.iter().enumerate() {
            assert!(WORDS[..n].iter().all(|(w, _)| w != word), "{word}");
        }
    }
}
