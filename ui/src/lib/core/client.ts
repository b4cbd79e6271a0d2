// The one way to the core. In the window it is Tauri's door; in a browser the development bridge.
import type * as View from "./generated";

/** A refusal of the core, in words. */
export class Failure extends Error {
  constructor(readonly view: View.FailureView) {
    super(view.message);
  }
  get code(): string {
    return this.view.code;
  }
}

type Door = (command: string, args: unknown) => Promise<unknown>;

async function window_(command: string, args: unknown): Promise<unknown> {
  const { invoke } = await import("@tauri-apps/api/core");
  return invoke("core", { command, args });
}

async function bridge(command: string, args: unknown): Promise<unknown> {
  // A page that goes is covered, and must be heard to its end.
  const keepalive = command === "cover";
  const reply = await fetch("/ipc", { method: "POST", keepalive, body: JSON.stringify({ command, args }) });
  const told = (await reply.json()) as { ok?: unknown; error?: View.FailureView };
  if (told.error) throw told.error;
  return told.ok;
}

const door: Door = import.meta.env.MODE === "browser" ? bridge : window_;

async function call<T>(command: string, args: Record<string, unknown> = {}): Promise<T> {
  try {
    return (await door(command, args)) as T;
  } catch (error) {
    if (error && typeof error === "object" && "code" in error) throw new Failure(error as View.FailureView);
    throw new Failure({ code: "internal", message: String(error), hints: [], paths: [], wait_s: null });
  }
}

