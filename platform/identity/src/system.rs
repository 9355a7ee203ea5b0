use base::Result;
use contracts::Answer;
use journal::Event;
use store::Tx;
use system::{Access, App, Every, Face, System};

use crate::access::{ADMINISTER, CONFIRM, PERMISSIONS};
use crate::part::Identity;
use crate::{MIGRATIONS, actions, pages};

/// Signing in, accounts, sessions, tokens, and who read my data.
pub fn system() -> System {
    System::new("identity")
        .permissions(PERMISSIONS)
        .menu(
            Face::Desk("identity-menu-group"),
            "identity-menu-accounts",
            "/quan-tri/tai-khoan",
            Access::Needs(ADMINISTER),
        )
        .menu(
            Face::Desk("identity-menu-group"),
            "identity-menu-representatives",
            "/quan-tri/dai-dien",
            Access::Needs(CONFIRM),
        )
        .pages(pages::routes())
        .migrations(MIGRATIONS)
        .on("identity.follow-appointment", &["directory.appointed"], |_, tx, event, _| Box::pin(follow(tx, event)))
        .every(Every::Round, "identity.signs-of-life", |app| {
            Box::pin(async { Identity::of(app)?.signs_of_life.write(&app.store, app.now()).await })
        })
        .every(Every::Hour, "identity.sweep", |app| sweep(app))
        .texts(&[("vi", include_str!("../texts/vi.ftl")), ("en", include_str!("../texts/en.ftl"))])
}

async fn follow(tx: &Tx, event: &Event) -> Result<()> {
    actions::follow_appointment(tx, event).await
}

/// Takes away what has ended: sessions, tokens, registrations, counts of tries.
fn sweep(app: &App) -> Answer<'_, usize> {
    Box::pin(async move {
        let (now, identity) = (app.now(), Identity::of(app)?);
        let gone = app
            .store
            .write(async |tx| {
                Ok(actions::sweep_sessions(tx, now).await?
                    + actions::sweep_tokens(tx, now).await?
                    + actions::sweep_registrations(tx, now).await?
                    + actions::sweep_attempts(tx, now, &identity.policy.lockout).await?)
            })
            .await?;
        Ok(usize::try_from(gone)?)
    })
}
