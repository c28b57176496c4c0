//! What a backup would change, and the yes or no to it.

use super::differences::Entry;
use super::intake::{Incoming, Intake, Kind};
use crate::browser::clock;
use crate::components::{
    Banner, BannerKind, Button, ButtonKind, Choice, Disclosure, Glyph, RadioGroup, RadioLayout,
    When,
};
use crate::derived::derived;
use crate::pages::safety::{STEP, breathe};
use crate::persist::backup::Backup;
use crate::persist::import::{Effect as Becomes, Preview, Way};
use crate::session::Session;
use crate::view::view;
use crate::words;
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;

/// How many entries of a group are listed.
const LISTED: usize = 200;

/// The words that differ with where something comes from.
struct Words {
    region: &'static str,
    title: String,
    /// Why the safety copy is made.
    before: String,
    message: String,
    failed: &'static str,
    unchanged: &'static str,
}

impl Words {
    fn of(incoming: &Incoming) -> Self {
        let name = &incoming.name;
        let made = words::moment(clock::to_local(incoming.backup.exported), clock::today());
        if incoming.kind == Kind::Copy {
            return Self {
                region: "What going back would change",
                title: format!("The safety copy of {name}"),
                before: "before going back to an earlier copy".to_owned(),
                message: format!("Everything is as it was {name}."),
                failed: "This did not work",
                unchanged: "Nothing was changed.",
            };
        }
        Self {
            region: "What this file would change",
            title: match incoming.kind {
                Kind::Salvaged => format!("What is whole of {name}"),
                _ => format!("{name}, made {made}"),
            },
            before: format!("before bringing in {name}"),
            message: format!("{name} is brought in."),
            failed: "This file was not brought in",
            unchanged: "Nothing was brought in.",
        }
    }
}

/// What bringing it in would do, and the yes or no to it.
#[component]
pub fn ImportPreview(
    /// What takes it.
    intake: Intake,
    /// What was read.
    incoming: Incoming,
) -> impl IntoView {
    let session = intake.session;
    let words = Words::of(&incoming);
    let Incoming { kind, backup, first, .. } = incoming;
    let is_copy = kind == Kind::Copy;
    let chooses = !is_copy && kind != Kind::Salvaged;
    let linked = if let Kind::Linked(print) = kind { Some(print) } else { None };

    let way = RwSignal::new(if is_copy { Way::Replace } else { Way::Merge });
    let found = RwSignal::new(Some(first));
    let looking = Looking { session, run: StoredValue::new(0) };
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<String>);

    // It stays true while it is looked at.
    let looked_at = Arc::clone(&backup);
    Effect::new(move |before: Option<()>| {
        let way = way.get();
        session.with(|_| ());
        let run = looking.begin();
        if before.is_none() {
            return;
        }
        let backup = Arc::clone(&looked_at);
        leptos::task::spawn_local(async move {
            if backup.entries.len() > STEP {
                found.try_set(None);
            }
            if let Some(preview) = looking.look(run, &backup, way).await {
                found.try_set(Some(Arc::new(preview)));
            }
        });
    });

    let to_do = StoredValue::new((words.before, words.message, Arc::clone(&backup)));
    let confirm = move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failed.set(None);
        leptos::task::spawn_local(async move {
            let Some((before, message, backup)) = to_do.try_get_value() else { return };
            // Without a copy there is still Undo.
            let _ = intake.safety.take(&before).await;
            let done = loop {
                session.flush(clock::now());
                let Some(run) = looking.run.try_get_value() else { return };
                let preview = looking.look(run, &backup, way.get_untracked()).await;
                if let Some(preview) = preview {
                    break session.import(&preview, &message, clock::now());
                }
            };
            busy.try_set(false);
            match done {
                Ok(()) => {
                    intake.leave();
                    if let Some(print) = linked {
                        intake.safety.accept(print).await;
                    }
                }
                Err(why) => {
                    failed.try_set(Some(words::storage_error(&why)));
                }
            }
        });
    };

    let ways = vec![
        Choice::new("merge", "Merge")
            .with_hint("Join both: add what is new, keep what was written on either side."),
        Choice::new("replace", "Replace")
            .with_hint("Make everything here exactly as it is in the file."),
    ];
    let way_name = Signal::derive(move || match way.get() {
        Way::Merge => "merge".to_owned(),
        Way::Replace => "replace".to_owned(),
    });
    let choose = move |name: String| {
        way.set(if name == "replace" { Way::Replace } else { Way::Merge });
    };
    let idle = derived(move || found.with(|found| found.as_ref().is_some_and(|p| p.is_idle())));
    let label = move || match way.get() {
        _ if is_copy => "Go back to this",
        Way::Merge => "Merge it in",
        Way::Replace => "Replace everything",
    };
    let kept = backup.kept.len();
    let groups = move || {
        found.get().map(|preview| groups(session, &preview, &backup, way.get_untracked(), is_copy))
    };
    let title = NodeRef::<html::H3>::new();
    Effect::new(move || {
        if let Some(title) = title.get() {
            let _ = title.focus();
        }
    });
    view! {
        <div class="card stack" role="region" aria-label=words.region>
            <h3 dir="auto" tabindex="-1" node_ref=title>{words.title}</h3>
            {chooses.then(|| view! {
                <RadioGroup
                    label="How to bring it in"
                    options=ways
                    value=way_name
                    on_change=choose
                    layout=RadioLayout::Cards
                />
            })}
            <div class="stack-tight">{groups}</div>
            {(kept > 0).then(|| view! {
                <p class="small muted">
                    {format!(
                        "{} could not be read when it was made, and is kept as it is.",
                        words::count(kept, "entry", "entries"),
                    )}
                </p>
            })}
            <When when=move || idle.get()>
                <p>"Nothing would change: all of it is here already."</p>
            </When>
            {move || failed.get().map(|why| view! {
                <Banner kind=BannerKind::Danger title=words.failed>
                    <p>{format!("{why} {}", words.unchanged)}</p>
                </Banner>
            })}
            <When
                when=move || found.with(Option::is_some)
                fallback=|| view! { <p role="status">"Looking at what would change…"</p> }
            >
                <p class="cluster">
                    <Button
                        kind=ButtonKind::Primary
                        glyph=if is_copy { Glyph::Undo } else { Glyph::Upload }
                        disabled=Signal::derive(move || idle.get() || busy.get())
                        on_click=confirm
                    >
                        {label}
                    </Button>
                    <Button disabled=busy on_click=move |()| intake.leave()>"Cancel"</Button>
                </p>
            </When>
        </div>
    }
}

