//! How many tests passed, added up over all runners.

use std::fmt;

/// A count of tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl Count {
    /// Adds what a line of `cargo test` tells: `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
    pub(crate) fn cargo(&mut self, line: &str) {
        let Some((_, rest)) = line.split_once("test result: ") else { return };
        for part in rest.split([';', '.']) {
            let mut words = part.split_whitespace();
            let (Some(number), Some(what)) = (words.next(), words.next()) else { continue };
            let Ok(number) = number.parse::<u64>() else { continue };
            match what {
                "passed" => self.passed += number,
                "failed" => self.failed += number,
                "ignored" => self.skipped += number,
                _ => {}
            }
        }
    }

    /// Adds what a closing line of Node's test runner tells: `# pass 3`.
    pub(crate) fn node(&mut self, line: &str) {
        let mut words = line.strip_prefix("# ").unwrap_or_default().split(' ');
        let (Some(what), Some(Ok(number))) = (words.next(), words.next().map(str::parse::<u64>)) else {
            return;
        };
        match what {
            "pass" => self.passed += number,
            "fail" | "cancelled" => self.failed += number,
            "skipped" | "todo" => self.skipped += number,
            _ => {}
        }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(f, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_runners_are_added_up() {
        let mut count = Count::default();
        count.cargo(
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.04s",
        );
        count.cargo("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out");
        count.cargo("running 3 tests");
        for line in ["# tests 5", "# pass 4", "# fail 1", "# cancelled 0", "# skipped 0"] {
            count.node(line);
        }
        assert_eq!(count, Count { passed: 19, failed: 3, skipped: 1 });
        assert_eq!(count.to_string(), "19 passed, 3 failed, 1 skipped");
    }
}
