//! What a real office has when it begins: no law, but written and read as the law is.

use calendar::Date;

use super::{
    procedure::ParameterValue,
    text::{Key, Text},
};

/// An office as its file describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Founding {
    /// Six-digit code of the place.
    pub code: String,
    /// Name of the place.
    pub name: Text,
    /// The organ and the bodies below it, each after the one it belongs to. The first is the organ.
    pub bodies: Vec<Body>,
    /// People with their posts.
    pub people: Vec<Person>,
    /// Number series that have been used elsewhere this year.
    pub series: Vec<SeriesStart>,
    /// Values of the packs' parameters.
    pub parameters: Vec<(Key, ParameterValue)>,
}

/// A body of an office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Name in the file; of the organ itself [`Body::ORGAN`].
    pub key: Key,
    /// The body it belongs to; `None` for the organ.
    pub parent: Option<Key>,
    /// Words.
    pub name: Text,
    /// What stands at the head of its papers, if not its name.
    pub letterhead: Option<String>,
}

impl Body {
    /// The name of the organ itself.
    pub const ORGAN: &str = "organ";
    /// The name of the body that keeps the office's own records.
    pub const REGISTRY: &str = "registry";
}

/// Somebody with an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Name for signing in.
    pub login: Key,
    /// Name shown.
    pub name: String,
    /// Posts held, at least one.
    pub posts: Vec<Appointment>,
}

/// A post that somebody holds, or in which somebody acts for another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appointment {
    /// Kind of post.
    pub post: Key,
    /// In which body.
    pub body: Key,
    /// First day; `None`: at once.
    pub from: Option<Date>,
    /// Last day, if it ends.
    pub until: Option<Date>,
    /// For whom, by name for signing in, if the post is another's.
    pub acting_for: Option<Key>,
}

impl Appointment {
    /// A post in the organ, held from now on.
    pub fn in_organ(post: &str) -> Self {
        let body = Key::from(Body::ORGAN);
        Self { post: Key::from(post), body, from: None, until: None, acting_for: None }
    }
}

/// How far a series has been used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesStart {
    /// Series.
    pub series: Key,
    /// Year.
    pub year: i16,
    /// The last number given; 0 if none.
    pub last: u64,
    /// Numbers up to the last that were never given, in order.
    pub missing: Vec<u64>,
}