/// Looks at a backup in steps, as often as something changes.
#[derive(Clone, Copy)]
struct Looking {
    session: Session,
    run: StoredValue<u32>,
}

impl Looking {
    fn begin(self) -> u32 {
        self.run
            .try_update_value(|run| {
                *run += 1;
                *run
            })
            .unwrap_or_default()
    }

    /// `None` if something has changed meanwhile, or nobody looks any more.
    async fn look(self, run: u32, backup: &Backup, way: Way) -> Option<Preview> {
        let mut preview = Preview::default();
        while self.session.preview(&mut preview, backup, way, STEP, clock::now()) {
            breathe().await;
            if self.run.try_get_value() != Some(run) {
                return None;
            }
        }
        (self.run.try_get_value() == Some(run)).then_some(preview)
    }
}

/// The groups of entries that share a fate, and what that is called.
fn titles(way: Way, is_copy: bool) -> [(Becomes, &'static str); 7] {
    let removed = match way {
        _ if is_copy => "Not in the copy, deleted here",
        Way::Merge => "Deleted there, goes here too",
        Way::Replace => "Not in the file, deleted here",
    };
    [
        (Becomes::Added, if is_copy { "Comes back" } else { "New" }),
        (Becomes::Changed, if is_copy { "Goes back to how it was" } else { "Changed" }),
        (Becomes::Conflicting, "Changed here and there: both kept"),
        (Becomes::KeptMine, "Newer here, stays as it is"),
        (Becomes::StaysDeleted, "Deleted here since, stays deleted"),
        (Becomes::Removed, removed),
        (Becomes::Same, "The same"),
    ]
}

/// A count for each effect, to open for the entries behind it.
fn groups(
    session: Session,
    preview: &Preview,
    backup: &Arc<Backup>,
    way: Way,
    is_copy: bool,
) -> Vec<AnyView> {
    let there = if is_copy { "In the copy" } else { "In the file" };
    let group = |(effect, title): (Becomes, &'static str)| {
        let count = preview.count(effect);
        if count == 0 {
            return None;
        }
        let keys: Vec<_> = preview.keys(effect).take(LISTED).cloned().collect();
        let more = count.saturating_sub(keys.len());
        let opens = matches!(effect, Becomes::Changed | Becomes::Conflicting);
        let backup = Arc::clone(backup);
        let entry = move |key| {
            view! { <Entry session backup=Arc::clone(&backup) key opens there /> }
        };
        let summary = format!("{title}: {}", words::thousands(count));
        Some(view! {
            <Disclosure summary=summary>
                <ul class=if opens { "entries" } else { "bullets small" }>
                    {keys.into_iter().map(entry).collect_view()}
                </ul>
                {(more > 0).then(|| view! { <p class="small muted">{format!("and {more} more")}</p> })}
            </Disclosure>
        })
    };
    titles(way, is_copy).into_iter().filter_map(group).collect()
}
