//! What is worth knowing on every page: texts that could not be read or were put
//! aside, room that runs short, a newer version, and that a sample is there.

use crate::browser::{clock, updates};
use crate::components::{Banner, BannerKind, Button, ButtonKind, Glyph, LinkButton, When};
use crate::derived::derived;
use crate::domain::workspace::Workspace;
use crate::persist::record::Unreadable;
use crate::persist::space::Room;
use crate::persist::store::Kept;
use crate::route::Route;
use crate::session::{SaveState, Session};
use crate::view::view;
use crate::words;
use leptos::prelude::*;

/// What is worth knowing on every page, but not in the middle of a talk.
#[component]
pub fn Reminders(
    /// The one session.
    session: Session,
) -> impl IntoView {
    let kept = |overtaken: bool| {
        derived(move || {
            let why = |kept: &&Kept| (kept.why == Unreadable::Overtaken) == overtaken;
            session.kept().with(|all| all.iter().filter(why).count())
        })
    };
    let (kept, aside) = (kept(false), kept(true));
    let percent = derived(move || match session.room().get() {
        room if room.reserve_in_use => 0,
        room => room.percent(),
    });
    let newer = updates::newer();
    let use_newer = move |()| {
        session.flush(clock::now());
        // Words that could not be written would go with the page; why they could not is said above.
        if session.save_state().get_untracked() == SaveState::Saved {
            updates::use_newer();
        }
    };
    let sample = session.select(Workspace::has_sample);
    let remove = move |()| {
        session.edit_undoable("The sample is gone.", Workspace::remove_sample);
    };
    view! {
        <When when=move || { kept.get() > 0 }>
            <Banner
                kind=BannerKind::Warn
                title=Signal::derive(move || {
                    format!("{} could not be read", words::count(kept.get(), "entry", "entries"))
                })
                actions=|| view! {
                    <LinkButton href=Route::Data.to_string()>"See what it is"</LinkButton>
                }
            >
                <p>"It is kept just as it is, and everything else is here."</p>
            </Banner>
        </When>
        <When when=move || { aside.get() > 0 }>
            <Banner
                kind=BannerKind::Warn
                title="Words from another tab were put aside"
                actions=|| view! {
                    <LinkButton href=Route::Data.to_string()>"See what they are"</LinkButton>
                }
            >
                <p>"Two tabs were open, and the other was faster. Nothing is lost: bring them in when you like."</p>
            </Banner>
        </When>
        <When when=move || { percent.get() >= Room::WARN }>
            <Banner
                kind=BannerKind::Warn
                title=Signal::derive(move || format!("Storage is {} % full", percent.get()))
                actions=|| view! {
                    <LinkButton href=Route::Data.to_string()>"See what takes room"</LinkButton>
                }
            >
                <p>"Everything is saved. Download a backup, and delete what you no longer need."</p>
            </Banner>
        </When>
        <When when=move || newer.get()>
            <Banner
                title="A newer version of Ask Around is ready"
                actions=move || view! { <Button on_click=use_newer>"Use it now"</Button> }
            >
                <p>"It takes a second, and everything you wrote stays. It can also wait until you next open the app."</p>
            </Banner>
        </When>
        <When when=move || sample.get()>
            <Banner
                kind=BannerKind::Sample
                title="A sample: made-up people to try things on"
                actions=move || view! {
                    <Button kind=ButtonKind::Quiet glyph=Glyph::Delete on_click=remove>"Remove the sample"</Button>
                }
            />
        </When>
    }
}
