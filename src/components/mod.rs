//! The reusable parts of the screen: props in, callbacks out.
//!
//! Nothing here reads the session, the route or the browser, and nothing here decides what the product
//! says: words come in as props. A component's classes live in the style file of the same name.

mod banner;
mod button;
mod check_line;
mod chip;
mod dialog;
mod disclosure;
mod each;
mod empty;
mod field;
mod icon;
mod link_button;
mod list;
mod meter;
mod page;
mod radio_group;
mod select_field;
mod shell;
mod stepper;
mod text_area;
mod text_field;
mod time_bar;
mod toast;
mod when;

pub use banner::{Banner, BannerKind};
pub use button::{Button, ButtonKind};
pub use check_line::CheckLine;
pub use chip::{Chip, Tone};
pub use dialog::Dialog;
pub use disclosure::{Disclosure, Opening};
pub use each::each;
pub use empty::EmptyState;
pub use field::Choice;
pub use icon::{Glyph, Icon};
pub use link_button::LinkButton;
pub use list::RowLink;
pub use meter::Meter;
pub use page::PageHeader;
pub use radio_group::{RadioGroup, RadioLayout};
pub use select_field::SelectField;
pub use shell::{NavItem, SaveBadge, Shell};
pub use stepper::{StepItem, StepState, Stepper};
pub use text_area::TextArea;
pub use text_field::{InputKind, TextField};
pub use time_bar::{Segment, TimeBar};
pub use toast::Toast;
pub use when::When;
