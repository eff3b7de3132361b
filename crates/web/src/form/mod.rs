//! Forms made from what an act asks for: the same for a citizen's application, an official's act and
//! an intake at the counter. Nothing typed is lost: everything is kept as a draft of the session.

pub(crate) mod act;
pub(crate) mod answers;
pub(crate) mod control;
pub(crate) mod late;
pub(crate) mod party;
pub(crate) mod sheet;
pub(crate) mod summary;
pub(crate) mod take;
