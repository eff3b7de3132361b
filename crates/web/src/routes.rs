//! Every address of the house on one page.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{get, post},
};

use crate::{app::App, assets, demo, guard, portal, problem::Problem, workbench};

/// Most that one request may bring before its connection is cut; files above the form's own bound are
/// left behind while the words around them are kept.
const BODY_MAX: usize = 120 << 20;

/// Every page's address, for tests that call them all.
pub(crate) const ADDRESSES: &[&str] = &[
    "/",
    "/p/{code}",
    "/p/{code}/apply/{procedure}",
    "/p/{code}/apply/{procedure}/form",
    "/p/{code}/apply/{procedure}/check",
    "/p/{code}/receipt/{matter}",
    "/p/{code}/my/{matter}",
    "/p/{code}/my/{matter}/act/{act}",
    "/p/{code}/my/{matter}/file/{hash}",
    "/p/{code}/my/{matter}/paper/{seq}/{name}",
    "/verify/{code}/{matter}/{seq}/{hash}/{paper}",
    "/p/{code}/ask/{determination}",
    "/p/{code}/published",
    "/p/{code}/published/{matter}/{key}",
    "/p/{code}/export/published/{format}",
    "/p/{code}/report",
    "/p/{code}/report/{year}",
    "/p/{code}/figures/{indicator}/{year}",
    "/track",
    "/due",
    "/law",
    "/law/{procedure}",
    "/login",
    "/work",
    "/work/m/{code}/{matter}",
    "/work/m/{code}/{matter}/act/{act}",
    "/work/m/{code}/{matter}/correct/{seq}",
    "/work/m/{code}/{matter}/file/{hash}",
    "/work/m/{code}/{matter}/paper/{seq}/{name}",
    "/work/m/{code}/{matter}/dossier",
    "/work/m/{code}/{matter}/dossier/{name}",
    "/work/new",
    "/work/new/{procedure}",
    "/work/receipt/{matter}",
    "/work/search",
    "/work/export/inbox/{format}",
    "/work/export/search/{format}",
    "/work/export/figures/{indicator}/{year}/{format}",
    "/work/figures",
    "/work/figures/{indicator}/{year}",
    "/work/printed",
    "/work/import",
    "/work/import/template/{procedure}",
    "/work/import/job/{token}",
    "/work/account",
    "/demo/clock",
];

pub(crate) fn router(app: App) -> Router {
    let pages = portal_pages()
        .merge(work_pages())
        .fallback(async || Problem::NotFound)
        .method_not_allowed_fallback(async || Problem::NotFound)
        .layer(DefaultBodyLimit::max(BODY_MAX))
        .layer(middleware::from_fn_with_state(app.clone(), guard::watch));
    Router::new()
        .route("/healthz", get(async || "ok"))
        .route("/static/{name}", get(assets::serve))
        .merge(pages)
        .with_state(app)
}

fn portal_pages() -> Router<App> {
    use portal::{account, apply, ask, due, home, law, mine, published, receipt, report, track};
    Router::new()
        .route("/", get(home::first))
        .route("/p/{code}", get(home::place))
        .route("/p/{code}/apply/{procedure}", get(apply::guide))
        .route("/p/{code}/apply/{procedure}/form", get(apply::form).post(apply::fill))
        .route("/p/{code}/apply/{procedure}/check", get(apply::check).post(apply::file))
        .route("/p/{code}/receipt/{matter}", get(receipt::show))
        .route("/p/{code}/my/{matter}", get(mine::show))
        .route("/p/{code}/my/{matter}/act/{act}", get(mine::form).post(mine::act))
        .route("/p/{code}/my/{matter}/file/{hash}", get(mine::file))
        .route("/p/{code}/my/{matter}/paper/{seq}/{name}", get(mine::paper))
        .route("/verify/{code}/{matter}/{seq}/{hash}/{paper}", get(crate::paper::verify))
        .route("/p/{code}/ask/{determination}", get(ask::show))
        .route("/p/{code}/published", get(published::list))
        .route("/p/{code}/published/{matter}/{key}", get(published::one))
        .route("/p/{code}/export/published/{format}", get(published::export))
        .route("/p/{code}/report", get(report::latest))
        .route("/p/{code}/report/{year}", get(report::show))
        .route("/p/{code}/figures/{indicator}/{year}", get(report::figure))
        .route("/track", get(track::form).post(track::open))
        .route("/due", get(due::show))
        .route("/law", get(law::list))
        .route("/law/{procedure}", get(law::show))
        .route("/login", get(account::form).post(account::sign_in))
        .route("/logout", post(account::sign_out))
}

fn work_pages() -> Router<App> {
    use workbench::{
        account, correct, dossier, export, figures, import, inbox, intake, matter, printed, search,
    };
    Router::new()
        .route("/work", get(inbox::show))
        .route("/work/m/{code}/{matter}", get(matter::show))
        .route("/work/m/{code}/{matter}/act/{act}", get(matter::form).post(matter::act))
        .route("/work/m/{code}/{matter}/correct/{seq}", get(correct::form).post(correct::correct))
        .route("/work/m/{code}/{matter}/file/{hash}", get(matter::file))
        .route("/work/m/{code}/{matter}/paper/{seq}/{name}", get(matter::paper))
        .route("/work/m/{code}/{matter}/dossier", get(dossier::show).post(dossier::make))
        .route("/work/m/{code}/{matter}/dossier/{name}", get(dossier::made))
        .route("/work/new", get(intake::list))
        .route("/work/new/{procedure}", get(intake::form).post(intake::fill))
        .route("/work/receipt/{matter}", get(intake::receipt))
        .route("/work/search", get(search::show))
        .route("/work/export/inbox/{format}", get(export::inbox))
        .route("/work/export/search/{format}", get(export::search))
        .route("/work/export/figures/{indicator}/{year}/{format}", get(export::cases))
        .route("/work/figures", get(figures::show))
        .route("/work/figures/{indicator}/{year}", get(figures::cases))
        .route("/work/printed", get(printed::form).post(printed::check))
        .route("/work/import", get(import::form).post(import::check))
        .route("/work/import/template/{procedure}", get(import::template))
        .route("/work/import/apply", post(import::apply))
        .route("/work/import/job/{token}", get(import::job))
        .route("/work/account", get(account::show).post(account::change))
        .route("/demo/clock", get(demo::clock).post(demo::advance))
}
