//! The office's own procedures: places, appointments and parameters are matters like all others. Their
//! keys are the only ones that the program knows by name, and their files stand beside this code.

/// The pack of the office itself.
pub(crate) const PACK: &str = "office-base";

/// Appointment to a post: procedure, opening act, ending act, role, party, fields.
pub(crate) mod appointment {
    pub(crate) const PROCEDURE: &str = "appointment";
    pub(crate) const OPEN: &str = "appoint-holder";
    pub(crate) const HOLDER: &str = "holder";
    pub(crate) const LOGIN: &str = "login-name";
    pub(crate) const POST: &str = "post-kind";
    pub(crate) const BODY: &str = "post-body";
    pub(crate) const FROM: &str = "post-from";
    pub(crate) const UNTIL: &str = "post-until";
    pub(crate) const ACTING_FOR: &str = "acting-for";
    pub(crate) const END: &str = "end-post";
}

/// Record of a place.
pub(crate) mod place {
    pub(crate) const PROCEDURE: &str = "place-record";
    pub(crate) const OPEN: &str = "record-place";
    pub(crate) const NAME_ZH: &str = "place-name-zh";
    pub(crate) const NAME_EN: &str = "place-name-en";
    pub(crate) const ORGAN_ZH: &str = "organ-name-zh";
    pub(crate) const ORGAN_EN: &str = "organ-name-en";
}

/// Record of a body.
pub(crate) mod body {
    pub(crate) const PROCEDURE: &str = "body-record";
    pub(crate) const OPEN: &str = "record-body";
    pub(crate) const KEY: &str = "body-key";
    pub(crate) const PARENT: &str = "body-parent";
    pub(crate) const NAME_ZH: &str = "body-name-zh";
    pub(crate) const NAME_EN: &str = "body-name-en";
    pub(crate) const LETTERHEAD: &str = "letterhead";
}

/// Taking over of a number series.
pub(crate) mod series {
    pub(crate) const PROCEDURE: &str = "series-record";
    pub(crate) const OPEN: &str = "take-over-series";
    pub(crate) const NAME: &str = "series-name";
    pub(crate) const YEAR: &str = "series-year";
    pub(crate) const LAST: &str = "series-last";
    pub(crate) const MISSING: &str = "series-missing";
}

/// Setting of a parameter.
pub(crate) mod parameter {
    pub(crate) const PROCEDURE: &str = "parameter-setting";
    pub(crate) const OPEN: &str = "set-parameter";
    pub(crate) const NAME: &str = "parameter-name";
    pub(crate) const VALUE: &str = "parameter-value";
}

/// The post that keeps the office's own matters, and so appoints everybody else.
pub const ADMINISTRATOR: &str = "administrator";

/// The role that keeps them all.
pub(crate) const REGISTRAR: &str = "registrar";
/// The general act of correction and the input that gives its ground.
pub(crate) const CORRECT: &str = "correct-record";
/// The ground of a correction.
pub(crate) const CORRECTION_GROUND: &str = "correction-ground";

/// The body that keeps the office's own matters of a place, apart from its cases.
pub(crate) fn registry_of(place: &engine::Jurisdiction) -> String {
    format!("{place}-registry")
}

/// The body that handles what a place's organ handles.
pub(crate) fn organ_of(place: &engine::Jurisdiction) -> String {
    format!("{place}-organ")
}
