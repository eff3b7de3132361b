//! The web room: a portal for citizens and a workbench for officials, as server-rendered pages that
//! work without scripts.
//!
//! Invariants: no page knows a particular procedure, everything legal comes from the office as data;
//! no words stand in code, they come from `messages/`; every request that changes something carries
//! the session's token; a stranger's matter and one that does not exist give the same page.

mod app;
mod assets;
mod components;
mod cx;
mod demo;
mod download;
mod form;
mod guard;
mod paper;
mod portal;
mod posted;
mod problem;
mod routes;
mod shell;
mod stash;
mod words;
mod workbench;

use std::net::SocketAddr;

use anyhow::Context as _;
use axum::Router;
use office::Office;

/// Where the pages are served.
#[derive(Clone, Debug)]
pub struct Options {
    /// Address to listen on.
    pub address: SocketAddr,
    /// Address people type, without a final slash, such as `https://yifa.example.gov.cn`.
    pub base: String,
}

/// All pages over an office.
pub fn router(office: Office, options: Options) -> Router {
    routes::router(app::App::new(office, options))
}

/// The addresses of all pages that take part in the house's tests, with their placeholders.
pub fn addresses() -> &'static [&'static str] {
    routes::ADDRESSES
}

/// Serves all pages until the process is told to stop.
///
/// # Errors
/// If the address cannot be listened on or the server fails.
pub async fn serve(office: Office, options: Options) -> anyhow::Result<()> {
    let address = options.address;
    let listener = tokio::net::TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}"))?;
    let service = router(office, options).into_make_service_with_connect_info::<SocketAddr>();
    let stop = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    axum::serve(listener, service).with_graceful_shutdown(stop).await.context("serving pages")
}
