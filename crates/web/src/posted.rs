//! What a form sends: plain or with files, its token checked before anything else is looked at.

use std::collections::BTreeMap;

use axum::{
    extract::{Form, FromRequest, Multipart, Request, multipart::MultipartError},
    http::{StatusCode, header},
};

use crate::{app::App, cx::Cx, problem::Problem};

/// Most that all files of one form may have together.
pub(crate) const FILES_MAX: usize = 25 << 20;
/// Most that the words of one form may have together.
const WORDS_MAX: usize = 2 << 20;

/// A file that was sent.
pub(crate) struct Upload {
    /// Name of the input.
    pub(crate) input: String,
    /// Name of the file.
    pub(crate) name: String,
    /// Media type.
    pub(crate) media: String,
    /// Content; `None` if it was too large to be taken.
    pub(crate) bytes: Option<Vec<u8>>,
}

/// A form that was sent.
#[derive(Default)]
pub(crate) struct Posted {
    /// Words by name of the input; of several the last.
    pub(crate) values: BTreeMap<String, String>,
    /// Files, empty ones left out.
    pub(crate) files: Vec<Upload>,
}

impl Posted {
    /// The words of an input; empty if there are none.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    /// Whether a file was left behind because too much was sent.
    pub(crate) fn overflowed(&self) -> bool {
        self.files.iter().any(|it| it.bytes.is_none())
    }

    async fn multipart(request: Request, app: &App) -> Result<Self, Problem> {
        let mut parts = Multipart::from_request(request, app).await.map_err(|_| Problem::Unreadable)?;
        let mut posted = Self::default();
        let (mut words, mut bytes) = (0, 0);
        while let Some(mut part) = parts.next_field().await.map_err(|it| refused(&it))? {
            let input = part.name().unwrap_or_default().to_owned();
            let Some(name) = part.file_name().map(ToOwned::to_owned) else {
                let text = part.text().await.map_err(|it| refused(&it))?;
                words += text.len();
                if words > WORDS_MAX {
                    return Err(Problem::TooLarge);
                }
                posted.values.insert(input, text.replace("\r\n", "\n"));
                continue;
            };
            let media = part.content_type().unwrap_or("application/octet-stream").to_owned();
            let mut content = Some(Vec::new());
            while let Some(chunk) = part.chunk().await.map_err(|it| refused(&it))? {
                bytes += chunk.len();
                match &mut content {
                    Some(content) if bytes <= FILES_MAX => content.extend_from_slice(&chunk),
                    _ => content = None,
                }
            }
            if content.as_ref().is_none_or(|it| !it.is_empty()) && !name.is_empty() {
                posted.files.push(Upload { input, name, media, bytes: content });
            }
        }
        Ok(posted)
    }

    async fn plain(request: Request, app: &App) -> Result<Self, Problem> {
        let read = Form::<Vec<(String, String)>>::from_request(request, app).await;
        let Form(pairs) = read.map_err(|it| match it.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
            _ => Problem::Unreadable,
        })?;
        let values = pairs.into_iter().map(|(key, it)| (key, it.replace("\r\n", "\n"))).collect();
        Ok(Self { values, files: Vec::new() })
    }
}

fn refused(error: &MultipartError) -> Problem {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge,
        _ => Problem::Unreadable,
    }
}

/// Whether two secrets are the same, in a time that does not tell where they differ.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

impl FromRequest<App> for Posted {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let cx = request.extensions().get::<Cx>().cloned().ok_or(Problem::Unreadable)?;
        let session = cx.session.get().ok_or(Problem::Forged)?;
        let media = request.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
        let posted = if media.is_some_and(|it| it.starts_with("multipart/form-data")) {
            Self::multipart(request, app).await?
        } else {
            Self::plain(request, app).await?
        };
        if same(posted.get("csrf"), &session.csrf) { Ok(posted) } else { Err(Problem::Forged) }
    }
}
