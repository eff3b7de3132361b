//! Style sheet, script and icon: built in, with the hash of their content in the address.

use std::sync::LazyLock;

use axum::{
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest as _, Sha256};

/// One built-in file.
struct Asset {
    stem: &'static str,
    ending: &'static str,
    media: &'static str,
    text: &'static str,
}

const ASSETS: [Asset; 3] = [
    Asset {
        stem: "yifa",
        ending: "css",
        media: "text/css; charset=utf-8",
        text: concat!(
            include_str!("../assets/tokens.css"),
            include_str!("../assets/base.css"),
            include_str!("../assets/forms.css"),
            include_str!("../assets/parts.css"),
            include_str!("../assets/pages.css"),
            include_str!("../../papers/assets/paper.css"),
            include_str!("../assets/print.css")
        ),
    },
    Asset {
        stem: "yifa",
        ending: "js",
        media: "text/javascript; charset=utf-8",
        text: include_str!("../assets/yifa.js"),
    },
    Asset { stem: "icon", ending: "svg", media: "image/svg+xml", text: include_str!("../assets/icon.svg") },
];

static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| ASSETS.iter().map(name).collect());

fn name(asset: &Asset) -> String {
    let digest = Sha256::digest(asset.text.as_bytes());
    let short: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{short}.{}", asset.stem, asset.ending)
}

/// The address of the style sheet.
pub(crate) fn style() -> String {
    format!("/static/{}", NAMES[0])
}

/// The address of the script.
pub(crate) fn script() -> String {
    format!("/static/{}", NAMES[1])
}

/// The address of the icon.
pub(crate) fn icon() -> String {
    format!("/static/{}", NAMES[2])
}

/// Serves a built-in file.
pub(crate) async fn serve(Path(wanted): Path<String>) -> Response {
    let found = NAMES.iter().position(|it| *it == wanted);
    match found.and_then(|at| ASSETS.get(at)) {
        Some(asset) => (
            [
                (header::CONTENT_TYPE, asset.media),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ],
            asset.text,
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
