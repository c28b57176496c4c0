//! Where good advisers disagree: fourteen choices that are the user's (P69).
//!
//! Each has a default and an effect wherever it matters. The reasons on both
//! sides are texts, and live in [`crate::content::policies`].

use super::{choices, is_off};
use serde::{Deserialize, Serialize};

choices! {
    /// C1: what to do about a résumé.
    Resume {
        /// Leave it at home, offer to mail it later.
        LeaveHome,
        /// Bring it, for advice on it alone.
        BringForAdvice,
        /// Only once there is rapport.
        OnceRapport,
    }
}

choices! {
    /// C2: whether the questions go along beforehand (P14, P91).
    QuestionsAhead {
        /// Only when they ask for them.
        WhenAsked,
        /// Always.
        Always,
        /// Never.
        Never,
    }
}

choices! {
    /// C3: whether building a network is a purpose one may declare (P21).
    Networking {
        /// No: learn first, and say so if it is more than that.
        LearnFirst,
        /// Yes, over time.
        OverTime,
    }
}

choices! {
    /// C4: how many minutes to ask for (P25).
    Minutes {
        /// Twenty.
        Twenty,
        /// Fifteen.
        Fifteen,
        /// Twenty-five.
        TwentyFive,
        /// Thirty.
        Thirty,
    }
}

impl Minutes {
    /// The number itself.
    #[must_use]
    pub fn count(self) -> u16 {
        match self {
            Self::Fifteen => 15,
            Self::Twenty => 20,
            Self::TwentyFive => 25,
            Self::Thirty => 30,
        }
    }
}

choices! {
    /// C5: who may let a talk run over (P79).
    RunningOver {
        /// Only they, by offering.
        OnlyThey,
        /// As the talk flows.
        ByFlow,
    }
}

choices! {
    /// C6: whether to ask about openings (P71).
    Openings {
        /// Never.
        Never,
        /// In general terms, after saying this is no request for a job.
        InGeneral,
    }
}

choices! {
    /// C7: when to ask "who else should I talk to" (P78).
    WhoElse {
        /// When the talk was warm.
        WhenWarm,
        /// Always.
        Always,
    }
}

choices! {
    /// C8: how soon to say thanks.
    ThanksBy {
        /// Within a day; late after three.
        WithinADay,
        /// Within two or three days; late after four.
        ThreeDays,
        /// Within a week; late after that.
        Soon,
    }
}

impl ThanksBy {
    /// Hours after the talk at which thanks are due.
    #[must_use]
    pub fn due_hours(self) -> i64 {
        match self {
            Self::WithinADay => 24,
            Self::ThreeDays => 72,
            Self::Soon => 120,
        }
    }

    /// Hours after the talk from which thanks are late.
    #[must_use]
    pub fn late_hours(self) -> i64 {
        match self {
            Self::WithinADay => 72,
            Self::ThreeDays => 96,
            Self::Soon => 168,
        }
    }
}

choices! {
    /// C9: the form of the thanks.
    ThanksForm {
        /// An email; a handwritten card is suggested.
        EmailOrCard,
        /// A handwritten card.
        Card,
        /// A letter.
        Letter,
    }
}

choices! {
    /// C10: when to write the second note (P37).
    SecondNote {
        /// After a month; late after two.
        AfterAMonth,
        /// After six weeks; late after ten.
        AfterSixWeeks,
        /// After two months; late after three.
        AfterTwoMonths,
    }
}

impl SecondNote {
    /// Days after the talk at which the note is due.
    #[must_use]
    pub fn due_days(self) -> i64 {
        match self {
            Self::AfterAMonth => 30,
            Self::AfterSixWeeks => 42,
            Self::AfterTwoMonths => 60,
        }
    }

    /// Days after the talk from which it is late.
    #[must_use]
    pub fn late_days(self) -> i64 {
        match self {
            Self::AfterAMonth => 60,
            Self::AfterSixWeeks => 70,
            Self::AfterTwoMonths => 90,
        }
    }
}

choices! {
    /// C11: what to do about silence (P74).
    Silence {
        /// One nudge after seven days, then let go.
        OneNudge,
        /// A promised call.
        PromisedCall,
        /// Three business days, then a second person; seven, then one nudge.
        ThreeAndSeven,
    }
}

choices! {
    /// C12: what to expect of people (P16, P42).
    Expect {
        /// Show both views, and one's own reply rate.
        Both,
        /// Most are glad to help.
        MostAreGlad,
        /// Do not count on it.
        DontCount,
    }
}

choices! {
    /// C13: how many talks to aim for (P55).
    Talks {
        /// Four.
        Four,
        /// Two.
        Two,
        /// Six.
        Six,
        /// Twenty.
        Twenty,
    }
}

