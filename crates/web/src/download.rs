//! A file as an answer, read piece by piece as the visitor takes it.

use std::{
    convert::Infallible,
    fs::File,
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

/// Reads a file as the visitor takes it. A thread that may wait for the disk is held for one piece only, never while
/// the visitor is waited for: there are few of them, and anybody may read slowly.
fn pieces(mut file: File) -> Pieces {
    let (give, take) = channel(AHEAD);
    tokio::spawn(async move {
        loop {
            let read = tokio::task::spawn_blocking(move || next(file)).await;
            // The length was told: an answer that ends too soon is seen as broken off.
            let Ok(Some((piece, rest))) = read else { return };
            if give.send(piece).await.is_err() {
                return;
            }
            file = rest;
        }
    });
    Pieces(take)
}

/// The next piece of a file and what is left of it; `None` at its end or if it cannot be read.
fn next(mut file: File) -> Option<(Bytes, File)> {
    let mut piece = vec![0; PIECE];
    let length = file.read(&mut piece).ok().filter(|it| *it > 0)?;
    piece.truncate(length);
    Some((Bytes::from(piece), file))
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

#[cfg(test)]
mod tests {
    use std::{fs, time::Duration};

    use axum::body::to_bytes;
    use tokio::runtime::Builder;

    use super::*;

    #[test]
    fn who_reads_slowly_holds_up_nobody() {
        let path = std::env::temp_dir().join(format!("yifa-download-{}", std::process::id()));
        let length = PIECE * (AHEAD + 3);
        fs::write(&path, vec![7; length]).unwrap();
        let open = || File::open(&path).unwrap();
        let runtime = Builder::new_multi_thread().max_blocking_threads(1).enable_time().build().unwrap();
        runtime.block_on(async {
            let slow = pieces(open());
            let quick = to_bytes(Body::new(pieces(open())), usize::MAX);
            let quick = tokio::time::timeout(Duration::from_secs(20), quick).await;
            assert_eq!(quick.expect("no thread was free").unwrap().len(), length);
            let slow = to_bytes(Body::new(slow), usize::MAX).await.unwrap();
            assert!(slow.len() == length && slow.iter().all(|it| *it == 7), "whole, though late");
        });
        fs::remove_file(&path).unwrap();
    }
}
