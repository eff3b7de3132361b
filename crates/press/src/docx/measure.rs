//! Measures of GB/T 9704 in twentieths of a point, and the type of each rank of text.

use docx_rs::{BreakType, LineSpacing, LineSpacingType, PageMargin, Paragraph, Run, RunFonts};
use papers::{Line, Run as Words};

/// Width and height of A4.
pub(super) const PAGE: (u32, u32) = (11_906, 16_838);
/// Top 37 mm, right 26 mm, bottom 35 mm, left 28 mm; the page number 7 mm below the type area.
pub(super) const MARGIN: PageMargin =
    PageMargin { top: 2098, left: 1587, bottom: 1984, right: 1474, header: 851, footer: 1190, gutter: 0 };
/// Width of the type area.
pub(super) const WIDTH: i32 = 11_906 - 1587 - 1474;
/// A character of the grid: 28 of them fill a line.
pub(super) const CELL: i32 = 315;
/// A line of the grid: 22 of them fill a page.
pub(super) const PITCH: i32 = 579;
/// What is taken from between two characters of 16 points, so that 28 fill a line.
pub(super) const TIGHT: i32 = CELL - 320;
/// Four millimetres.
pub(super) const FOUR_MM: u32 = 227;
/// Red and black of the standard.
pub(super) const RED: &str = "E60012";
pub(super) const BLACK: &str = "000000";

/// Ranks of text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rank {
    /// The mark of the issuing organ.
    Mark,
    /// The title.
    Title,
    /// Text.
    Body,
    /// A heading of the first level.
    First,
    /// A heading of the second level.
    Second,
    /// The colophon, and cells of tables.
    Small,
    /// The page number.
    Folio,
}

impl Rank {
    /// The font's name in Latin letters, as every office program knows it.
    fn font(self) -> &'static str {
        match self {
            Self::Mark | Self::Title => "FZXiaoBiaoSong-B05S",
            Self::Body | Self::Small => "FangSong",
            Self::First => "SimHei",
            Self::Second => "KaiTi",
            Self::Folio => "SimSun",
        }
    }

    /// Its size in half points.
    fn size(self) -> usize {
        match self {
            Self::Mark => 72,
            Self::Title => 44,
            Self::Body | Self::First | Self::Second => 32,
            Self::Small | Self::Folio => 28,
        }
    }

    /// Formats a run.
    pub(super) fn run(self, run: Run) -> Run {
        let font = self.font();
        let fonts = RunFonts::new().ascii(font).hi_ansi(font).east_asia(font).cs(font).hint("eastAsia");
        let run = run.fonts(fonts).size(self.size());
        match self {
            Self::Mark => run.color(RED),
            Self::Body | Self::First | Self::Second => run.character_spacing(TIGHT),
            _ => run,
        }
    }

    /// Words in this rank.
    pub(super) fn words(self, words: &str) -> Run {
        self.run(Run::new().add_text(words))
    }

    /// Puts a line into a paragraph: blanks are underlined.
    pub(super) fn line(self, line: &Line, mut into: Paragraph) -> Paragraph {
        for run in line {
            into = into.add_run(match run {
                Words::Words(words) => {
                    let mut lines = words.split('\n');
                    let first = Run::new().add_text(lines.next().unwrap_or_default());
                    let broken = |run: Run, line| run.add_break(BreakType::TextWrapping).add_text(line);
                    self.run(lines.fold(first, broken))
                }
                Words::Blank { .. } => {
                    self.run(Run::new().add_text("\u{3000}".repeat(6)).underline("single"))
                }
            });
        }
        into
    }
}

/// The spacing of the grid: lines of exactly one pitch.
pub(super) fn grid() -> LineSpacing {
    exactly(PITCH)
}

/// Lines of exactly so much.
pub(super) fn exactly(line: i32) -> LineSpacing {
    LineSpacing::new().line_rule(LineSpacingType::Exact).line(line).before(0).after(0)
}

/// How wide words are on the grid: half a character for Latin letters and digits.
pub(super) fn width(words: &str) -> i32 {
    words.chars().map(|it| if it.is_ascii() { CELL / 2 } else { CELL }).sum()
}
