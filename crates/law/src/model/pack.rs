//! A pack: everything about one field of work; and the law: all packs that were read together.

use std::collections::BTreeMap;

use calendar::{Calendar, Date, Unit};
use serde::{Deserialize, Serialize};

use super::{
    determination::Determination,
    figure::{Formula, Indicator, Report},
    procedure::{Parameter, Procedure},
    statute::Statute,
    text::{Key, Text},
};

/// One folder of `law/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    /// Folder name.
    pub key: Key,
    /// Title.
    pub name: Text,
    /// Statutes declared.
    pub statutes: Vec<Statute>,
    /// Procedures, all versions, by key then date.
    pub procedures: Vec<Procedure>,
    /// Posts that hold roles: key and words.
    pub posts: BTreeMap<Key, Text>,
    /// Indicators.
    pub indicators: Vec<Indicator>,
    /// Questions of law with rules that answer them.
    pub determinations: Vec<Determination>,
    /// Reports.
    pub reports: Vec<Report>,
    /// How people behave in a demonstration, if the pack says.
    pub practice: Vec<Practice>,
}

impl Pack {
    /// Every parameter that a place may set: those of its procedures, and those of its indicators.
    pub fn parameters(&self) -> impl Iterator<Item = &Parameter> {
        let figures = self.indicators.iter().filter_map(|it| match &it.formula {
            Formula::Target(parameter) | Formula::Versions { choice: parameter, .. } => Some(parameter),
            _ => None,
        });
        self.procedures.iter().flat_map(|it| &it.parameters).chain(figures)
    }
}

/// All packs and the calendar.
#[derive(Clone, Debug)]
pub struct Law {
    /// Packs by key.
    pub packs: Vec<Pack>,
    /// Holidays and adjusted workdays.
    pub calendar: Calendar,
}

impl Law {
    /// The determination of this name.
    pub fn determination(&self, key: &str) -> Option<&Determination> {
        self.packs.iter().flat_map(|pack| &pack.determinations).find(|it| it.key.as_str() == key)
    }

    /// The version of a procedure that a matter received on a day follows.
    pub fn in_force(&self, key: &str, on: Date) -> Option<&Procedure> {
        let all = self.packs.iter().flat_map(|pack| &pack.procedures);
        let stands = |it: &&Procedure| it.from <= on && it.until.is_none_or(|until| on <= until);
        all.filter(|it| it.key.as_str() == key).rfind(stands)
    }

    /// All versions of a procedure, oldest first.
    pub fn versions<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Procedure> {
        self.packs.iter().flat_map(|pack| &pack.procedures).filter(move |it| it.key.as_str() == key)
    }
}

/// How people behave in a demonstration of one procedure: data for the simulation, no law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Practice {
    /// Procedure.
    pub procedure: Key,
    /// Mean number of new matters in a year of 250 working days.
    pub per_year: u32,
    /// Fields, an option of each and how readily it is chosen; a field that is not here is chosen evenly.
    pub choices: Vec<(Key, Key, u32)>,
    /// What is done from which stage, how readily and how soon.
    pub acts: Vec<PracticeAct>,
    /// Sample words for text fields; `{year}` and `{n}` stand for the year and a number.
    pub texts: Vec<PracticeText>,
    /// Fields that name another matter, each with the procedure whose matters it names.
    pub refers: Vec<(Key, Key)>,
}

/// One habit: from this stage, this act is chosen with this weight after so many units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PracticeAct {
    /// Stage.
    pub stage: Key,
    /// Act; `None` means: nothing is done, the limit is left to run out.
    pub act: Option<Key>,
    /// Relative weight among the habits of the stage.
    pub weight: u32,
    /// Soonest.
    pub after_min: u32,
    /// Latest.
    pub after_max: u32,
    /// Unit of both.
    pub unit: Unit,
    /// Whether it comes before all other habits of the stage as long as the law allows it.
    pub first: bool,
}

/// Sample words for one text field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PracticeText {
    /// Field.
    pub field: Key,
    /// Samples.
    pub samples: Vec<String>,
}