export const core = {
  status: () => call<View.StatusView>("status"),
  messages: (language: string) => call<View.MessagesView>("messages", { language }),
  words: () => call<string[]>("words"),
  countries: () => call<View.OptionView[]>("countries"),
  drawSecrets: () => call<View.SecretsView>("draw_secrets"),
  createProgramme: (ask: View.CreateProgramme) => call<View.StatusView>("create_programme", { ask }),
  unlock: (words: string) => call<View.StatusView>("unlock", { words }),
  unlockRescue: (code: string) => call<View.StatusView>("unlock_rescue", { code }),
  chooseWords: (words: string) => call<View.StatusView>("choose_words", { words }),
  cover: () => call<View.StatusView>("cover"),
  uncover: () => call<View.StatusView>("uncover"),
  lock: () => call<View.StatusView>("lock"),
  touch: () => call<null>("touch"),
  form: (id: string) => call<View.FormView>("form", { id }),
  today: () => call<View.TodayView>("today"),
  beginDraft: () => call<View.DraftView>("begin_draft"),
  draft: (id: string) => call<View.DraftView>("draft", { id }),
  putDraft: (ask: View.PutDraft) => call<View.DraftView>("put_draft", { ask }),
  finishDraft: (id: string) => call<View.DraftView>("finish_draft", { id }),
  dropDraft: (id: string) => call<null>("drop_draft", { id }),
  restoreDraft: (id: string) => call<null>("restore_draft", { id }),
  takeDraft: (id: string) => call<View.DraftView>("take_draft", { id }),
  find: (text: string, limit = 20) => call<View.FindView>("find", { text, limit }),
  child: (id: string) => call<View.ChildView>("child", { id }),
  childOn: (id: string, day: string) => call<View.ChildView>("child_on", { id, day }),
  needed: (id: string) => call<View.NeededView>("needed", { id }),
  family: (id: string) => call<View.FamilyView>("family", { id }),
  keepTogether: (ask: View.KeepTogether) => call<View.UpdatedView>("keep_together", { ask }),
  links: (id: string) => call<View.LinkView[]>("links", { id }),
  link: (id: string, other: string) => call<View.LinkView[]>("link", { id, other }),
  split: (id: string, other: string) => call<View.LinkView[]>("split", { id, other }),
  tell: (ask: View.TellChild) => call<View.ToldView>("tell", { ask }),
  editChild: (ask: View.EditChild) => call<View.EditedView>("edit_child", { ask }),
  moveEntry: (id: string, entry: string, to: string) => call<View.MovedView>("move_entry", { id, entry, to }),
  history: (id: string) => call<View.ChangeView[]>("history", { id }),
  putBack: (id: string, change: string, path: string) =>
    call<View.EditedView>("put_back", { id, change, path }),
  mayBeSame: (id: string) => call<View.SameView[]>("may_be_same", { id }),
  addPhoto: (id: string, data: string) => call<View.PhotoView>("add_photo", { id, data }),
  photo: (id: string) => call<string | null>("photo", { id }),
  removePhoto: (id: string, heads: string[]) => call<View.EditedView>("remove_photo", { id, heads }),
  writeWork: (to: string | null) => call<View.WorkFileView>("write_work", { to }),
  bringWork: (first: boolean, piece: string) => call<null>("bring_work", { first, piece }),
  readWork: () => call<View.WorkFileView>("read_work"),
  stepWork: () => call<View.WorkFileView>("step_work"),
  stopWork: () => call<null>("stop_work"),
  receipt: (seat: string) => call<View.PieceView>("receipt", { seat }),
  readReceipt: (text: string) => call<string>("read_receipt", { text }),
  whereabouts: () => call<View.WhereView>("whereabouts"),
  moveStranded: () => call<View.WhereView>("move_stranded"),
  routes: () => call<View.RoutesView>("routes"),
  beFound: (on: boolean) => call<View.RoutesView>("be_found", { on }),
  lookAround: (on: boolean) => call<View.RoutesView>("look_around", { on }),
  exchangeWith: (address: string) => call<View.RoutesView>("exchange_with", { address }),
  readAddress: (picture: string) => call<string | null>("read_address", { picture }),
  stopExchange: () => call<View.RoutesView>("stop_exchange"),
  setHub: (address: string, byItself: boolean) => call<View.RoutesView>("set_hub", { address, by_itself: byItself }),
  tryHub: () => call<View.RoutesView>("try_hub"),
  settings: () => call<View.SettingsView>("settings"),
  saveSettings: (settings: View.SettingsView) => call<View.SettingsView>("save_settings", { settings }),
  board: () => call<View.BoardView>("board"),
  tasks: (id: string | null = null) => call<View.TaskView[]>("tasks", { id }),
  outcomes: (need: string) => call<View.OutcomeView[]>("outcomes", { need }),
  updateNeed: (ask: View.UpdateNeed) => call<View.UpdatedView>("update_need", { ask }),
  undo: (changes: View.ChangeRef[]) => call<number>("undo", { changes }),
  rollCall: (ask: View.RollCall) => call<View.UpdatedView>("roll_call", { ask }),
  setGroup: (ids: string[], group: string) => call<View.UpdatedView>("set_group", { ids, group }),
  takeOn: (ids: string[], on: boolean) => call<View.UpdatedView>("take_on", { ids, on }),
  away: () => call<View.AwayView[]>("away"),
  tellAway: (ask: View.TellAway) => call<View.UpdatedView>("tell_away", { ask }),
  handOver: () => call<View.HandOverView>("hand_over"),
  takeShift: () => call<View.WhoWhenView>("take_shift"),
  propose: (id: string, path: string, value: unknown) => call<string>("propose", { id, path, value }),
  confirm: (change: string) => call<string>("confirm", { change }),
  withdraw: (change: string) => call<string>("withdraw", { change }),
  openRestricted: (id: string, reason: string) => call<Record<string, View.HeldView>>("open_restricted", { id, reason }),
  codes: (list: string) => call<View.OptionView[]>("codes", { list }),
  readValue: (path: string, value: unknown) => call<View.ReadView>("read_value", { path, value }),
  readMrz: (text: string) => call<View.MrzView>("read_mrz", { text }),
  kinds: () => call<View.KindView[]>("kinds"),
  things: (kind: string, text = "") => call<View.ThingLineView[]>("things", { kind, text }),
  thing: (id: string) => call<View.ThingView>("thing", { id }),
  beginThing: (ask: View.BeginThing) => call<View.BegunView>("begin_thing", { ask }),
  thingText: (id: string) => call<string>("thing_text", { id }),
  draftOf: (id: string) => call<View.DraftView>("draft_of", { id }),
  beginArrival: (ask: View.NewArrival) => call<View.ArrivalView>("begin_arrival", { ask }),
  arrivals: () => call<View.ArrivalLineView[]>("arrivals"),
  arrival: (id: string) => call<View.ArrivalView>("arrival", { id }),
  recount: (id: string, count: number) => call<View.ArrivalView>("recount", { id, count }),
  tally: (ask: View.TallyChild) => call<View.TalliedView>("tally", { ask }),
  takeOutLine: (arrival: string, row: string) => call<View.ArrivalView>("take_out_line", { arrival, row }),
  putBackLine: (arrival: string, row: string) => call<View.ArrivalView>("put_back_line", { arrival, row }),
  beginBatch: (ask: View.NewBatch) => call<View.BatchView>("begin_batch", { ask }),
  batches: () => call<View.BatchLineView[]>("batches"),
  batch: (id: string) => call<View.BatchView>("batch", { id }),
  beginPaper: (batch: string, number: string) => call<View.DraftView>("begin_paper", { batch, number }),
  familyPersons: (id: string) => call<View.FamilyPersonView[]>("family_persons", { id }),
  beginNext: (ask: View.BeginNext) => call<View.DraftView>("begin_next", { ask }),
  householdMove: (ask: View.HouseholdMove) => call<View.UpdatedView>("household_move", { ask }),
  helpline: () => call<string | null>("helpline"),
  ownCopy: (id: string, whom: "child" | "caregiver") => call<View.OwnCopyView>("own_copy", { id, whom }),
  blankForm: (form: string) => call<View.BlankFormView>("blank_form", { form }),
  /** What waits for a second worker; what is restricted of it only for a reason that is kept. */
  proposals: (id: string, reason: string | null = null) => call<View.ProposalView[]>("proposals", { id, reason }),
  conflicts: () => call<View.ConflictsView>("conflicts"),
  missing: () => call<View.MissingView[]>("missing"),
  settle: (ask: View.SettleAsk) => call<View.UpdatedView>("settle", { ask }),
  people: () => call<View.PeopleView>("people"),
  invite: (hours: number) => call<View.PieceView>("invite", { hours }),
  readRequest: (text: string) => call<View.AskedView>("read_request", { text }),
  admitSeat: (ask: View.AdmitSeat) => call<View.PieceView>("admit_seat", { ask }),
  addWorker: (ask: View.AddWorker) => call<View.PeopleView>("add_worker", { ask }),
  lendHalf: (seat: string) => call<View.PieceView>("lend_half", { seat }),
  shareHalves: (text: string) => call<View.PeopleView>("share_halves", { text }),
  admitAgain: (seat: string, named: string | null) => call<View.PeopleView>("admit_again", { seat, named }),
  besides: () => call<View.BesideView[]>("besides"),
  askBeside: (ask: View.AskBeside) => call<View.BesideView[]>("ask_beside", { ask }),
  joinBeside: (text: string) => call<View.PeopleView>("join_beside", { text }),
  giveUpBeside: (seat: string) => call<View.BesideView[]>("give_up_beside", { seat }),
  changeSeat: (seat: string, roles: string[], site: string | null) =>
    call<View.PeopleView>("change_seat", { seat, roles, site }),
  removeSeat: (seat: string, device: boolean, reason: string) => call<View.RemovedView>("remove_seat", { seat, device, reason }),
  createSite: (name: string, country: string) => call<View.PeopleView>("create_site", { name, country }),
  rosterPiece: () => call<View.PieceView>("roster_piece"),
  readRoster: (text: string) => call<number>("read_roster", { text }),
  savePiece: (text: string) => call<View.SavedView>("save_piece", { text }),
  hearOutside: (words: string, text: string) => call<View.StatusView>("hear_outside", { words, text }),
  lastWork: (words: string) => call<View.LastWorkView>("last_work", { words }),
  writeLastWork: () => call<View.WorkFileView>("write_last_work"),
  sendLastWork: () => call<View.WorkFileView>("send_last_work"),
  stepLastWork: () => call<View.WorkFileView>("step_last_work"),
  lastWorkLeft: () => call<View.LastWorkView>("last_work_left"),
  leaveLastWork: () => call<null>("leave_last_work"),
  readPictures: (pictures: string[]) => call<View.GatheredView>("read_pictures", { pictures }),
  readInvitation: (text: string) => call<View.InvitedView>("read_invitation", { text }),
  readAdmission: (text: string) => call<null>("read_admission", { text }),
  beginFromSheet: (ask: View.BeginFromSheet) => call<View.StatusView>("begin_from_sheet", { ask }),
  requestSeat: (ask: View.RequestSeat) => call<View.StatusView>("request_seat", { ask }),
  waiting: () => call<View.PieceView>("waiting"),
  join: (words: string, admission: string) => call<View.StatusView>("join", { words, admission }),
  giveUpRequest: () => call<View.StatusView>("give_up_request"),
  recovery: () => call<View.RecoveryView>("recovery"),
  askWords: (seat: string | null) => call<View.RecoveryView>("ask_words", { seat }),
  askKeys: () => call<View.RecoveryView>("ask_keys"),
  takeApproval: (text: string) => call<View.RecoveryView>("take_approval", { text }),
  recoverWords: (words: string) => call<View.StatusView>("recover_words", { words }),
  readAsk: (text: string) => call<View.AskedView>("read_ask", { text }),
  approve: (text: string, words: string) => call<View.PieceView>("approve", { text, words }),
  travel: () => call<View.StatusView>("travel"),
  makeSheet: () => call<View.RecoverySheetView>("make_sheet"),
  keepSheet: () => call<View.PeopleView>("keep_sheet"),
  dropSheet: (seat: string) => call<View.PeopleView>("drop_sheet", { seat }),
  drill: (one: string, other: string) => call<View.DrilledView>("drill", { one, other }),
  audit: (text: string) => call<View.AuditView[]>("audit", { text }),
  reviews: () => call<View.ReviewView[]>("reviews"),
  review: (entry: string, take: boolean) => call<View.ReviewView[]>("review", { entry, take }),
};
