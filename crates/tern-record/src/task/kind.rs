//! What there is to do, most urgent first, with stable codes.

/// What has to be done. The words are `task-<code>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TaskKind {
    /// A bed tonight (PROTECTION 1.30).
    SafePlace,
    /// Look for a child who is not accounted for (B.22).
    Search,
    /// A first answer on a protection concern (CP-08).
    AnswerConcern,
    /// Out of detention, and not only into another (A49, DT-01).
    EndDetention,
    /// A doctor: ill, injured or in need of medicine when registered.
    Doctor,
    /// Speak with the child apart from the adults (PROTECTION 1.5).
    SpeakApart,
    /// A no was said against a referral: it may not leave, or who has it is told (D-07).
    ReferralStopped,
    /// Refer to the national child protection authority (A24, CP-02).
    ReferToAuthority,
    /// Screen for trafficking (CP-10).
    TraffickingScreen,
    /// Health screen, vaccinations, mental health screen (SV-06).
    HealthScreen,
    /// Support that was found needed and is not received (SV-07).
    Mhpss,
    /// A guardian (CP-03, CP-04).
    Guardian,
    /// Assessment of best interests (BI-01).
    AssessInterests,
    /// Assess again: the child was not heard (BI-03).
    HearChild,
    /// Explain rights to the child (CP-11).
    ExplainRights,
    /// Ask what the child wants, or open tracing (CP-06).
    OpenTracing,
    /// A nationality: the child is stateless or may be (B.1).
    Nationality,
    /// Declare the birth (ND-01, ND-03).
    DeclareBirth,
    /// School (SV-01).
    School,
    /// Something that was found needed and is not received (A27, SV-15).
    ServiceGap,
    /// A permit ends, or ends at 18 (DS-03).
    PermitEnds,
    /// A plan for turning 18 (D-03).
    TransitionTo18,
    /// An age that somebody contests (D-04).
    AgeDispute,
    /// Turned 18: ask again, who continues (D-03).
    Turned18,
    /// Ask again for an agreement: put off, or run out (D-07).
    AskAgain,
    /// Look again at sharing without consent (D-10).
    ReviewBasis,
    /// The guardian has not been in touch (B.10).
    GuardianContact,
    /// A plan for a lasting solution (DS-01).
    SolutionPlan,
    /// Review of a care arrangement (B.9).
    CareReview,
    /// A review, a hearing or a visit on a stated day.
    Review,
    /// A follow-up (B.18).
    FollowUp,
    /// A contact after return (A46, DS-07).
    ReturnMonitoring,
    /// A referral without an answer (B.16).
    ReferralAnswer,
    /// A change that waits for a second worker.
    SecondWorker,
    /// Two answers that people have to settle.
    Settle,
    /// A paper form to be destroyed (PROTECTION 2).
    DestroyPaper,
}

impl TaskKind {
    /// All of them, most urgent first.
    pub const ALL: [Self; 36] = [
        Self::SafePlace,
        Self::Search,
        Self::AnswerConcern,
        Self::EndDetention,
        Self::Doctor,
        Self::SpeakApart,
        Self::ReferralStopped,
        Self::ReferToAuthority,
        Self::TraffickingScreen,
        Self::HealthScreen,
        Self::Mhpss,
        Self::Guardian,
        Self::AssessInterests,
        Self::HearChild,
        Self::ExplainRights,
        Self::OpenTracing,
        Self::Nationality,
        Self::DeclareBirth,
        Self::School,
        Self::ServiceGap,
        Self::PermitEnds,
        Self::TransitionTo18,
        Self::AgeDispute,
        Self::Turned18,
        Self::AskAgain,
        Self::ReviewBasis,
        Self::GuardianContact,
        Self::SolutionPlan,
        Self::CareReview,
        Self::Review,
        Self::FollowUp,
        Self::ReturnMonitoring,
        Self::ReferralAnswer,
        Self::SecondWorker,
        Self::Settle,
        Self::DestroyPaper,
    ];

    /// Stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SafePlace => "safe_place",
            Self::Search => "search",
            Self::AnswerConcern => "answer_concern",
            Self::EndDetention => "end_detention",
            Self::Doctor => "doctor",
            Self::SpeakApart => "speak_apart",
            Self::ReferralStopped => "referral_stopped",
            Self::ReferToAuthority => "refer_to_authority",
            Self::TraffickingScreen => "trafficking_screen",
            Self::HealthScreen => "health_screen",
            Self::Mhpss => "mhpss",
            Self::Guardian => "guardian",
            Self::AssessInterests => "assess_interests",
            Self::HearChild => "hear_child",
            Self::ExplainRights => "explain_rights",
            Self::OpenTracing => "open_tracing",
            Self::Nationality => "nationality",
            Self::DeclareBirth => "declare_birth",
            Self::School => "school",
            Self::ServiceGap => "service_gap",
            Self::PermitEnds => "permit_ends",
            Self::TransitionTo18 => "transition_to_18",
            Self::AgeDispute => "age_dispute",
            Self::Turned18 => "turned_18",
            Self::AskAgain => "ask_again",
            Self::ReviewBasis => "review_basis",
            Self::GuardianContact => "guardian_contact",
            Self::SolutionPlan => "solution_plan",
            Self::CareReview => "care_review",
            Self::Review => "review",
            Self::FollowUp => "follow_up",
            Self::ReturnMonitoring => "return_monitoring",
            Self::ReferralAnswer => "referral_answer",
            Self::SecondWorker => "second_worker",
            Self::Settle => "settle",
            Self::DestroyPaper => "destroy_paper",
        }
    }

    /// Reads a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Wants an answer today: above every wait.
    pub fn is_urgent(self) -> bool {
        matches!(
            self,
            Self::SafePlace | Self::Search | Self::AnswerConcern | Self::EndDetention | Self::Doctor
        )
    }
}
