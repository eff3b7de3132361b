//! One paper.

use fast_qr::{
    ECL, QRBuilder,
    convert::{Builder as _, Shape, svg::SvgBuilder},
};
use papers::{Document, words};
use serde_json::{Value, json};
use typst_pdf::PdfStandard;

use crate::{
    fonts::Fonts,
    world::{Fault, Job},
};

/// Sets a paper: the PDF and its number of pages.
///
/// # Errors
/// What the engine says against it.
pub fn paper(document: &Document, fonts: &Fonts) -> Result<(Vec<u8>, usize), Fault> {
    let labels =
        ["attachment", "bracket", "colon", "copies", "draft", "folio", "printed", "stop", "verify", "void"];
    let labels: serde_json::Map<String, Value> =
        labels.iter().map(|id| ((*id).to_owned(), Value::from(words::word(id)))).collect();
    let picture = document.verify.as_deref().map(picture).transpose()?;
    let data = json!({ "document": document, "words": labels, "picture": picture });
    let ident = serde_json::to_string(document).map_err(|it| Fault(it.to_string()))?;
    let job = Job::new(fonts, "main.typ", &data)?;
    // What is not issued has no date and is not kept for ever.
    if document.date.is_none() {
        return job.pdf(&ident, &[]);
    }
    // A name may have a character that no font has: it can be printed, though not kept for ever.
    job.pdf(&ident, &[PdfStandard::A_2a]).or_else(|why| {
        eprintln!("a paper is no PDF/A: {why:?}");
        job.pdf(&ident, &[])
    })
}

/// The address as a QR code, drawn.
fn picture(address: &str) -> Result<String, Fault> {
    let code = QRBuilder::new(address).ecl(ECL::M).build();
    let code = code.map_err(|it| Fault(format!("{it:?}")))?;
    Ok(SvgBuilder::default().shape(Shape::Square).margin(0).to_str(&code))
}
