//! Drafts: what somebody has typed and not yet filed. No events; they end with the session's time.

use store::Queue;

use crate::{account::Session, open::Office};

/// How long a draft is kept, in seconds: thirty days.
const DRAFT_SECONDS: i64 = 30 * 24 * 3600;

impl Office {
    /// A draft of this session.
    ///
    /// # Errors
    /// If the store fails.
    pub fn draft(&self, session: &Session, key: &str) -> anyhow::Result<Option<serde_json::Value>> {
        let key = draft_key(session, key);
        let seconds = self.seconds();
        let kept = self.store().read(|reader| reader.get("draft", &key, seconds))?;
        Ok(kept.and_then(|it| serde_json::from_slice(&it).ok()))
    }

    /// Keeps a draft of this session.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn keep_draft(
        &self,
        session: &Session,
        key: &str,
        value: serde_json::Value,
    ) -> anyhow::Result<()> {
        let key = draft_key(session, key);
        let value = serde_json::to_vec(&value)?;
        let expires = self.seconds() + DRAFT_SECONDS;
        self.store().write(Queue::Interactive, move |tx| tx.put("draft", &key, &value, Some(expires))).await
    }

    /// Drops a draft of this session.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn drop_draft(&self, session: &Session, key: &str) -> anyhow::Result<()> {
        let key = draft_key(session, key);
        self.store().write(Queue::Interactive, move |tx| tx.delete("draft", &key).map(|_| ())).await
    }
}

fn draft_key(session: &Session, key: &str) -> String {
    format!("{}:{key}", engine::Hash::of(session.token.as_bytes()).hex())
}
