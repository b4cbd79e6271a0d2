//! The interface's types are made from the views. `TERN_WRITE=1 cargo test -p tern-app --test generated` writes them.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use tern_app::view::*;
use ts_rs::{Config, TS};

macro_rules! declare {
    ($($name:ty),* $(,)?) => {{
        let config = Config::default();
        vec![$(format!("export {}", <$name as TS>::decl(&config))),*]
    }};
}

fn generated() -> String {
    let types = declare![
        MomentView,
        KindView,
        ReadView,
        MrzView,
        MrzReadView,
        ThingLineView,
        ThingView,
        BeginThing,
        BegunView,
        Door,
        StatusView,
        SessionView,
        SettingsView,
        SecretsView,
        CreateProgramme,
        MessagesView,
        FormView,
        GroupView,
        ItemView,
        FieldView,
        ConditionView,
        OptionView,
        RemarkView,
        DraftView,
        NameHintView,
        RegisteredView,
        PutDraft,
        TodayView,
        DraftLineView,
        ChildLineView,
        AgeView,
        FindView,
        HitView,
        FitView,
        ChildView,
        HeldView,
        VoiceView,
        ConflictsView,
        ConflictRecordView,
        ConflictView,
        ClaimView,
        LacksView,
        MissingView,
        WaitingView,
        SettleAsk,
        SettleOne,
        SettleBy,
        SaidView,
        FactView,
        TimelineView,
        NeededView,
        NeededRow,
        NoticeView,
        StepView,
        LinkView,
        PieceView,
        SavedView,
        MemberView,
        FormerView,
        HalvesView,
        HolderView,
        SiteView,
        PeopleView,
        AskedView,
        AdmitSeat,
        AddWorker,
        AskBeside,
        BesideView,
        RequestSeat,
        RemovedView,
        RecoveryView,
        RecoverySheetView,
        SheetView,
        DrilledView,
        ReviewState,
        AboutView,
        ReviewView,
        AuditView,
        AuditedView,
        GatheredView,
        InvitedView,
        BeginFromSheet,
        LockView,
        MayView,
        FamilyView,
        RelativeView,
        HouseholdView,
        TracingView,
        RowLineView,
        MatchView,
        KeepTogether,
        TellChild,
        ToldView,
        ConsentView,
        EditChild,
        EditedView,
        ChangeView,
        ChangedView,
        SameView,
        SameFactView,
        MovedView,
        PhotoView,
        WhereView,
        DeviceLineView,
        WorkFileView,
        LastWorkView,
        WrittenView,
        RoutesView,
        NearbyView,
        OpenView,
        GuestView,
        FoundView,
        HubView,
        LineView,
        WaitsView,
        StrandedView,
        UnsealedView,
        BoardView,
        ColumnView,
        RowGroup,
        RowView,
        CellView,
        TaskView,
        UpdateNeed,
        OutcomeView,
        UpdatedView,
        ChangeRef,
        RollCall,
        AwayView,
        TellAway,
        WhoWhenView,
        RolledView,
        HandOverView,
        ProposalView,
        FailureView,
        NewArrival,
        ArrivalLineView,
        ArrivalView,
        TallyLineView,
        TallyChild,
        TalliedView,
        NewBatch,
        BatchLineView,
        BatchView,
        BatchFormView,
        FamilyPersonView,
        BeginNext,
        HouseholdMove,
        OwnCopyView,
        CopySectionView,
        CopyLineView,
        BlankFormView,
        BlankPartView,
        BlankAskView,
    ];
    let head = "// Made from crates/tern-app/src/view.rs by its tests; do not edit.\nexport type JsonValue = unknown;\n";
    format!("{head}{}\n", types.join("\n"))
}

#[test]
fn the_types_of_the_interface_are_those_of_the_core() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/src/lib/core/generated.ts");
    let fresh = generated();
    if std::env::var_os("TERN_WRITE").is_some() {
        std::fs::write(path, &fresh).unwrap();
    }
    assert!(std::fs::read_to_string(path).unwrap() == fresh, "generated.ts is stale: run with TERN_WRITE=1");
}

#[test]
fn the_client_calls_every_command_and_no_other() {
    let client =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/src/lib/core/client.ts"))
            .unwrap();
    for command in tern_app::call::COMMANDS {
        assert!(client.contains(&format!("(\"{command}\"")), "{command} has no caller");
    }
    let calls = client.matches("call<").count() - 1;
    assert_eq!(calls, tern_app::call::COMMANDS.len());
}
