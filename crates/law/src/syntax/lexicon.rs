//! The lexicon: every word that a law file may say, for editors that colour them.

use std::collections::BTreeSet;

use super::grammar::{self, Block, Slot, Word};

/// The words of the language by what they are.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Lexicon {
    /// Words that begin a line.
    pub words: BTreeSet<&'static str>,
    /// Names of properties, as in `en=`.
    pub properties: BTreeSet<&'static str>,
    /// Values from closed lists, units of time included.
    pub values: BTreeSet<&'static str>,
}

/// Every word that some table of the language has.
pub fn lexicon() -> Lexicon {
    let files: [&'static [Word]; 9] = [
        &grammar::PACK_FILE,
        &grammar::PROCEDURE,
        &grammar::ACT,
        &grammar::PAPER_FILE,
        &grammar::DETERMINATIONS_FILE,
        &grammar::INDICATORS_FILE,
        &grammar::REPORT_FILE,
        &grammar::PRACTICE_FILE,
        &grammar::CALENDAR_FILE,
    ];
    let mut lexicon = Lexicon::default();
    let mut seen = BTreeSet::new();
    lexicon.words.insert("procedure");
    files.into_iter().for_each(|it| lexicon.take(it, &mut seen));
    let units = [
        calendar::Unit::WorkingDay,
        calendar::Unit::CalendarDay,
        calendar::Unit::Month,
        calendar::Unit::Year,
        calendar::Unit::Hour,
    ];
    lexicon.values.extend(units.map(calendar::Unit::as_key));
    lexicon
}

impl Lexicon {
    /// Conditions hold conditions: a table that has been seen is not looked at again.
    fn take(&mut self, words: &'static [Word], seen: &mut BTreeSet<*const Word>) {
        if !seen.insert(words.as_ptr()) {
            return;
        }
        for word in words {
            self.words.insert(word.name);
            word.args.iter().for_each(|it| self.slot(it));
            for (name, slot, _) in word.props {
                self.properties.insert(name);
                self.slot(slot);
            }
            if let Block::May(inner) | Block::Must(inner) = word.block {
                self.take(inner, seen);
            }
        }
    }

    fn slot(&mut self, slot: &Slot) {
        if let Slot::OneOf(values) = slot {
            self.values.extend(values.iter().copied());
        }
    }
}
