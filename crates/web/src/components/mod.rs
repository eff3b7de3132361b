//! Parts that several pages are made of; one file each, words and data in, markup out.

pub(crate) mod chip;
pub(crate) mod cite;
pub(crate) mod clock;
pub(crate) mod course;
pub(crate) mod derivation;
pub(crate) mod fault;
pub(crate) mod figure;
pub(crate) mod matter;
pub(crate) mod offer;
pub(crate) mod pager;
pub(crate) mod rows;
pub(crate) mod take;
pub(crate) mod timeline;
pub(crate) mod value;
