//! `yifa serve`: portal and workbench, with the law's own acts done every minute.

use std::{
    io::ErrorKind,
    net::{SocketAddr, TcpListener},
    time::Duration,
};

use clap::Args;
use office::{Office, words::Words};

use crate::{data::Data, out, trouble::Trouble};

/// How often the limits that ran out are looked for.
const SWEEP: Duration = Duration::from_secs(60);

/// Serves an office.
#[derive(Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    data: Data,
    #[command(flatten)]
    door: Door,
}

/// Where pages are served.
#[derive(Args)]
pub(crate) struct Door {
    /// Address to listen on.
    #[arg(long, value_name = "IP:PORT", default_value = "127.0.0.1:8080")]
    address: String,
    /// Address people type.
    #[arg(long, value_name = "URL")]
    base: Option<String>,
}

impl Serve {
    pub(crate) fn run(self, words: &Words) -> anyhow::Result<()> {
        let options = self.door.options(words)?;
        free(words, &options)?;
        let office = self.data.open(words)?;
        for line in self.door.addresses(words, &options) {
            out::line(line);
        }
        serve(office, options)
    }
}

impl Door {
    /// The addresses, read and put in order.
    pub(crate) fn options(&self, words: &Words) -> anyhow::Result<web::Options> {
        let address: SocketAddr = self.address.parse().map_err(|_| {
            Trouble::unusable(words.with("bad-address", &[("given", self.address.as_str().into())]))
        })?;
        let own = match address.ip().is_loopback() {
            true => format!("http://localhost:{}", address.port()),
            false => format!("http://{address}"),
        };
        let base = self.base.clone().unwrap_or(own).trim_end_matches('/').to_owned();
        if !base.starts_with("http://") && !base.starts_with("https://") {
            return Err(Trouble::unusable(words.with("bad-base", &[("given", base.into())])));
        }
        Ok(web::Options { address, base })
    }

    /// What is told at the start.
    pub(crate) fn addresses(&self, words: &Words, options: &web::Options) -> Vec<String> {
        let base = ("base", options.base.as_str().into());
        let mut lines = vec![words.with("serve-addresses", &[base])];
        if !options.address.ip().is_loopback() && !options.base.starts_with("https://") {
            lines.push(words.say("serve-needs-https"));
        }
        lines.push(words.say("serve-stop"));
        lines
    }
}

/// Whether the address can be had, told before anything else is.
pub(crate) fn free(words: &Words, options: &web::Options) -> anyhow::Result<()> {
    match TcpListener::bind(options.address) {
        Err(why) if why.kind() == ErrorKind::AddrInUse => {
            let address = ("address", options.address.to_string().into());
            Err(Trouble::unusable(words.with("serve-taken", &[address])))
        }
        tried => Ok(tried.map(drop)?),
    }
}

/// Serves until the process is told to stop.
pub(crate) fn serve(office: Office, options: web::Options) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async move {
        let sweeper = tokio::spawn(sweep(office.clone()));
        let served = web::serve(office, options).await;
        sweeper.abort();
        served
    })
}

/// Does every minute what the law does by itself in matters that nobody touches.
async fn sweep(office: Office) {
    let mut minute = tokio::time::interval(SWEEP);
    loop {
        minute.tick().await;
        if let Err(error) = office.sweep().await {
            eprintln!("{error:#}");
        }
    }
}
