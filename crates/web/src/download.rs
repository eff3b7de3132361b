//! A file as an answer, read piece by piece as the visitor takes it.

use std::{
    convert::Infallible,
    io::Read as _,
    pin::Pin,
    task::{Context, Poll},
};

use axum::{
    body::{Body, Bytes, HttpBody},
    http::header,
    response::{IntoResponse as _, Response},
};
use http_body::Frame;
use office::export::{Exported, Format};
use tokio::sync::mpsc::{Receiver, channel};

/// Bytes in a piece.
const PIECE: usize = 64 << 10;
/// Pieces read before the visitor has taken the first.
const AHEAD: usize = 4;

/// An exported list as an answer.
pub(crate) fn exported(list: Exported, format: Format) -> Response {
    let name = format!("attachment; filename=\"{}\"", list.name);
    let headers = [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CONTENT_LENGTH, list.length.to_string()),
    ];
    (headers, Body::new(pieces(list.file))).into_response()
}

/// Reads a file in a thread that may wait for the disk and for the visitor.
fn pieces(mut file: std::fs::File) -> Pieces {
    let (give, take) = channel(AHEAD);
    tokio::task::spawn_blocking(move || {
        loop {
            let mut piece = vec![0; PIECE];
            match file.read(&mut piece) {
                // The length was told: an answer that ends too soon is seen as broken off.
                Ok(0) | Err(_) => return,
                Ok(length) => piece.truncate(length),
            }
            if give.blocking_send(Bytes::from(piece)).is_err() {
                return;
            }
        }
    });
    Pieces(take)
}

struct Pieces(Receiver<Bytes>);

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.poll_recv(cx).map(|piece| piece.map(|it| Ok(Frame::data(it))))
    }
}