impl Talks {
    /// The number itself.
    #[must_use]
    pub fn count(self) -> usize {
        match self {
            Self::Two => 2,
            Self::Four => 4,
            Self::Six => 6,
            Self::Twenty => 20,
        }
    }
}

choices! {
    /// C14: the channel of the first request.
    FirstChannel {
        /// Email.
        Email,
        /// Phone.
        Phone,
        /// Either.
        Either,
    }
}

/// All fourteen, as the user set them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Policies {
    /// C1.
    pub resume: Resume,
    /// C2.
    pub questions_ahead: QuestionsAhead,
    /// C3.
    pub networking: Networking,
    /// C4.
    pub minutes: Minutes,
    /// C5.
    pub running_over: RunningOver,
    /// C6.
    pub openings: Openings,
    /// C7.
    pub who_else: WhoElse,
    /// C8.
    pub thanks_by: ThanksBy,
    /// C9.
    pub thanks_form: ThanksForm,
    /// C10.
    pub second_note: SecondNote,
    /// C11.
    pub silence: Silence,
    /// C12.
    pub expect: Expect,
    /// C13.
    pub talks: Talks,
    /// C14.
    pub first_channel: FirstChannel,
}

choices! {
    /// The name of one policy, in the order of the settings page.
    Policy {
        /// C4.
        Minutes,
        /// C5.
        RunningOver,
        /// C1.
        Resume,
        /// C2.
        QuestionsAhead,
        /// C3.
        Networking,
        /// C6.
        Openings,
        /// C7.
        WhoElse,
        /// C8.
        ThanksBy,
        /// C9.
        ThanksForm,
        /// C10.
        SecondNote,
        /// C11.
        Silence,
        /// C12.
        Expect,
        /// C13.
        Talks,
        /// C14.
        FirstChannel,
    }
}

macro_rules! by_position {
    ($($policy:ident => $field:ident: $kind:ident),* $(,)?) => {
        impl Policies {
            /// The position of the chosen value in the policy's list of values.
            #[must_use]
            pub fn position(&self, policy: Policy) -> usize {
                match policy {
                    $(Policy::$policy => {
                        $kind::ALL.iter().position(|value| *value == self.$field).unwrap_or(0)
                    })*
                }
            }

            /// Chooses the value at `position`; a position past the end changes nothing.
            pub fn choose(&mut self, policy: Policy, position: usize) {
                match policy {
                    $(Policy::$policy => {
                        if let Some(value) = $kind::ALL.get(position) {
                            self.$field = *value;
                        }
                    })*
                }
            }
        }

        impl Policy {
            /// How many values the policy has; position 0 is the default.
            #[must_use]
            pub fn count(self) -> usize {
                match self {
                    $(Self::$policy => $kind::ALL.len(),)*
                }
            }
        }
    };
}

by_position! {
    Minutes => minutes: Minutes,
    RunningOver => running_over: RunningOver,
    Resume => resume: Resume,
    QuestionsAhead => questions_ahead: QuestionsAhead,
    Networking => networking: Networking,
    Openings => openings: Openings,
    WhoElse => who_else: WhoElse,
    ThanksBy => thanks_by: ThanksBy,
    ThanksForm => thanks_form: ThanksForm,
    SecondNote => second_note: SecondNote,
    Silence => silence: Silence,
    Expect => expect: Expect,
    Talks => talks: Talks,
    FirstChannel => first_channel: FirstChannel,
}

choices! {
    /// Light, dark, or as the machine says.
    Appearance {
        /// As the machine says.
        System,
        /// Light.
        Light,
        /// Dark.
        Dark,
    }
}

/// The record of settings.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Settings {
    /// The fourteen policies.
    #[serde(default)]
    pub policies: Policies,
    /// Light or dark.
    #[serde(default)]
    pub appearance: Appearance,
    /// Whether the clock is hidden while talking.
    #[serde(default, skip_serializing_if = "is_off")]
    pub clock_hidden: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_of_every_policy_can_be_chosen_and_read_back() {
        let mut policies = Policies::default();
        for policy in Policy::ALL {
            assert_eq!(policies.position(*policy), 0, "{policy:?} starts at its default");
            assert!(policy.count() >= 2, "{policy:?} is a choice");
            for position in 0..policy.count() {
                policies.choose(*policy, position);
                assert_eq!(policies.position(*policy), position, "{policy:?}");
            }
            let last = policies.position(*policy);
            policies.choose(*policy, policy.count());
            assert_eq!(policies.position(*policy), last, "past the end changes nothing");
        }
    }

    #[test]
    fn an_older_record_without_a_policy_takes_its_default() -> Result<(), serde_json::Error> {
        let settings: Settings = serde_json::from_str(r#"{"policies":{"minutes":"thirty"}}"#)?;
        assert_eq!(settings.policies.minutes.count(), 30);
        assert_eq!(settings.policies.resume, Resume::LeaveHome);
        Ok(())
    }
}
