//! A small HTTP/1.1 client on a kept connection, enough to act as a browser acts.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
};

/// A browser's connection, cookie and token.
pub(crate) struct Client {
    host: String,
    reader: BufReader<TcpStream>,
    cookie: String,
    pub(crate) csrf: String,
}

impl Client {
    pub(crate) fn connect(host: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(host)?;
        stream.set_nodelay(true)?;
        let reader = BufReader::new(stream);
        Ok(Self { host: host.to_owned(), reader, cookie: String::new(), csrf: String::new() })
    }

    /// Gets a page; keeps its cookie and the token of its first form.
    pub(crate) fn get(&mut self, path: &str) -> anyhow::Result<(u16, String)> {
        let request =
            format!("GET {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\n\r\n", self.host, self.cookie);
        let answer = self.exchange(request.as_bytes())?;
        if let Some((_, rest)) = answer.1.split_once("name=\"csrf\" value=\"") {
            self.csrf = rest.split('"').next().unwrap_or_default().to_owned();
        }
        Ok(answer)
    }

    /// Sends a form.
    pub(crate) fn post(&mut self, path: &str, fields: &[(String, String)]) -> anyhow::Result<(u16, String)> {
        let csrf = [("csrf".to_owned(), self.csrf.clone())];
        let body: Vec<String> = csrf
            .iter()
            .chain(fields)
            .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)))
            .collect();
        let body = body.join("&");
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\nSec-Fetch-Site: same-origin\r\n\
             Cookie: {}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.cookie,
            body.len(),
            host = self.host,
        );
        self.exchange(request.as_bytes())
    }

    fn exchange(&mut self, request: &[u8]) -> anyhow::Result<(u16, String)> {
        self.reader.get_mut().write_all(request)?;
        let mut line = String::new();
        self.reader.read_line(&mut line)?;
        let status = line.split_whitespace().nth(1).unwrap_or("0").parse()?;
        let mut length = 0;
        loop {
            line.clear();
            self.reader.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(':') else { break };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.trim().parse()?,
                "set-cookie" if value.trim().starts_with("yifa=") => {
                    self.cookie = value.split(';').next().unwrap_or_default().trim().to_owned();
                }
                _ => {}
            }
        }
        let mut body = vec![0; length];
        self.reader.read_exact(&mut body)?;
        Ok((status, String::from_utf8_lossy(&body).into_owned()))
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
